using System.Collections.Immutable;
using SakuraIncident.Domain.Duties;
using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Incidents;

public enum IncidentStatus { Open, Closed, Merged }

/// <summary>How an incident ended: 解決, 誤報, 重複.</summary>
public enum Outcome { Resolved, FalseAlarm, Duplicate }

public enum DutyState { Running, Warned, Reported, Lapsed, NotApplicable }

/// <summary>What was said of a step, and when it opened.</summary>
/// <param name="State">Open, started, done or skipped; null where it has not opened yet.</param>
/// <param name="Choice">Of a decision; of an approval <c>approved</c> or <c>refused</c>.</param>
/// <param name="Overdue">Its due time has passed, and its role was called for it.</param>
/// <param name="Rounds">How often a repeating step was done and came round again.</param>
public sealed record StepProgress(
    StepState? State, DateTimeOffset? OpenedAt, Actor? By, DateTimeOffset? At, string? Record, string? Choice, bool Overdue, int Rounds = 0);

/// <summary>A role that someone acts in for this incident.</summary>
public sealed record RoleAssignment(string Person, string? ActingFor, DateTimeOffset At);

/// <summary>A reporting duty in this incident, with real times.</summary>
/// <param name="Reports">How many reports were submitted (第N報).</param>
public sealed record DutyProgress(
    string Id, string Title, DutyState State, DateTimeOffset KnownAt, DateTimeOffset DueAt, DateTimeOffset? WarnAt, string How, int Reports);

public sealed record Finding(string Id, string Text, bool NoMeasureNeeded);

public sealed record Measure(string Id, string Title, string Owner, DateTimeOffset DueAt, DateTimeOffset? DoneAt, string? Record, bool Overdue);

/// <summary>A lowering of severity that waits for someone who may allow it (the approval step <c>lower-severity</c>).</summary>
public sealed record Lowering(Severity To, string Reason, Actor By, DateTimeOffset At);

/// <summary>A lowering that was approved or refused.</summary>
/// <param name="Choice"><c>approved</c> or <c>refused</c>.</param>
public sealed record JudgedLowering(Lowering Asked, string Choice, string? Reason, Actor By, DateTimeOffset At);

/// <summary>Where an imported incident comes from; its state is the source's own word.</summary>
public sealed record ImportOrigin(string Source, string State, int Rows);

/// <summary>
/// One case, one event stream: the fold of its events (<see cref="IncidentFold"/>), and the snapshot that is stored.
/// Everything that follows from the plan (open steps, deadlines) is computed, not kept.
/// </summary>
public sealed record Incident
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public string Number { get; init; } = "";
    public string Title { get; init; } = "";
    public string Category { get; init; } = "";
    public string Body { get; init; } = "";
    public ImmutableList<string> Zones { get; init; } = [];
    public Severity Severity { get; init; }
    public Phase Phase { get; init; }
    public IncidentStatus Status { get; init; }
    public Outcome? Outcome { get; init; }
    public Guid? DuplicateOf { get; init; }
    public ImmutableList<Guid> Duplicates { get; init; } = [];
    public string? Summary { get; init; }
    public ImmutableList<string> Assets { get; init; } = [];
    /// <summary>Those of them that the register knew at opening, as it classified them then.</summary>
    public ImmutableList<ClassifiedAsset> ClassifiedAssets { get; init; } = [];
    public DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? OccurredAt { get; init; }
    public DateTimeOffset? DetectedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public DateTimeOffset RecordedAt { get; init; }
    public Actor OpenedBy { get; init; } = Actor.System;
    /// <summary>訓練: how many times faster than real; null: not a drill.</summary>
    public double? Speed { get; init; }
    public string PlanRevision { get; init; } = "";
    /// <summary>Null only where an imported incident fits no playbook.</summary>
    public string? Playbook { get; init; }
    public string? PlaybookTitle { get; init; }
    public Impact Impact { get; init; } = new(null, null, null);
    public PersonalData? PersonalData { get; init; }
    public ImmutableSortedDictionary<string, StepProgress> Steps { get; init; } = ImmutableSortedDictionary<string, StepProgress>.Empty;
    public ImmutableList<Page> Pages { get; init; } = [];
    /// <summary>Purposes for which the whole ladder was climbed in vain, and when that was found last.</summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> Unanswered { get; init; } = ImmutableSortedDictionary<string, DateTimeOffset>.Empty;
    public ImmutableSortedDictionary<string, RoleAssignment> Roles { get; init; } = ImmutableSortedDictionary<string, RoleAssignment>.Empty;
    public ImmutableList<DutyProgress> Duties { get; init; } = [];
    public ImmutableList<Finding> Findings { get; init; } = [];
    public ImmutableList<Measure> Measures { get; init; } = [];
    public ImmutableList<string> Notes { get; init; } = [];
    public Lowering? Lowering { get; init; }
    /// <summary>The last lowering that was judged.</summary>
    public JudgedLowering? Judged { get; init; }
    public ImportOrigin? Origin { get; init; }
    /// <summary>When a person last did something here, answering a call apart.</summary>
    public DateTimeOffset LastActivityAt { get; init; }
    /// <summary>When the situation was last reported, or a report was last found missing.</summary>
    public DateTimeOffset StatusReportedAt { get; init; }

    public bool IsOpen => Status == IncidentStatus.Open;

    public bool IsImported => Origin is not null;

    public string? Lead => Roles.TryGetValue("lead", out var lead) ? lead.Person : null;

    public Facts Facts => new(
        Category, Body, Zones, Severity, Impact, PersonalData,
        Steps.Where(s => s.Value.Choice is not null).ToDictionary(s => s.Key, s => s.Value.Choice!))
    { Assets = ClassifiedAssets };

    /// <summary>Real time that a plan's duration takes here: a drill runs faster. In milliseconds, as all moments are kept.</summary>
    public TimeSpan Real(TimeSpan plan) => Speed is { } speed ? TimeSpan.FromMilliseconds(Math.Round(plan.TotalMilliseconds / speed)) : plan;

    /// <summary>The real moment of a plan's moment: openedAt + (plan moment − openedAt) / speed.</summary>
    public DateTimeOffset RealMoment(DateTimeOffset plan) => Speed is null ? plan : OpenedAt + Real(plan - OpenedAt);

    /// <summary>The plan's moment of a real one. What lies before opening is not stretched.</summary>
    public DateTimeOffset PlanMoment(DateTimeOffset real) =>
        Speed is not { } speed || real <= OpenedAt ? real : OpenedAt + TimeSpan.FromTicks((long)Math.Round((real - OpenedAt).Ticks * speed));

    /// <summary>The state of every step of the playbook.</summary>
    public IReadOnlyDictionary<string, StepState> StepStates(Playbook playbook) => Progress.Of(
        playbook, Facts, Phase,
        Steps.Where(s => s.Value.State is StepState.Started or StepState.Done or StepState.Skipped)
            .ToDictionary(s => s.Key, s => s.Value.State!.Value),
        DoneBefore,
        Steps.Where(s => s.Value is { State: StepState.Open, OpenedAt: not null }).Select(s => s.Key).ToHashSet(StringComparer.Ordinal));

    /// <summary>Repeating steps that were done at least once and have come round again.</summary>
    public IReadOnlySet<string> DoneBefore => Steps.Where(s => s.Value.Rounds > 0).Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
}
