namespace SakuraIncident.Client.Shapes;

/// <summary>Opens an incident; only title and category are required.</summary>
public sealed record OpenIncident(
    string Title, string Category, string? Body = null, string? Zone = null, IReadOnlyList<string>? Zones = null,
    DateTimeOffset? DetectedAt = null, DateTimeOffset? OccurredAt = null, string? Summary = null,
    IReadOnlyList<string>? Assets = null, Severity? Severity = null, DrillAnswer? Drill = null);

/// <summary>A note, or the corrected text of one.</summary>
public sealed record NoteText(string Text, DateTimeOffset? OccurredAt = null);

/// <summary>What is judged of an incident; what is not given stays as it is.</summary>
public sealed record Assessment(
    string Reason, string? Category = null, Severity? Severity = null, IReadOnlyList<string>? Zones = null,
    ImpactAnswer? Impact = null, PersonalDataFacts? PersonalData = null, string? Body = null);

/// <summary>What is known of personal data.</summary>
public sealed record PersonalDataFacts(
    int? Least = null, int? Greatest = null, bool? Sensitive = null, bool? Financial = null, bool? Unlawful = null,
    bool? MyNumber = null, bool? PublicAccess = null, bool? Recovered = null, DateTimeOffset? KnownAt = null);

/// <summary>What goes with a word about a step.</summary>
public sealed record StepWord(string? Record = null, string? Reason = null, string? Choice = null, DateTimeOffset? OccurredAt = null);

/// <summary>Who acts in a role; <paramref name="Handover"/> is what he must know.</summary>
public sealed record AssignRole(string Person, string? Handover = null);

/// <summary>Whom to call: a role or a person.</summary>
public sealed record CallSomeone(string? Role = null, string? Person = null);

/// <summary>The answer to a call.</summary>
public sealed record PageWord(bool? ByTelephone = null, DateTimeOffset? OccurredAt = null, string? Reason = null);

/// <summary>Forward through a met gate, or back with a reason.</summary>
public sealed record MovePhase(Phase To, string? Reason = null);

/// <summary>A report as submitted.</summary>
/// <param name="ReceiptNumber">Under which the receiver took it.</param>
/// <param name="StillUnknown">What is to follow (追完).</param>
public sealed record DutyReport(
    string Text, string? ReceiptNumber = null, IReadOnlyList<string>? StillUnknown = null, DateTimeOffset? OccurredAt = null);

/// <param name="Of">For a duplicate: the incident that stays.</param>
public sealed record CloseIncident(Outcome Outcome, string? Of = null, string? Reason = null);

/// <summary>Opens a closed incident again.</summary>
public sealed record ReopenIncident(string Reason);

/// <param name="Into">The incident that stays.</param>
public sealed record MergeIncident(string Into, string? Reason = null);

/// <summary>所見.</summary>
/// <param name="NoMeasureNeeded">The recorded decision that no measure is needed.</param>
public sealed record FindingText(string Text, bool? NoMeasureNeeded = null);

/// <summary>再発防止策: what, by whom, until when.</summary>
public sealed record MeasureText(string Title, string Owner, DateTimeOffset DueAt);

/// <summary>How a measure was carried out.</summary>
public sealed record MeasureRecord(string Record);

/// <summary>Which incidents a list shows; null: all.</summary>
public sealed record IncidentFilter(
    Phase? Phase = null, Severity? Severity = null, string? Category = null, string? Zone = null, string? Body = null,
    DateTimeOffset? From = null, DateTimeOffset? To = null, string? Text = null, bool? Open = null, bool? Drill = null,
    bool? Imported = null);
