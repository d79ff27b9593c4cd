using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Incidents;

public sealed record IncidentClosed(Outcome Outcome, Guid? Of, string? Reason) : IncidentEvent;

public sealed record IncidentReopened(string Reason) : IncidentEvent;

/// <summary>統合: this incident goes on in another one.</summary>
public sealed record IncidentMerged(Guid Into, string? Reason) : IncidentEvent;

/// <summary>Another incident was closed as a duplicate of this one; its notes and calls are found there.</summary>
public sealed record DuplicateLinked(Guid Duplicate, string Number) : IncidentEvent;

/// <summary>Ends an incident. False alarms and duplicates need no gates but a reason.</summary>
/// <param name="Of">The other incident, for a duplicate.</param>
public sealed record CloseIncident(Outcome Outcome, Guid? Of, string? Reason) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context)
    {
        if (incident.IsImported) return Ended(incident);
        if (incident.Status == IncidentStatus.Closed && incident.Outcome == Outcome && incident.DuplicateOf == Of) return Nothing;
        if (!incident.IsOpen) return Ended(incident);
        if (Outcome != Outcome.Resolved && string.IsNullOrWhiteSpace(Reason))
            return Invalid("reason-missing", "誤報・重複として終えるときは、理由を記入してください。", "reason");
        if (Outcome == Outcome.Duplicate && (Of is null || Of == incident.Id))
            return Invalid("duplicate-of", "どの事案の重複かを指定してください。", "of");
        if (Outcome != Outcome.Resolved) return new IncidentClosed(Outcome, Of, Reason);

        if (incident.Phase != Phase.Prevention)
            return Conflict("gate-not-met", $"いまは「{Vocabulary.TitleOf(incident.Phase)}」の段階です。「再発防止」を終えてから終結できます。");
        var unmet = Gate.Unmet(incident, context);
        return unmet.Count == 0
            ? new IncidentClosed(Outcome, null, Reason)
            : Conflict("gate-not-met", $"まだ終結できません。{string.Join("", unmet)}");
    }
}

/// <summary>Takes a closed incident up again.</summary>
public sealed record ReopenIncident(string? Reason) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context)
    {
        if (incident.IsImported) return Ended(incident);
        if (incident.IsOpen) return Nothing;
        return string.IsNullOrWhiteSpace(Reason)
            ? Invalid("reason-missing", "再開する理由を記入してください。", "reason")
            : new IncidentReopened(Reason);
    }
}

/// <summary>Merges this incident into another.</summary>
public sealed record MergeIncident(Guid Into, string? Reason) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context)
    {
        if (incident.Status == IncidentStatus.Merged && incident.DuplicateOf == Into) return Nothing;
        if (!incident.IsOpen || incident.IsImported) return Ended(incident);
        return Into == incident.Id
            ? Invalid("duplicate-of", "同じ事案には統合できません。", "into")
            : new IncidentMerged(Into, Reason);
    }
}

/// <summary>Links a duplicate to this incident; sent by a reaction to its closing.</summary>
public sealed record LinkDuplicate(Guid Duplicate, string Number) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context) =>
        incident.Duplicates.Contains(Duplicate) ? Nothing : new DuplicateLinked(Duplicate, Number);
}
