using System.Text.Json;
using Npgsql;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Storage;

namespace SakuraIncident.Server.Incidents;

public sealed record ByAnswer(string Kind, string Id, string Name);

/// <summary>An event as the outside reads it.</summary>
/// <param name="Data">As it is stored.</param>
public sealed record EventAnswer(
    long Sequence, int Version, string Type, DateTimeOffset At, DateTimeOffset? OccurredAt, ByAnswer By, JsonElement Data);

/// <summary>The events of one incident, in order, straight from the log.</summary>
public sealed class EventReads(NpgsqlDataSource database, Staff staff)
{
    /// <param name="afterVersion">0: from the beginning.</param>
    public async Task<IReadOnlyList<EventAnswer>> EventsAsync(Guid incident, int afterVersion, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            select seq_id, version, type, timestamp, headers ->> 'by', headers ->> 'occurredAt', data::text
            from {Schema.Events}.mt_events where stream_id = $1 and version > $2 order by version limit $3
            """);
        command.Parameters.Add(new() { Value = incident });
        command.Parameters.Add(new() { Value = (long)afterVersion });
        command.Parameters.Add(new() { Value = limit });
        var events = new List<EventAnswer>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            events.Add(new EventAnswer(
                reader.GetInt64(0), (int)reader.GetInt64(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3),
                !reader.IsDBNull(5) && ApiJson.TryParse(reader.GetString(5), out var occurred) ? occurred : null,
                By(reader.IsDBNull(4) ? "system:sakura" : reader.GetString(4)), JsonElement.Parse(reader.GetString(6))));
        }
        return events;
    }

    private ByAnswer By(string by)
    {
        var at = by.IndexOf(':');
        var (kind, id) = (by[..at], by[(at + 1)..]);
        return new ByAnswer(kind, id, kind == "system" ? "システム" : staff.NameOf(id));
    }
}
