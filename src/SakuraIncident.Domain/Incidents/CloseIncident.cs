using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Incidents;

public sealed record IncidentClosed(Outcome Outcome, Guid? Of, string? Reason) : IncidentEvent;

/// <param name="DuplicateOf">What it was a duplicate of, and no longer is.</param>
public sealed record IncidentReopened(string Reason, Guid? DuplicateOf = null) : IncidentEvent;

/// <summary>統合: this incident goes on in another one.</summary>
public sealed record IncidentMerged(Guid Into, string? Reason) : IncidentEvent;

/// <summary>Another incident was closed as a duplicate of this one; its notes and calls are found there.</summary>
public sealed record DuplicateLinked(Guid Duplicate, string Number) : IncidentEvent;

/// <summary>It was taken up again by itself.</summary>
public sealed record DuplicateUnlinked(Guid Duplicate, string Number) : IncidentEvent;

/// <summary>Ends an incident. False alarms and duplicates need no gates but a reason.</summary>
/// <param name="Of">The other incident, for a duplicate.</param>
public sealed record CloseIncident(Outcome Outcome, Guid? Of, string? Reason) : IncidentCommand
{
    /// <summary>The other incident as it is now; set by the commit.</summary>
    public Incident? Other { get; init; }

    public override Decision Decide(Incident incident, Context context)
    {
        if (incident.IsImported) return Ended(incident);
        if (incident.Status == IncidentStatus.Closed && incident.Outcome == Outcome && incident.DuplicateOf == Of) return Nothing;
        if (!incident.IsOpen) return Ended(incident);
        if (Outcome != Outcome.Resolved && string.IsNullOrWhiteSpace(Reason))
            return Invalid("reason-missing", "誤報・重複として終えるときは、理由を記入してください。", "reason");
        if (Outcome == Outcome.Duplicate && (Of is null || Of == incident.Id))
            return Invalid("duplicate-of", "どの事案の重複かを指定してください。", "of");
        if (Outcome == Outcome.Duplicate && MergeIncident.Fault(incident, Other) is { } fault) return Conflict("duplicate-of", fault);
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
            : new IncidentReopened(Reason, incident.DuplicateOf);
    }
}

/// <summary>Merges this incident into another.</summary>
public sealed record MergeIncident(Guid Into, string? Reason) : IncidentCommand
{
    /// <inheritdoc cref="CloseIncident.Other"/>
    public Incident? Other { get; init; }

    public override Decision Decide(Incident incident, Context context)
    {
        if (incident.Status == IncidentStatus.Merged && incident.DuplicateOf == Into) return Nothing;
        if (!incident.IsOpen || incident.IsImported) return Ended(incident);
        if (Into == incident.Id) return Invalid("duplicate-of", "同じ事案には統合できません。", "into");
        if (Fault(incident, Other) is { } fault) return Conflict("duplicate-of", fault);
        return Other is { IsOpen: false }
            ? Conflict("duplicate-of", $"{Other.Number} は既に終わっています。続けるには、先に再開してください。")
            : new IncidentMerged(Into, Reason);
    }

    /// <summary>Why an incident cannot end in another one, in Japanese: nobody would work on it there. Null: it can.</summary>
    internal static string? Fault(Incident incident, Incident? other) => other switch
    {
        { IsImported: true } => $"{other.Number} は取り込まれた記録です。そこで対応を続けることはできません。",
        { DuplicateOf: not null } => $"{other.Number} は、それ自体がほかの事案の重複です。続いている事案を指定してください。",
        not null when other.Speed is null != incident.Speed is null => "訓練と実際の事案をまとめることはできません。",
        _ => null,
    };
}

/// <summary>Links a duplicate to this incident, or takes the link back; sent by a reaction to its end and to its reopening.</summary>
public sealed record LinkDuplicate(Guid Duplicate, string Number, bool IsDuplicate = true) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context)
    {
        if (incident.Duplicates.Contains(Duplicate) == IsDuplicate) return Nothing;
        return IsDuplicate ? new DuplicateLinked(Duplicate, Number) : new DuplicateUnlinked(Duplicate, Number);
    }
}
