namespace SakuraIncident.Client.Shapes;

/// <summary>An incident as it is, or as it was at a moment or version.</summary>
/// <param name="Number"><c>R8-0042</c>; drills <c>K8-0001</c>; an imported incident keeps its source's number.</param>
/// <param name="Version">Version of the last event; its <c>ETag</c> is the same in quotes.</param>
/// <param name="Sequence">Of the last event, in the log of all incidents.</param>
/// <param name="Roles">Role id → who acts.</param>
/// <param name="State">Of an imported incident: its state in the source, verbatim.</param>
/// <param name="Origin">Null for incidents of one's own.</param>
public sealed record IncidentAnswer(
    string Id, string Number, long Version, long? Sequence, string Title, string Category, string? Body, string? Zone,
    IReadOnlyList<string>? Zones, string? Summary, Severity? Severity, Phase? Phase, IncidentStatus Status, Outcome? Outcome,
    DateTimeOffset OpenedAt, DateTimeOffset? OccurredAt, DateTimeOffset? DetectedAt, DateTimeOffset? ClosedAt, PersonName? Lead,
    DrillAnswer? Drill, PlaybookName? Playbook, ImpactAnswer? Impact, IReadOnlyList<StepAnswer>? Steps,
    IReadOnlyList<PageAnswer>? Pages, IReadOnlyList<DutyAnswer>? Duties, IReadOnlyList<DeadlineAnswer>? Deadlines,
    IReadOnlyDictionary<string, RoleAnswer>? Roles, IReadOnlyList<FindingAnswer>? Findings,
    IReadOnlyList<MeasureAnswer>? Measures, string? State, OriginAnswer? Origin);

/// <summary>A person by id and by name.</summary>
public sealed record PersonName(string? Person, string? Name);

/// <param name="Speed">1 to 3600: deadlines fall this much sooner.</param>
public sealed record DrillAnswer(double Speed);

/// <param name="Revision">Content hash of the plan that the incident is pinned to.</param>
public sealed record PlaybookName(string Id, string? Revision, string? Title);

/// <summary>影響 on each of the three; null where not assessed.</summary>
public sealed record ImpactAnswer(ImpactLevel? Confidentiality, ImpactLevel? Integrity, ImpactLevel? Availability);

/// <summary>A step and how far it is.</summary>
/// <param name="By">Who said the last thing of it.</param>
public sealed record StepAnswer(
    string Id, StepKind Kind, string Title, string Role, Phase Phase, StepState State, DateTimeOffset? DueAt, Actor? By,
    DateTimeOffset? At, string? Record);

/// <summary>A call.</summary>
/// <param name="Level">Rung of the ladder from 1; a deputy has the level of his rung.</param>
public sealed record PageAnswer(
    string Id, string? Role, string? Person, string? Name, int? Level, PageState State, DateTimeOffset CalledAt, DateTimeOffset? DueAt);

/// <summary>報告義務 with how its date was computed.</summary>
public sealed record DutyAnswer(
    string Id, string Title, DutyState State, DateTimeOffset? KnownAt, DateTimeOffset? DueAt, string? How);

/// <summary>期限 that is outstanding.</summary>
public sealed record DeadlineAnswer(string Key, DateTimeOffset DueAt, string? Title);

/// <param name="ActingFor">The holder for whom a deputy stands in.</param>
public sealed record RoleAnswer(string? Person, string? Name, string? ActingFor);

/// <summary>所見.</summary>
/// <param name="NoMeasureNeeded">The recorded decision that no measure is needed.</param>
public sealed record FindingAnswer(string? Id, string Text, bool NoMeasureNeeded);

/// <summary>再発防止策.</summary>
public sealed record MeasureAnswer(
    string Id, string Title, string? Owner, DateTimeOffset? DueAt, DateTimeOffset? DoneAt, string? Record, bool Overdue);

/// <summary>Where an imported incident comes from.</summary>
/// <param name="Source"><c>servicenow</c> or <c>veris</c>.</param>
/// <param name="State">The source's own word.</param>
/// <param name="Rows">How many rows of the source it has.</param>
public sealed record OriginAnswer(string Source, string State, int Rows);
