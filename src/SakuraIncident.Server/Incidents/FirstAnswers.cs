using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using SakuraIncident.Server.Http;

namespace SakuraIncident.Server.Incidents;

/// <summary>The first answer to a request, as it was sent.</summary>
public sealed record KeptAnswer(byte[] BodyHash, int Status, string Json)
{
    public bool SameBody(RequestKey key) => CryptographicOperations.FixedTimeEquals(BodyHash, key.BodyHash);
}

/// <summary>
/// First answers by key, of requests that change no incident (the roster's, imports, reasons); an incident's are a function of its stream:
/// <see cref="Idempotency"/>. The answer commits with what was done.
/// </summary>
public static class FirstAnswers
{
    public const string Ddl = """
        create schema if not exists sakura;

        -- The first answer to a request that may be repeated. The roster was the first to keep them.
        create table if not exists sakura.roster_answer (
            scope text not null,
            key text not null,
            body_hash bytea not null,
            status smallint not null,
            answer text not null,
            created_at timestamptz not null default now(),
            primary key (scope, key)
        );
        """;

    /// <summary>Reads the sender's key, null where he has none, and refuses a second request with it while the first is under way.</summary>
    public static async Task<IResult> WithKeyAsync(this InFlight inFlight, HttpContext http, byte[] body, Func<RequestKey?, Task<IResult>> act)
    {
        if (RequestKey.Of(http, body) is not { } key) return await act(null);
        if (!key.IsUsable) return Problems.BadKey();
        using var place = inFlight.Enter(key);
        return place is null ? Problems.UnderWay(http) : await act(key);
    }

    /// <summary>Acts and keeps the answer, or gives the one that was kept; all within the caller's transaction.</summary>
    public static async Task<IResult> OnceAsync(
        NpgsqlConnection connection, RequestKey? key, int status, Func<Task<object>> act, CancellationToken cancellation)
    {
        if (key is not null && await FindAsync(connection, key, cancellation) is { } first)
            return first.SameBody(key) ? Results.Text(first.Json, "application/json", statusCode: first.Status) : Problems.KeyReused();
        var json = JsonSerializer.Serialize(await act(), ApiJson.Options);
        if (key is not null) await StoreAsync(connection, key, status, json, cancellation);
        return Results.Text(json, "application/json", statusCode: status);
    }

    /// <summary>The answer that came before. On whatever node the same key is under way, this waits for the end of its transaction.</summary>
    public static async Task<KeptAnswer?> FindAsync(NpgsqlConnection connection, RequestKey key, CancellationToken cancellation)
    {
        await using (var turn = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1 || ' ' || $2, 8620260402))", connection))
        {
            turn.Parameters.Add(new() { Value = key.Scope });
            turn.Parameters.Add(new() { Value = key.Key });
            await turn.ExecuteNonQueryAsync(cancellation);
        }
        await using var command = new NpgsqlCommand("select body_hash, status, answer from sakura.roster_answer where scope = $1 and key = $2", connection);
        command.Parameters.Add(new() { Value = key.Scope });
        command.Parameters.Add(new() { Value = key.Key });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new KeptAnswer(reader.GetFieldValue<byte[]>(0), reader.GetInt16(1), reader.GetString(2))
            : null;
    }

    public static async Task StoreAsync(NpgsqlConnection connection, RequestKey key, int status, string json, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "insert into sakura.roster_answer (scope, key, body_hash, status, answer) values ($1, $2, $3, $4, $5)", connection);
        foreach (var value in new object[] { key.Scope, key.Key, key.BodyHash, (short)status, json }) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
