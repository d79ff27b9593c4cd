using System.Globalization;
using SakuraIncident.Domain.Duties;

namespace SakuraIncident.Domain.Plans;

/// <summary>One thing that a revision changed.</summary>
/// <param name="Where">対応手順「…」, 重大度の規則, 上申の段「緊急」, 報告義務「…」, …</param>
/// <param name="Playbook">The playbook that it belongs to; null: it concerns all.</param>
/// <param name="What">A Japanese sentence.</param>
public sealed record PlanChange(string Where, string? Playbook, string What);

/// <summary>改訂: what changed between two revisions, in words that an official reads, in the order of the plan.</summary>
public static class PlanDifference
{
    public static IReadOnlyList<PlanChange> Between(EmergencyPlan before, EmergencyPlan after)
    {
        var steps = StepsOf(after, before);
        return
        [
            .. Playbooks(before, after),
            .. Listed(before.SeverityRules.Select(RuleWords), after.SeverityRules.Select(RuleWords)).Select(what => new PlanChange("重大度の規則", null, what)),
            .. Ladders(before, after),
            .. Pairs(before.Duties, after.Duties, DutyKey, d => d.Title, d => DutyParts(d, steps)).Select(c => new PlanChange($"報告義務「{c.Title}」", null, c.What)),
            .. Forms(before, after),
            .. Days(before.Calendar.Holidays, after.Calendar.Holidays).Select(what => new PlanChange("国の休日", null, what)),
            .. Days(before.Calendar.CityClosedDays, after.Calendar.CityClosedDays).Select(what => new PlanChange("市の休日", null, what)),
            .. Parts(LimitParts(before.Limits ?? PlanLimits.Usual), LimitParts(after.Limits ?? PlanLimits.Usual)).Select(what => new PlanChange("検証の基準", null, what)),
        ];
    }

    /// <summary>What changed in one playbook.</summary>
    public static IReadOnlyList<string> Between(Playbook before, Playbook after)
    {
        IReadOnlyList<Step> all = [.. after.Steps, .. before.Steps];
        string TitleOf(string id) => all.FirstOrDefault(s => s.Id == id)?.Title ?? id;
        return
        [
            .. Parts(BookParts(before), BookParts(after)),
            .. Listed(before.SeverityRules.Select(RuleWords), after.SeverityRules.Select(RuleWords)).Select(what => $"重大度の規則: {what}"),
            .. Pairs(before.Steps, after.Steps, s => s.Id, s => s.Title, s => StepParts(s, TitleOf, all)).Select(c => $"手順「{c.Title}」{c.What}"),
        ];
    }

    private static IEnumerable<PlanChange> Playbooks(EmergencyPlan before, EmergencyPlan after)
    {
        foreach (var old in before.Playbooks.Values.Where(p => !after.Playbooks.ContainsKey(p.Id))) yield return Of(old, "を廃止した");
        foreach (var book in after.Playbooks.Values.OrderBy(p => p.Id, StringComparer.Ordinal))
            if (!before.Playbooks.TryGetValue(book.Id, out var old)) yield return Of(book, "を加えた");
            else
                foreach (var what in Between(old, book)) yield return Of(book, what);

        static PlanChange Of(Playbook book, string what) => new($"対応手順「{book.Title}」", book.Id, what);
    }

    private static IEnumerable<PlanChange> Ladders(EmergencyPlan before, EmergencyPlan after) =>
        from severity in Enum.GetValues<Severity>()
        from what in Parts(LadderParts(before.Ladders[severity]), LadderParts(after.Ladders[severity]))
        select new PlanChange($"上申の段「{Vocabulary.TitleOf(severity)}」", null, what);

    private static IEnumerable<PlanChange> Forms(EmergencyPlan before, EmergencyPlan after) =>
        from change in Pairs(before.Forms?.Values ?? [], after.Forms?.Values ?? [], f => f.Id, f => f.Title, FormParts)
        select new PlanChange($"様式「{change.Title}」", null, change.What);

    private static IEnumerable<(string Name, string? Value)> BookParts(Playbook book) =>
    [
        ("題", book.Title), ("重大度の下限", Vocabulary.TitleOf(book.LeastSeverity)), ("根拠", Joined(book.Serves)),
    ];

    private static IEnumerable<(string Name, string? Value)> StepParts(Step step, Func<string, string> titleOf, IReadOnlyList<Step> steps) =>
    [
        ("題", step.Title), ("種類", Vocabulary.TitleOf(step.Kind)), ("役割", Vocabulary.TitleOf(Vocabulary.Roles, step.Role)),
        ("段階", Vocabulary.TitleOf(step.Phase)), ("期限", Time(step.Due)), ("前の手順", Joined(step.After.Select(titleOf))),
        ("条件", step.When == Condition.Always ? null : InWords.Of(step.When, steps)), ("記録すること", step.Record),
        ("任意", step.Optional ? "任意" : null), ("やり方", step.Guide), ("選択肢", Joined(step.Choices.Select(c => c.Title))),
        ("根拠", Joined(step.Serves)), ("持ち越し", step.By is { } by ? $"{Vocabulary.TitleOf(by)}まで" : null), ("繰返し", Time(step.Repeat)),
        ("宛先", Joined(step.To ?? [])), ("文面", step.Text), ("様式", step.Form), ("呼び出し先", step.Call?.ToString()),
    ];

    private static IEnumerable<(string Name, string? Value)> LadderParts(Ladder ladder) =>
    [
        ("応答を待つ時間", Time(ladder.Acknowledge)), ("次の段までの時間", Time(ladder.Within)), ("再び呼ぶまでの時間", Time(ladder.Repeat)),
        ("動きを待つ時間", Time(ladder.Quiet)), ("状況報告の間隔", Time(ladder.StatusReport)),
        ("呼ぶ順", string.Join(" → ", ladder.Rungs.Select(r => Vocabulary.TitleOf(Vocabulary.Roles, r)))),
    ];

    /// <summary>Of all playbooks: a duty may ask what was decided in any.</summary>
    private static IReadOnlyList<Step> StepsOf(params IReadOnlyList<EmergencyPlan> plans) => [.. plans.SelectMany(p => p.Playbooks.Values).SelectMany(b => b.Steps)];

    private static string DutyKey(DutyRule rule) => $"{rule.Id} {rule.EffectiveFrom:O}";

    private static IEnumerable<(string Name, string? Value)> DutyParts(DutyRule rule, IReadOnlyList<Step> steps) =>
    [
        ("題", rule.Title), ("報告先", rule.To), ("始まる条件", InWords.Of(rule.When, steps)), ("期限", Term(rule.Term)),
        ("長い期限", rule.LongerTerm is { } longer ? $"{Term(longer)}（{InWords.Of(rule.LongerWhen ?? Condition.Always, steps)}とき）" : null),
        ("警告", rule.Warn is { } day ? $"{day}日目" : null), ("根拠", rule.Source), ("様式", rule.Form),
    ];

    private static IEnumerable<(string Name, string? Value)> FormParts(Form form) =>
    [
        ("題", form.Title), ("出典", form.Source), ("項目", Joined(form.Items.Select(i => i.Title))),
        ("記入する内容", string.Join('\n', form.Items.Select(i => $"{i.Title}: {i.Text} {i.Asks}"))),
    ];

    private static IEnumerable<(string Name, string? Value)> LimitParts(PlanLimits limits) =>
    [
        ("第2段を呼ぶまで", Time(limits.SecondRung)), ("応答できる人を呼ぶまで", Time(limits.Reach)),
        ("同時の不在", $"{limits.Absentees}人"), ("止まる連絡手段", $"{limits.Means}つ"), ("当番を見る期間", Time(limits.Ahead)),
        ("職務代行", $"{limits.Deputies}人"), ("呼ばない時間の続き", Time(limits.Quiet)),
    ];

    private static string RuleWords(SeverityRule rule) => $"{InWords.Of(rule.When)}なら{Vocabulary.TitleOf(rule.Least)}以上（{rule.Source}）";

    private static string Term(DutyTerm term) => term.Day is { } day
        ? $"知った日を1日目として{day}日目{(term.Rolls ? "（閉庁日なら次の開庁日）" : "")}"
        : Joined((term.Clock ?? new Dictionary<Severity, TimeSpan>()).Select(c => $"{Vocabulary.TitleOf(c.Key)} {InWords.Of(c.Value)}")) ?? "";

    /// <summary>What was added, what was removed, and what changed in those that both have.</summary>
    private static IEnumerable<(string Title, string What)> Pairs<T>(
        IEnumerable<T> before, IEnumerable<T> after, Func<T, string> key, Func<T, string> title, Func<T, IEnumerable<(string, string?)>> parts)
    {
        var old = before.ToDictionary(key);
        var present = after.ToDictionary(key);
        foreach (var gone in old.Where(o => !present.ContainsKey(o.Key))) yield return (title(gone.Value), "を廃止した");
        foreach (var (id, now) in present)
            if (!old.TryGetValue(id, out var was)) yield return (title(now), "を加えた");
            else
                foreach (var what in Parts(parts(was), parts(now))) yield return (title(now), what);
    }

    private static IEnumerable<string> Parts(IEnumerable<(string Name, string? Value)> before, IEnumerable<(string Name, string? Value)> after)
    {
        foreach (var ((name, was), (_, now)) in before.Zip(after))
        {
            if (was == now) continue;
            if (was is null) yield return IsShort(now!) ? $"に{name}「{now}」を加えた" : $"に{name}を加えた";
            else if (now is null) yield return IsShort(was) ? $"の{name}「{was}」をなくした" : $"の{name}をなくした";
            else yield return IsShort(was) && IsShort(now) ? $"の{name}を「{was}」から「{now}」に変えた" : $"の{name}を書き改めた";
        }
    }

    private static IEnumerable<string> Listed(IEnumerable<string> before, IEnumerable<string> after)
    {
        var (old, present) = (before.ToList(), after.ToList());
        foreach (var gone in old.Except(present)) yield return $"「{gone}」をなくした";
        foreach (var added in present.Except(old)) yield return $"「{added}」を加えた";
    }

    private static IEnumerable<string> Days(IReadOnlyDictionary<DateOnly, string> before, IReadOnlyDictionary<DateOnly, string> after) => Listed(
        before.OrderBy(d => d.Key).Select(DayWords), after.OrderBy(d => d.Key).Select(DayWords));

    private static string DayWords(KeyValuePair<DateOnly, string> day) =>
        string.Create(CultureInfo.InvariantCulture, $"{day.Key.Year}年{day.Key.Month}月{day.Key.Day}日 {day.Value}");

    private static string? Time(TimeSpan? time) => time is { } span ? InWords.Of(span) : null;

    private static string? Joined(IEnumerable<string> words) => string.Join("、", words) is { Length: > 0 } joined ? joined : null;

    private static bool IsShort(string text) => text.Length <= 60 && !text.Contains('\n', StringComparison.Ordinal);
}
