using System.Globalization;
using JasperFx.Events;
using Marten;
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

    public static void Map(StoreOptions options)
    {
        foreach (var (type, name) in Names)
            options.Events.MapEventType(type, name);
    }

    public static Recorded ToRecorded(this IEvent stored) =>
        new(stored.Timestamp.ToUniversalTime(), OccurredAt(stored), By(stored), (IncidentEvent)stored.Data);

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

    private static Actor By(IEvent stored)
    {
        var by = stored.GetHeader(ByHeader)?.ToString() ?? "";
        var at = by.IndexOf(':');
        if (at < 0) return Actor.System;
        var kind = by[..at] switch { "person" => ActorKind.Person, "token" => ActorKind.Token, _ => ActorKind.System };
        return new Actor(kind, by[(at + 1)..]);
    }

    private static DateTimeOffset? OccurredAt(IEvent stored) =>
        stored.GetHeader(OccurredHeader)?.ToString() is { } text
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
            : null;
}
