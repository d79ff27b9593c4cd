using System.Text.Json;
using Marten;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Boards;

namespace SakuraIncident.Server.Incidents;

/// <summary>The row that lists, search and the board read; written with the events that change it.</summary>
public static class IncidentRow
{
    private const string Sql = """
        insert into sakura.incident_row
            (incident_id, number, version, title, category, body, zones, severity, phase, status, drill, imported, opened_at, participants, row)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
        on conflict (incident_id) do update set
            version = excluded.version, category = excluded.category, zones = excluded.zones, severity = excluded.severity,
            phase = excluded.phase, status = excluded.status, participants = excluded.participants, row = excluded.row
        """;

    public static void Store(IDocumentSession session, Incident i, EmergencyPlan? plan, DutyRoster roster) => session.QueueSqlCommand(
        Sql, i.Id, i.Number, i.Version, i.Title, i.Category, i.Body, i.Zones.ToArray(), (short)i.Severity, (short)i.Phase,
        StatusName(i.Status), i.Speed is not null, i.IsImported, i.OpenedAt, Participants(i).ToArray(),
        JsonSerializer.Serialize(BoardRow.Of(i, plan, roster), ApiJson.Options));

    /// <summary>Who may see an incident without a role of his own: who reported it, who was called, who acts in it.</summary>
    public static IReadOnlyList<string> Participants(Incident i) =>
        i.Pages.Select(p => p.Person).Concat(i.Roles.Values.Select(r => r.Person))
            .Concat(i.OpenedBy.Kind == ActorKind.System ? [] : [i.OpenedBy.Id]).Distinct().ToList();

    public static string StatusName(IncidentStatus status) => status switch
    {
        IncidentStatus.Open => "open",
        IncidentStatus.Closed => "closed",
        _ => "merged",
    };
}
