using System.Data;
using System.Text.Json;
using Npgsql;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Storage;

namespace SakuraIncident.Server.Boards;

/// <summary>A row of the board as it is stored, with what decides who may see it.</summary>
/// <param name="Row">A <see cref="BoardRow"/> in the API's JSON.</param>
/// <param name="Sequence">Of the event that made it; 0: not asked for.</param>
public sealed record StoredRow(Guid Incident, int Version, JsonElement Row, string[] Participants, long Sequence = 0);

/// <typeparam name="TRow"><see cref="BoardRow"/>, as which one reads it; or the row as it is stored, which is not read to be sent.</typeparam>
public sealed record BoardAnswer<TRow>(long Sequence, IReadOnlyList<TRow> Rows);

/// <summary>The board, or the rows that changed since a sequence; rows in one snapshot, never older than the sequence said with them.</summary>
public sealed class BoardReads(NpgsqlDataSource database, BoardWatchers watchers)
{
    private const string Columns = "incident_id, version, row::text, participants";

    private const string Sequence =
        $"coalesce((select seq_id from {Schema.Events}.mt_events e where e.stream_id = incident_id and e.version = incident_row.version), 0)";

    /// <summary>What this one may see of the open incidents.</summary>
    public async Task<(long Sequence, IReadOnlyList<BoardRow> Rows)> RowsAsync(Signed by, CancellationToken cancellation)
    {
        var (sequence, rows) = await ReadAsync(by, null, cancellation);
        return (sequence, rows.Select(r => r.Row.Deserialize<BoardRow>(ApiJson.Options)!).ToList());
    }

    /// <param name="after">Null: the whole board. Otherwise the rows that changed since, closed ones too.</param>
    public async Task<(long Sequence, IReadOnlyList<StoredRow> Rows)> ReadAsync(Signed by, long? after, CancellationToken cancellation)
    {
        var sequence = await watchers.PositionAsync(cancellation); // before the snapshot: what is told later is not in it, or is told again by version
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var changed = after is not null && after <= sequence;
        await using var command = new NpgsqlCommand(
            changed
                ? $"select {Columns}, {Sequence} from sakura.incident_row where not imported and incident_id in (select stream_id from {Schema.Events}.mt_events where seq_id > $1)"
                : $"select {Columns}, {Sequence} from sakura.incident_row where status = 'open' and not imported",
            connection, snapshot);
        if (changed) command.Parameters.Add(new() { Value = after!.Value });
        var rows = await RowsOfAsync(command, cancellation);
        return (sequence, rows.Where(r => Authority.MayRead(by, r.Participants)).ToList());
    }

    /// <summary>The present rows of some incidents, without the sequence, which the feed knows; imported ones have none on the board.</summary>
    public static async Task<IReadOnlyList<StoredRow>> RowsOfAsync(NpgsqlDataSource database, Guid[] incidents, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {Columns}, 0::bigint from sakura.incident_row where incident_id = any($1) and not imported");
        command.Parameters.Add(new() { Value = incidents });
        return await RowsOfAsync(command, cancellation);
    }

    private static async Task<IReadOnlyList<StoredRow>> RowsOfAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var rows = new List<StoredRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            rows.Add(new StoredRow(reader.GetGuid(0), reader.GetInt32(1), JsonElement.Parse(reader.GetString(2)), reader.GetFieldValue<string[]>(3), reader.GetInt64(4)));
        return rows;
    }
}
