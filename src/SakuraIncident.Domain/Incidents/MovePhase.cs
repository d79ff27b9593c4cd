using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Incidents;

public sealed record PhaseMoved(Phase From, Phase To, string? Reason) : IncidentEvent;

/// <summary>Moves on through a gate that is met, or back with a reason.</summary>
public sealed record MovePhase(Phase To, string? Reason) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context)
    {
        if (!incident.IsOpen || incident.IsImported) return Ended(incident);
        if (To == incident.Phase) return Nothing;
        if (To < incident.Phase)
        {
            return string.IsNullOrWhiteSpace(Reason)
                ? Invalid("reason-missing", "段階を戻すときは、理由を記入してください。", "reason")
                : new PhaseMoved(incident.Phase, To, Reason);
        }
        if (To != incident.Phase + 1)
            return Conflict("phase-order", $"次の段階は「{Vocabulary.TitleOf(incident.Phase + 1)}」です。段階を飛ばすことはできません。");
        var unmet = Gate.Unmet(incident, context);
        return unmet.Count == 0
            ? new PhaseMoved(incident.Phase, To, Reason)
            : Conflict("gate-not-met", $"まだ次の段階へ進めません。{string.Join("", unmet)}");
    }
}

/// <summary>What stands between an incident and its next phase, or its end.</summary>
public static class Gate
{
    /// <summary>Japanese sentences; empty: the gate is met.</summary>
    public static IReadOnlyList<string> Unmet(Incident incident, Context context)
    {
        var unmet = new List<string>();
        if (context.PlaybookOf(incident) is { } playbook)
        {
            var states = incident.StepStates(playbook);
            var left = playbook.Steps
                .Where(s => s.Gate <= incident.Phase && !s.Optional && !Progress.IsOver(states[s.Id]) && !incident.DoneBefore.Contains(s.Id)).Select(s => s.Title).ToList();
            if (left.Count > 0) unmet.Add($"終わっていない手順: {string.Join("、", left)}。");
        }
        if (!incident.Impact.IsAssessed) unmet.Add("機密性・完全性・可用性への影響が評価されていません。");
        if (incident.Phase != Phase.Prevention) return unmet;

        if (incident.Findings.Count == 0) unmet.Add("所見がありません。");
        if (incident.Measures.Count == 0 && !incident.Findings.Any(f => f.NoMeasureNeeded))
            unmet.Add("再発防止策(担当と期限)も、不要とする判断も記録されていません。");
        return unmet;
    }
}
