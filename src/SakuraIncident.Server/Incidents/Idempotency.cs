using System.Security.Cryptography;
using Marten;
using Npgsql;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Server.Identity;

namespace SakuraIncident.Server.Incidents;

/// <summary>A request that may be repeated: principal, method and path, the sender's key, and the hash of the body.</summary>
public sealed record RequestKey(string Scope, string Key, byte[] BodyHash)
{
    public static RequestKey Of(HttpContext http, string key, byte[] hash)
    {
        var by = http.Signed();
        return new RequestKey($"{by.Kind}:{by.Id} {http.Request.Method} {http.Request.Path}", key, hash);
    }

    /// <summary>The header <c>Idempotency-Key</c>; null: the sender has none.</summary>
    public static RequestKey? Of(HttpContext http, byte[] body) => http.Request.Headers.TryGetValue("Idempotency-Key", out var key)
        ? Of(http, key.ToString(), SHA256.HashData(body))
        : null;

    public bool IsUsable => Key.Length is > 0 and <= 255;
}

/// <summary>The first answer: the incident as it was at that version.</summary>
public sealed record FirstAnswer(byte[] BodyHash, Guid Incident, int Version, int Status)
{
    public bool SameBody(RequestKey key) => CryptographicOperations.FixedTimeEquals(BodyHash, key.BodyHash);
}

/// <summary>
/// First answers by key. The record commits with the events; since an answer is a function of the stream at a version, the version is
/// all that is kept.
/// </summary>
public sealed class Idempotency(NpgsqlDataSource database)
{
    public async Task<FirstAnswer?> FindAsync(RequestKey key, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select body_hash, incident_id, version, status from sakura.idempotency where scope = $1 and key = $2");
        command.Parameters.Add(new() { Value = key.Scope });
        command.Parameters.Add(new() { Value = key.Key });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new FirstAnswer(reader.GetFieldValue<byte[]>(0), reader.GetGuid(1), reader.GetInt32(2), reader.GetInt16(3))
            : null;
    }

    /// <summary>The first answers to those of the keys that came before, by scope and key.</summary>
    public async Task<IReadOnlyDictionary<(string, string), FirstAnswer>> FindAsync(IReadOnlyList<RequestKey> keys, CancellationToken cancellation)
    {
        var found = new Dictionary<(string, string), FirstAnswer>();
        if (keys.Count == 0) return found;
        // Key by key through the index: as a join, PostgreSQL would read the whole table while it is small, and go on so while it grows.
        await using var command = database.CreateCommand("""
            select i.* from unnest($1, $2) as asked (scope, key),
            lateral (select scope, key, body_hash, incident_id, version, status from sakura.idempotency where scope = asked.scope and key = asked.key limit 1) i
            """);
        command.Parameters.Add(new() { Value = keys.Select(k => k.Scope).ToArray() });
        command.Parameters.Add(new() { Value = keys.Select(k => k.Key).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            found[(reader.GetString(0), reader.GetString(1))] =
                new FirstAnswer(reader.GetFieldValue<byte[]>(2), reader.GetGuid(3), reader.GetInt32(4), reader.GetInt16(5));
        return found;
    }

    public static void Store(IDocumentSession session, RequestKey key, Incident incident, int status) => session.QueueSqlCommand(
        "insert into sakura.idempotency (scope, key, body_hash, incident_id, version, status) values (?, ?, ?, ?, ?, ?)",
        key.Scope, key.Key, key.BodyHash, incident.Id, incident.Version, (short)status);
}
