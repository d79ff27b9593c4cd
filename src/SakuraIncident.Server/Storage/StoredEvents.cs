using System.Globalization;
using System.Text.Json;
using JasperFx.Events;
using Marten;
using Npgsql;
using SakuraIncident.Domain.Incidents;

namespace SakuraIncident.Server.Storage;

/// <summary>The names under which events are stored, and the envelope's way in and out of Marten's.</summary>
public static class StoredEvents
{
    private const string ByHeader = "by";
    private const string OccurredHeader = "occurredAt";

    /// <summary>Every event of the domain, by its stored name. A renamed class keeps its entry here.</summary>
    public static readonly IReadOnlyDictionary<Type, string> Names = typeof(IncidentEvent).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(IncidentEvent)) && !t.IsAbstract)
        .ToDictionary(t => t, t => t.Name);

    private static readonly IReadOnlyDictionary<string, Type> Types = Names.ToDictionary(n => n.Value, n => n.Key, StringComparer.Ordinal);

    /// <summary>How events are written and read.</summary>
    public static readonly JsonSerializerOptions Json = Configured();

    public static void Map(StoreOptions options)
    {
        foreach (var (type, name) in Names)
            options.Events.MapEventType(type, name);
    }

    public static Recorded ToRecorded(this IEvent stored) =>
        new(
        stored.Timestamp.ToUniversalTime(), Moment(stored.GetHeader(OccurredHeader)?.ToString()), Who(stored.GetHeader(ByHeader)?.ToString() ?? ""),
        (IncidentEvent)stored.Data);

    /// <summary>An incident's stream straight from the log, in order: reading it is most of a replay, and this reads no more than it needs.</summary>
    /// <param name="version">The last event to read; null: all.</param>
    public static async Task<IReadOnlyList<Recorded>> StreamAsync(
        this NpgsqlDataSource database, Guid incident, int? version, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            select type, timestamp, headers ->> '{ByHeader}', headers ->> '{OccurredHeader}', data
            from {Schema.Events}.mt_events where stream_id = $1 and version <= $2 order by version
            """);
        command.Parameters.Add(new() { Value = incident });
        command.Parameters.Add(new() { Value = version ?? long.MaxValue });
        var stream = new List<Recorded>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (!Types.TryGetValue(reader.GetString(0), out var type)) continue; // Marten's own
            stream.Add(new Recorded(
                reader.GetFieldValue<DateTimeOffset>(1).ToUniversalTime(), Moment(reader.IsDBNull(3) ? null : reader.GetString(3)),
                Who(reader.IsDBNull(2) ? "" : reader.GetString(2)), Read(type, reader.GetFieldValue<byte[]>(4))));
        }
        return stream;
    }

    /// <summary>An event of the domain from its stored form.</summary>
    public static IncidentEvent Read(Type type, ReadOnlySpan<byte> json) =>
        (IncidentEvent)(JsonSerializer.Deserialize(json, Json.GetTypeInfo(type)) ?? throw new JsonException("null"));

    /// <summary>Writes the envelope onto an event that is about to be appended.</summary>
    public static IEvent Wrap(this IDocumentSession session, Recorded recorded)
    {
        var wrapped = session.Events.BuildEvent(recorded.Data);
        wrapped.Id = Guid.CreateVersion7();
        wrapped.Timestamp = recorded.At;
        wrapped.SetHeader(ByHeader, $"{KindName(recorded.By.Kind)}:{recorded.By.Id}");
        if (recorded.OccurredAt is { } occurred)
            wrapped.SetHeader(OccurredHeader, occurred.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
        return wrapped;
    }

    public static string KindName(ActorKind kind) => kind switch
    {
        ActorKind.Person => "person",
        ActorKind.Token => "token",
        _ => "system",
    };

    private static Actor Who(string by)
    {
        var at = by.IndexOf(':');
        if (at < 0) return Actor.System;
        var kind = by[..at] switch { "person" => ActorKind.Person, "token" => ActorKind.Token, _ => ActorKind.System };
        return new Actor(kind, by[(at + 1)..]);
    }

    private static DateTimeOffset? Moment(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private static JsonSerializerOptions Configured()
    {
        var options = new JsonSerializerOptions();
        StoredJson.Configure(options);
        return options;
    }
}
