using Npgsql;
using SakuraIncident.Server.Storage;

namespace SakuraIncident.Server.Boards;

/// <summary>The event log as the feed reads it, on one connection of its own.</summary>
public sealed class EventLog(NpgsqlConnection connection)
{
    public const int MostRows = 2000;
    private const int Seconds = 10;

    /// <summary>The last number that was given out.</summary>
    public async Task<long> LastNumberAsync(CancellationToken cancellation)
    {
        await using var command = Command($"select case when is_called then last_value else last_value - 1 end from {Schema.Events}.mt_events_sequence");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>
    /// The transactions that may hold numbers: <c>nextval</c> takes this lock before it gives a number, and it is held to the end of
    /// the transaction, past the moment at which its rows can be seen.
    /// </summary>
    public async Task<IReadOnlyCollection<string>> HoldersAsync(CancellationToken cancellation)
    {
        await using var command = Command($"""
            select virtualtransaction from pg_locks
            where locktype = 'relation' and mode = 'RowExclusiveLock' and granted
              and database = (select oid from pg_database where datname = current_database())
              and relation = '{Schema.Events}.mt_events_sequence'::regclass
            """);
        var holders = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) holders.Add(reader.GetString(0));
        return holders;
    }

    /// <summary>The first rows after a number, at most <see cref="MostRows"/>, ascending.</summary>
    public async Task<IReadOnlyList<LoggedEvent>> ReadAsync(long after, CancellationToken cancellation)
    {
        await using var command = Command(
            $"select seq_id, stream_id, version, type from {Schema.Events}.mt_events where seq_id > $1 order by seq_id limit {MostRows}");
        command.Parameters.Add(new() { Value = after });
        var rows = new List<LoggedEvent>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            rows.Add(new LoggedEvent(reader.GetInt64(0), reader.GetGuid(1), (int)reader.GetInt64(2), reader.GetString(3)));
        return rows;
    }

    private NpgsqlCommand Command(string sql) => new(sql, connection) { CommandTimeout = Seconds };
}
