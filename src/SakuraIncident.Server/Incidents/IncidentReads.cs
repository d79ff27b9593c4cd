using Marten;
using Npgsql;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Plans;
using SakuraIncident.Server.Storage;

namespace SakuraIncident.Server.Incidents;

/// <summary>An incident now, from its snapshot, or at a past moment, from its stream.</summary>
public sealed class IncidentReads(IDocumentStore store, NpgsqlDataSource database, PlanLibrary plans)
{
    /// <param name="idOrNumber">The UUID, or the number such as <c>R8-0042</c>.</param>
    public async Task<Guid?> IdOfAsync(string idOrNumber, CancellationToken cancellation)
    {
        if (Guid.TryParse(idOrNumber, out var id)) return id;
        if (idOrNumber.Length > 64 || idOrNumber.Any(char.IsControl)) return null;
        await using var command = database.CreateCommand("select incident_id from sakura.incident_row where number = $1");
        command.Parameters.Add(new() { Value = idOrNumber });
        return await command.ExecuteScalarAsync(cancellation) as Guid?;
    }

    /// <summary>Whether this person may know of an incident; false too where there is none.</summary>
    public async Task<bool> MayReadAsync(Signed by, Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select participants from sakura.incident_row where incident_id = $1");
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync(cancellation) is string[] participants && Authority.MayRead(by, participants);
    }

    /// <summary>Whether another incident that a command names exists, and this person may know of it.</summary>
    public bool IsKnown(Signed by, string idOrNumber, out Guid id)
    {
        id = default;
        if (idOrNumber.Length > 64 || idOrNumber.Any(char.IsControl)) return false;
        using var command = database.CreateCommand("select incident_id, participants from sakura.incident_row where number = $1 or incident_id = $2");
        command.Parameters.Add(new() { Value = idOrNumber });
        command.Parameters.Add(new() { Value = Guid.TryParse(idOrNumber, out var asked) ? asked : Guid.Empty });
        using var reader = command.ExecuteReader();
        if (!reader.Read() || !Authority.MayRead(by, reader.GetFieldValue<string[]>(1))) return false;
        id = reader.GetGuid(0);
        return true;
    }

    /// <summary>Whether an incident with exactly this title exists: the demo looks for its own.</summary>
    public bool IsKnownTitle(string title, out Guid id)
    {
        using var command = database.CreateCommand("select incident_id from sakura.incident_row where title = $1 limit 1");
        command.Parameters.Add(new() { Value = title });
        var found = command.ExecuteScalar() as Guid?;
        id = found ?? default;
        return found is not null;
    }

    /// <summary>The present state; null where there is no such incident.</summary>
    public async Task<Incident?> NowAsync(Guid id, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<Incident>(id, cancellation);
    }

    /// <summary>Everything that happened in an incident, in order, up to a version; null: all of it.</summary>
    public Task<IReadOnlyList<Recorded>> HistoryAsync(Guid id, int? version, CancellationToken cancellation) =>
        database.StreamAsync(id, version, cancellation);

    /// <summary>The incident as it was: the fold of the longest beginning of its stream that the moment or version allows.</summary>
    public async Task<Incident?> AtAsync(Guid id, DateTimeOffset? at, int? version, CancellationToken cancellation)
    {
        IEnumerable<Recorded> beginning = await HistoryAsync(id, version, cancellation);
        if (at is { } moment) beginning = beginning.TakeWhile(r => r.At <= moment);
        var incident = IncidentFold.Fold(id, beginning);
        return incident.Version == 0 || (version is { } asked && incident.Version != asked) ? null : incident;
    }

    /// <summary>The answer as it was at a version; null where the stream does not have it.</summary>
    public async Task<IncidentAnswer?> FindAsync(Guid id, int version, CancellationToken cancellation) =>
        version > 0 && await AtAsync(id, null, version, cancellation) is { } incident ? await AnswerAsync(incident, cancellation) : null;

    /// <summary>Answers for a list, in the order of the ids: without the steps' long texts.</summary>
    public async Task<IReadOnlyList<IncidentAnswer>> BriefAsync(Guid[] ids, CancellationToken cancellation)
    {
        if (ids.Length == 0) return [];
        await using var session = store.QuerySession();
        var incidents = (await session.LoadManyAsync<Incident>(cancellation, ids)).ToDictionary(i => i.Id);
        var present = ids.Where(incidents.ContainsKey).Select(id => incidents[id]).ToList();
        await using var command = database.CreateCommand($"""
            select e.stream_id, e.seq_id from unnest($1, $2) as last (id, version)
            join {Schema.Events}.mt_events e on e.stream_id = last.id and e.version = last.version
            """);
        command.Parameters.Add(new() { Value = present.Select(i => i.Id).ToArray() });
        command.Parameters.Add(new() { Value = present.Select(i => (long)i.Version).ToArray() });
        var sequences = new Dictionary<Guid, long>();
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) sequences[reader.GetGuid(0)] = reader.GetInt64(1);
        return [.. present.Select(i => IncidentAnswer.Of(i, PlanOf(i), plans.Roster, sequences.GetValueOrDefault(i.Id), brief: true))];
    }

    public Task<IncidentAnswer> AnswerAsync(Incident incident, CancellationToken cancellation) => AnswerAsync(incident, 0, cancellation);

    /// <param name="sequence">Of the last event; 0: look it up.</param>
    public async Task<IncidentAnswer> AnswerAsync(Incident incident, long sequence, CancellationToken cancellation)
    {
        if (sequence == 0) sequence = await SequenceAsync(incident.Id, incident.Version, cancellation);
        return IncidentAnswer.Of(incident, PlanOf(incident), plans.Roster, sequence);
    }

    /// <summary>The plan that the incident is pinned to; null for an imported one.</summary>
    public EmergencyPlan? PlanOf(Incident incident) =>
        incident.PlanRevision.Length == 0 ? null : plans.Find(incident.PlanRevision) ?? plans.Plan;

    private async Task<long> SequenceAsync(Guid id, int version, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"select seq_id from {Schema.Events}.mt_events where stream_id = $1 and version = $2");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = (long)version });
        return (long)(await command.ExecuteScalarAsync(cancellation) ?? 0L);
    }
}
