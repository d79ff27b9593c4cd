using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Assurance;

/// <summary>Every kind of incident of the five threats (P 2-3) has its playbook, and every clause that asks for a measure is served.</summary>
internal static class Coverage
{
    /// <summary>The five threats, and the kinds of incident that belong to each.</summary>
    private static readonly IReadOnlyList<(string Clause, string Title, string[] Kinds)> Threats =
    [
        ("P2-3(1)", "意図的な脅威", ["unauthorized-access", "ransomware", "malware", "denial-of-service", "web-defacement", "phishing", "insider", "intrusion", "sns-takeover"]),
        ("P2-3(2)", "非意図的な脅威", ["lost-or-stolen", "misdirected", "misconfiguration", "system-failure", "contractor-incident"]),
        ("P2-3(3)", "災害", ["disaster"]),
        ("P2-3(4)", "疾病による要員不足", ["staff-shortage"]),
        ("P2-3(5)", "インフラの障害の波及", ["infrastructure-outage"]),
    ];

    /// <summary>Clauses of the policy that ask for something to be done before, in or after an incident.</summary>
    private static readonly IReadOnlyList<(string Clause, string Title)> Measures =
    [
        ("P1-2", "未然防止・被害拡大防止・迅速な復旧・再発防止"), ("P2-2(8)", "マイナンバー利用事務系"), ("P2-2(9)", "LGWAN接続系"),
        ("P2-2(11)", "通信経路の分割"), ("P2-5", "職員等の遵守義務"), ("P2-6(1)", "組織体制"), ("P2-6(2)", "情報資産の分類と管理"),
        ("P2-6(3)", "情報システム全体の強靱性の向上"), ("P2-6(4)", "物理的セキュリティ"), ("P2-6(5)", "人的セキュリティ"),
        ("P2-6(6)", "技術的セキュリティ"), ("P2-6(7)", "運用"), ("P2-6(8)", "業務委託と外部サービス"), ("P2-6(9)", "評価・見直し"),
        ("P2-8", "ポリシーの見直し"),
    ];

    public static IEnumerable<PlanFinding> Check(EmergencyPlan plan)
    {
        foreach (var (clause, threat, kinds) in Threats)
        {
            foreach (var kind in kinds.Where(k => !plan.Playbooks.ContainsKey(k)))
                yield return new(
                    "kind-uncovered", new Subject(),
                    $"「{Vocabulary.TitleOf(Vocabulary.Categories, kind)}」の対応手順（{kind}）がありません（{clause} {threat}）。いまは共通の手順で開きます。");
            foreach (var kind in kinds)
                if (plan.Playbooks.TryGetValue(kind, out var playbook) && !playbook.Serves.Any(s => Serves(s, clause)))
                    yield return new("threat-not-served", new Subject(kind), $"対応手順「{playbook.Title}」の根拠（serves）に {clause}（{threat}）がありません。");
        }

        var served = plan.Playbooks.Values.SelectMany(p => p.Serves.Concat(p.Steps.SelectMany(s => s.Serves)))
            .Concat(plan.Duties.Select(d => d.Source)).Concat(plan.SeverityRules.Select(r => r.Source)).ToHashSet(StringComparer.Ordinal);
        foreach (var (clause, title) in Measures)
            if (!served.Any(s => Serves(s, clause)))
                yield return new("clause-not-served", new Subject(), $"ポリシーの {clause}（{title}）に応える手順・報告義務・規則がありません。");
    }

    /// <summary>A source may name several clauses, and a part of one (<c>P2-4(2)②</c>) serves the whole.</summary>
    private static bool Serves(string source, string clause)
    {
        for (var at = source.IndexOf(clause, StringComparison.Ordinal); at >= 0; at = source.IndexOf(clause, at + 1, StringComparison.Ordinal))
            if (at + clause.Length == source.Length || !(char.IsAsciiDigit(source[at + clause.Length]) && char.IsAsciiDigit(clause[^1]))) return true;
        return false;
    }
}
