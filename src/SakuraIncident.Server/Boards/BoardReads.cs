using System.Text.Json;
using Npgsql;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Storage;

namespace SakuraIncident.Server.Boards;

/// <summary>The board's rows and the sequence that they show, in one snapshot of the database.</summary>
public sealed class BoardReads(NpgsqlDataSource database)
{
    public async Task<(long Sequence, IReadOnlyList<BoardRow> Rows)> RowsAsync(Signed by, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"select (select max(seq_id) from {Schema.Events}.mt_events), row::text from sakura.incident_row where not imported and ($1 or $2 = any(participants)) order by opened_at desc limit 500");
        command.Parameters.Add(new() { Value = Authority.ReadsAll(by) });
        command.Parameters.Add(new() { Value = by.Actor.Id });
        var rows = new List<BoardRow>();
        var sequence = 0L;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            sequence = reader.GetInt64(0);
            rows.Add(JsonSerializer.Deserialize<BoardRow>(reader.GetString(1), ApiJson.Options)!);
        }
        return (sequence, rows);
    }
}
