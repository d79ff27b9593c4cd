using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Http;

namespace SakuraIncident.Server.Incidents;

// The bodies of IncidentCommands as the document of the API tells them. They are read field by field (Fields), so that everything that is
// wrong is told at once; a parameter without a default is a required member.

/// <param name="Title">At most 200 characters.</param>
/// <param name="Body">実施機関.</param>
/// <param name="Zone">Joined with <paramref name="Zones"/>.</param>
/// <param name="Assets">情報資産 by id or name of the register, or in any words.</param>
/// <param name="Severity">Not below what the plan's rules ask for.</param>
/// <param name="Drill">訓練; absent: none.</param>
public sealed record OpenIncidentRequest(
    string Title,
    [property: Words(nameof(Vocabulary.Categories))] string Category,
    [property: Words(nameof(Vocabulary.Bodies))] string? Body = null,
    [property: Words(nameof(Vocabulary.Zones))] string? Zone = null,
    [property: Words(nameof(Vocabulary.Zones))] IReadOnlyList<string>? Zones = null,
    DateTimeOffset? DetectedAt = null, DateTimeOffset? OccurredAt = null, string? Summary = null, IReadOnlyList<string>? Assets = null,
    Severity? Severity = null, DrillRequest? Drill = null);

/// <param name="Speed">How many times faster than real, 1 to 3600.</param>
public sealed record DrillRequest(double? Speed = null);

public sealed record NoteRequest(string Text, DateTimeOffset? OccurredAt = null);

/// <summary>What is judged of an incident; what is not given stays as it is.</summary>
/// <param name="Steps">Where the category changes: steps of the earlier playbook → steps under which they count in the next.</param>
public sealed record AssessmentRequest(
    string Reason,
    [property: Words(nameof(Vocabulary.Categories))] string? Category = null,
    Severity? Severity = null,
    [property: Words(nameof(Vocabulary.Zones))] string? Zone = null,
    [property: Words(nameof(Vocabulary.Zones))] IReadOnlyList<string>? Zones = null,
    ImpactRequest? Impact = null, PersonalDataRequest? PersonalData = null, IReadOnlyDictionary<string, string>? Steps = null,
    DateTimeOffset? OccurredAt = null, [property: Words(nameof(Vocabulary.Bodies))] string? Body = null);

public sealed record ImpactRequest(ImpactLevel? Confidentiality = null, ImpactLevel? Integrity = null, ImpactLevel? Availability = null);

/// <param name="Least">The least number of people that is certain.</param>
/// <param name="Greatest">The greatest number that is possible.</param>
/// <param name="KnownAt">When it became known; the duties' clocks start here.</param>
public sealed record PersonalDataRequest(
    int? Least = null, int? Greatest = null, bool? Sensitive = null, bool? Financial = null, bool? Unlawful = null, bool? MyNumber = null,
    bool? PublicAccess = null, bool? Recovered = null, DateTimeOffset? KnownAt = null);

/// <param name="Steps">Steps worked on → steps under which they count in the revision in force.</param>
public sealed record AdoptRevisionRequest(string Reason, IReadOnlyDictionary<string, string>? Steps = null, DateTimeOffset? OccurredAt = null);

/// <param name="Record">What was done and seen; required where the step asks for one.</param>
/// <param name="Reason">Required to skip, refuse or reopen.</param>
/// <param name="Choice">Required to decide: the id of one of the step's <c>choices</c>.</param>
public sealed record StepRequest(string? Record = null, string? Reason = null, string? Choice = null, DateTimeOffset? OccurredAt = null);

/// <param name="Handover">What the next one must know.</param>
public sealed record AssignRoleRequest(string Person, string? Handover = null, DateTimeOffset? OccurredAt = null);

/// <summary>Whom to call: a role or a person.</summary>
public sealed record CallRequest(
    [property: Words(nameof(Vocabulary.Roles))] string? Role = null, string? Person = null, DateTimeOffset? OccurredAt = null);

/// <param name="ByTelephone">Enters the answer to a call made by hand.</param>
/// <param name="Reason">Of who declines.</param>
public sealed record PageReplyRequest(bool? ByTelephone = null, string? Reason = null, DateTimeOffset? OccurredAt = null);

/// <param name="Reason">Required to go back.</param>
public sealed record MovePhaseRequest(Phase To, string? Reason = null, DateTimeOffset? OccurredAt = null);

/// <param name="Text">The report as submitted, where no form is used.</param>
/// <param name="Items">Of the form; items that are not named are as the form fills them.</param>
/// <param name="StillUnknown">追完: what is to follow.</param>
/// <param name="Report">第N報 as the sender saw it; where another took it meanwhile: 409.</param>
public sealed record DutyReportRequest(
    string? Text = null, IReadOnlyDictionary<string, string>? Items = null, string? ReceiptNumber = null, IReadOnlyList<string>? StillUnknown = null,
    int? Report = null, DateTimeOffset? OccurredAt = null);

/// <param name="NoMeasureNeeded">The recorded decision that no measure is needed.</param>
public sealed record FindingRequest(string Text, bool? NoMeasureNeeded = null, DateTimeOffset? OccurredAt = null);

/// <param name="Owner">The id of a person.</param>
public sealed record MeasureRequest(string Title, string Owner, DateTimeOffset DueAt, DateTimeOffset? OccurredAt = null);

public sealed record MeasureRecordRequest(string Record, DateTimeOffset? OccurredAt = null);

/// <param name="Of">Of a duplicate: the incident that stays, by UUID or number.</param>
/// <param name="Reason">Required for false alarms and duplicates.</param>
public sealed record CloseRequest(Outcome Outcome, string? Of = null, string? Reason = null, DateTimeOffset? OccurredAt = null);

public sealed record ReopenRequest(string Reason, DateTimeOffset? OccurredAt = null);

/// <param name="Into">The incident that stays, by UUID or number.</param>
public sealed record MergeRequest(string Into, string? Reason = null);
