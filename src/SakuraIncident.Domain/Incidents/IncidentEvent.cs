namespace SakuraIncident.Domain.Incidents;

/// <summary>Something that happened in an incident. Who, when and the version are the envelope's (<see cref="Recorded"/>).</summary>
public abstract record IncidentEvent;

public enum ActorKind { Person, Token, System }

/// <summary>Who did it: people are ids, their names are in the organisation file.</summary>
public sealed record Actor(ActorKind Kind, string Id)
{
    public static readonly Actor System = new(ActorKind.System, "sakura");
}

/// <summary>An event with its envelope.</summary>
/// <param name="At">When it was recorded (記録).</param>
/// <param name="OccurredAt">When it really happened, where that was earlier (発生).</param>
public sealed record Recorded(DateTimeOffset At, DateTimeOffset? OccurredAt, Actor By, IncidentEvent Data);
