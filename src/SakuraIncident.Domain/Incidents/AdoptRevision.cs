using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Incidents;

/// <summary>From here on the incident follows another revision of the plan: somebody decided it, and why.</summary>
/// <param name="Steps">Steps worked on under the earlier revision by their id there → the id under which they count now.</param>
public sealed record RevisionAdopted(
    string From, string To, string? PlaybookTitle, string Reason, IReadOnlyDictionary<string, string> Steps) : IncidentEvent;

/// <summary>
/// Moves an incident to the revision in force. What was done counts there: under the same id, else under what the decision says, else
/// under a step of the same kind and title. What has no counterpart stays in the record.
/// </summary>
public sealed record AdoptRevision(string? Reason, IReadOnlyDictionary<string, string>? Steps = null) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context)
    {
        if (!incident.IsOpen || incident.IsImported) return Ended(incident);
        var next = context.InForce;
        if (next.Revision == incident.PlanRevision) return Nothing;
        if (string.IsNullOrWhiteSpace(Reason)) return Invalid("reason-missing", "改訂後の計画に移す理由を記入してください。", "reason");
        var (before, after) = (context.Plan.PlaybookFor(incident.Category), next.PlaybookFor(incident.Category));
        if (StepMapping.Fault(Steps, incident, before, after) is { } fault) return Invalid("mapping-invalid", fault, "steps");
        return new RevisionAdopted(incident.PlanRevision, next.Revision, after.Title, Reason, StepMapping.Of(Steps, incident, before, after));
    }
}

/// <summary>対応付け: what was done under one playbook, and the step of another under which it counts.</summary>
public static class StepMapping
{
    /// <summary>What was said, and for what nobody spoke of, a step of the same kind and title.</summary>
    public static IReadOnlyDictionary<string, string> Of(
        IReadOnlyDictionary<string, string>? said, Incident incident, Playbook before, Playbook after)
    {
        var mapping = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (from, to) in (said ?? new Dictionary<string, string>()).Where(s => s.Key != s.Value)) mapping[from] = to;
        foreach (var step in before.Steps.Where(s => IsWorkedOn(incident, s.Id) && after.Find(s.Id) is null && !mapping.ContainsKey(s.Id)))
            if (after.Steps.FirstOrDefault(s => s.Kind == step.Kind && s.Title == step.Title && !IsWorkedOn(incident, s.Id)) is { } same
                && !mapping.ContainsValue(same.Id))
                mapping[step.Id] = same.Id;
        return mapping;
    }

    /// <returns>Why what was said cannot be, in Japanese; null: it can.</returns>
    public static string? Fault(IReadOnlyDictionary<string, string>? said, Incident incident, Playbook before, Playbook after)
    {
        foreach (var (from, to) in said ?? new Dictionary<string, string>())
        {
            if (before.Find(from) is not { } old || !IsWorkedOn(incident, from)) return $"手順「{from}」は、まだ行われていないか、いまの対応手順にありません。";
            if (after.Find(to) is not { } step) return $"手順「{to}」は、移る先の対応手順にありません。";
            if (step.Kind != old.Kind)
                return $"「{old.Title}」（{Vocabulary.TitleOf(old.Kind)}）を、種類の違う「{step.Title}」（{Vocabulary.TitleOf(step.Kind)}）とすることはできません。";
            if (from != to && IsWorkedOn(incident, to)) return $"手順「{step.Title}」は、既に行われています。";
        }
        return said?.Values.GroupBy(to => to).FirstOrDefault(g => g.Count() > 1) is { } twice ? $"手順「{twice.Key}」に、二つの手順を対応付けています。" : null;
    }

    /// <summary>The incident with its steps under their new ids; under the old ones too, for the way back.</summary>
    public static Incident Apply(Incident incident, IReadOnlyDictionary<string, string>? mapping)
    {
        if (mapping is null || mapping.Count == 0) return incident;
        var steps = incident.Steps;
        foreach (var (from, to) in mapping)
            if (incident.Steps.TryGetValue(from, out var progress)) steps = steps.SetItem(to, progress);
        return incident with { Steps = steps };
    }

    /// <summary>Started, done or skipped, or done before it came round again.</summary>
    private static bool IsWorkedOn(Incident incident, string step) =>
        incident.Steps.GetValueOrDefault(step) is { } progress
        && (progress.State is StepState.Started or StepState.Done or StepState.Skipped || progress.Rounds > 0);
}
