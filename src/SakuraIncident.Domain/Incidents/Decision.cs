using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Domain.Incidents;

/// <summary>Why a command is refused; the HTTP API makes 404, 409, 422 and 403 of them.</summary>
public enum RefusalKind { Unknown, Conflict, Invalid, Forbidden }

/// <summary>What a command comes to: events (none where it was done before), or a refusal that changes nothing.</summary>
public abstract record Decision
{
    public static implicit operator Decision(IncidentEvent happened) => new Accepted([happened]);
}

public sealed record Accepted(IReadOnlyList<IncidentEvent> Events) : Decision;

/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Reason">A Japanese sentence for the person who asked.</param>
/// <param name="Field">The field that is wrong, where it is one.</param>
public sealed record Refused(RefusalKind Kind, string Code, string Reason, string? Field = null) : Decision;

/// <summary>What a decision may look at besides the incident.</summary>
/// <param name="Plan">The revision that the incident is pinned to.</param>
/// <param name="Roster">As it stands now.</param>
/// <param name="MayLowerSeverity">The actor is csirt-lead or above.</param>
public sealed record Context(EmergencyPlan Plan, DutyRoster Roster, DateTimeOffset Now, Actor Actor, bool MayLowerSeverity)
{
    /// <summary>The revision that new incidents are pinned to.</summary>
    public EmergencyPlan InForce { get; init; } = Plan;

    public Playbook? PlaybookOf(Incident incident) => incident.Playbook is null ? null : Plan.PlaybookFor(incident.Category);

    public Ladder LadderOf(Incident incident) => Plan.Ladders[incident.Severity];

    /// <summary>The holder of a role for whom the actor stands in; null where he has the role himself, or neither.</summary>
    public string? ActingFor(string role, Incident incident) => Roster.ActingFor(role, incident.Body, Actor.Id, Now);
}

/// <summary>Something asked of one incident. A capability is one file: command, event, rule.</summary>
public abstract record IncidentCommand
{
    private const int EarliestYear = 1900;

    /// <summary>When it really happened, where that was before it was said; never after now.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>The rule alone: what this command does, without what follows from it.</summary>
    public abstract Decision Decide(Incident incident, Context context);

    /// <summary>The command, and all that follows at once from what it changed.</summary>
    public Decision Run(Incident incident, Context context)
    {
        if (NotPast(OccurredAt, context, "発生日時", "occurredAt") is { } wrong) return wrong;
        var decision = Decide(incident, context);
        return decision is Accepted { Events: { Count: > 0 } events }
            ? new Accepted(Consequences.Follow(incident, events, context, OccurredAt))
            : decision;
    }

    protected static Decision Nothing => new Accepted([]);

    protected static Decision Conflict(string code, string reason) => new Refused(RefusalKind.Conflict, code, reason);

    protected static Decision Invalid(string code, string reason, string field) => new Refused(RefusalKind.Invalid, code, reason, field);

    protected static Decision Unknown(string code, string reason) => new Refused(RefusalKind.Unknown, code, reason);

    /// <summary>What is wrong with a moment that is said to be past: it is to come, or so long ago that nobody can mean it and no screen shows it.</summary>
    protected static Decision? NotPast(DateTimeOffset? moment, Context context, string name, string field) => moment switch
    {
        _ when moment > context.Now => Invalid("after-now", $"{name}が現在より後になっています。", field),
        { Year: < EarliestYear } => Invalid("too-early", $"{name}の年を確かめてください。", field),
        _ => null,
    };

    protected static Decision Ended(Incident incident) => incident.IsImported
        ? Conflict("imported", "取り込んだ記録は変更できません。")
        : Conflict("closed", $"{incident.Number} は既に{(incident.Status == IncidentStatus.Merged ? "統合" : "終結")}しています。");
}
