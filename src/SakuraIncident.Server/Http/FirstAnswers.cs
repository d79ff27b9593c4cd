using System.Security.Cryptography;
using Npgsql;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;

namespace SakuraIncident.Server.Http;

/// <summary>What was answered when this key came first.</summary>
public sealed record FirstAnswer(int Status, string Json, bool SameBody);

/// <summary>
/// The first answers to requests that change a register and may be repeated (<c>Idempotency-Key</c>), in <c>sakura.roster_answer</c>. They
/// are kept in the transaction of the change.
/// </summary>
public static class FirstAnswers
{
    /// <returns>No key: nobody sent one. A problem: it cannot be used.</returns>
    public static (RequestKey? Key, IResult? Problem) KeyOf(HttpContext http, byte[] body)
    {
        if (!http.Request.Headers.TryGetValue("Idempotency-Key", out var sent)) return (null, null);
        return sent.ToString().Length is 0 or > 255
            ? (null, Problems.Of(422, "bad-key", "入力に誤りがあります", "Idempotency-Key は1文字以上255文字以内にしてください。"))
            : (KeyOf(http, sent.ToString(), SHA256.HashData(body)), null);
    }

    public static RequestKey KeyOf(HttpContext http, string key, byte[] hash)
    {
        var by = http.Signed();
        return new RequestKey($"{by.Actor.Kind}:{by.Actor.Id} {http.Request.Method} {http.Request.Path}", key, hash);
    }

    public static IResult InFlight(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return Problems.Of(409, "in-flight", "処理中です", "同じ Idempotency-Key の要求を処理しています。少し待って、もう一度送ってください。");
    }

    public static async Task<FirstAnswer?> FindAsync(NpgsqlConnection connection, RequestKey key, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select body_hash, status, answer from sakura.roster_answer where scope = $1 and key = $2", connection);
        command.Parameters.Add(new() { Value = key.Scope });
        command.Parameters.Add(new() { Value = key.Key });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new FirstAnswer(reader.GetInt16(1), reader.GetString(2), CryptographicOperations.FixedTimeEquals(reader.GetFieldValue<byte[]>(0), key.BodyHash))
            : null;
    }

    public static async Task StoreAsync(NpgsqlConnection connection, RequestKey key, int status, string json, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "insert into sakura.roster_answer (scope, key, body_hash, status, answer) values ($1, $2, $3, $4, $5)", connection);
        command.Parameters.Add(new() { Value = key.Scope });
        command.Parameters.Add(new() { Value = key.Key });
        command.Parameters.Add(new() { Value = key.BodyHash });
        command.Parameters.Add(new() { Value = (short)status });
        command.Parameters.Add(new() { Value = json });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
