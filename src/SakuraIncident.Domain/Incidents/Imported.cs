using System.Collections.Immutable;
using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Incidents;

/// <summary>An incident of another system, as its first row shows it. It calls nobody, has no deadlines and is not on the board.</summary>
/// <param name="Source"><c>servicenow</c> or <c>veris</c>.</param>
/// <param name="State">The source's own word.</param>
/// <param name="Playbook">Null where none fits.</param>
/// <param name="Row">The source's columns, verbatim.</param>
/// <param name="OpenedAt">When it was opened there; null: with its first row.</param>
public sealed record IncidentImported(
    string Source, string Number, string Title, string Category, Severity Severity, string? Playbook, string? PlaybookTitle, string State,
    bool IsClosed, IReadOnlyDictionary<string, string> Row, DateTimeOffset? OpenedAt = null) : IncidentEvent
{
    internal Incident Begin(Incident incident, Recorded recorded) => incident with
    {
        Number = Number,
        Title = Title,
        Category = Category,
        Body = "mayor",
        Severity = Severity,
        Playbook = Playbook,
        PlaybookTitle = PlaybookTitle,
        OpenedAt = OpenedAt ?? recorded.At,
        OccurredAt = recorded.OccurredAt,
        OpenedBy = recorded.By,
        Origin = new ImportOrigin(Source, State, 1),
        Status = IsClosed ? IncidentStatus.Closed : IncidentStatus.Open,
        ClosedAt = IsClosed ? recorded.At : null,
    };
}

/// <summary>One more row of the source: a change of state there.</summary>
/// <param name="IsLate">It was imported after rows that are later than it (a damaged row, repaired): it is kept, and changes no state.</param>
public sealed record ImportedRow(string State, bool IsClosed, IReadOnlyDictionary<string, string> Row, bool IsLate = false) : IncidentEvent
{
    internal Incident Add(Incident incident, Recorded recorded) => IsLate
        ? incident with { Origin = incident.Origin! with { Rows = incident.Origin.Rows + 1 } }
        : incident with
        {
            Origin = incident.Origin! with { State = State, Rows = incident.Origin.Rows + 1 },
            Status = IsClosed ? IncidentStatus.Closed : IncidentStatus.Open,
            ClosedAt = IsClosed ? recorded.At : null,
        };
}
