using System.Text.Json;

namespace SakuraIncident.Client.Shapes;

/// <summary>The board, or what changed on it.</summary>
public sealed record BoardAnswer(long Sequence, IReadOnlyList<BoardRow> Rows);

/// <summary>One line of the board.</summary>
/// <param name="Next">The deadline that falls next.</param>
/// <param name="Overdue">A step, a duty or a measure is past its time.</param>
/// <param name="Unanswered">The whole ladder was climbed and nobody has answered.</param>
/// <param name="Duties">What is still to be reported.</param>
public sealed record BoardRow(
    string Id, string Number, long Version, string Title, string Category, IReadOnlyList<string>? Zones, string? Body,
    Severity? Severity, Phase? Phase, IncidentStatus Status, PersonName? Lead, DateTimeOffset OpenedAt, NextDeadline? Next,
    bool Overdue, bool Unanswered, IReadOnlyList<BoardDuty>? Duties, DrillAnswer? Drill);

/// <summary>報告義務 on the board.</summary>
public sealed record BoardDuty(string Id, string Title, DutyState State, DateTimeOffset DueAt);

/// <summary>The next deadline of an incident.</summary>
public sealed record NextDeadline(string Key, string? Title, DateTimeOffset DueAt);

/// <summary>The board as the hub answers it, each row as it came.</summary>
public sealed record RawBoard(long Sequence, IReadOnlyList<JsonElement> Rows);

/// <summary>What the hub calls when a row changed, the row as it came.</summary>
public sealed record RawChange(long Sequence, JsonElement Row);

/// <summary>What the hub answers and calls for one incident.</summary>
public sealed record IncidentChange(string? Id, long Version, IReadOnlyList<EventItem> Events);

/// <summary>An event of a stream.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="OccurredAt">When it was so, where that was said.</param>
/// <param name="Data">The event itself, by its type.</param>
public sealed record EventItem(
    long? Sequence, long Version, string Type, DateTimeOffset At, DateTimeOffset? OccurredAt, Actor? By, JsonElement Data);

/// <summary>A part of a list.</summary>
/// <param name="Cursor">Where the next part starts; null at the end.</param>
public sealed record ItemsPage<T>(IReadOnlyList<T> Items, string? Cursor);

/// <summary>RFC 9457 problem.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Errors">By field.</param>
public sealed record Problem(
    string? Type, string? Title, int? Status, string? Detail, string? Code, IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors);
