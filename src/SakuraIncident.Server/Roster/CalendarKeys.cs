using System.Buffers.Text;
using System.Security.Cryptography;
using Npgsql;

namespace SakuraIncident.Server.Roster;

/// <summary>
/// The keys of the personal calendar feeds: a calendar program cannot send a token. One for each person, of 32 random bytes, of which only
/// the SHA-256 is kept: it is shown once, and a new one ends the one before.
/// </summary>
public sealed class CalendarKeys(NpgsqlDataSource database, TimeProvider clock)
{
    private const int Size = 32;

    /// <returns>The key itself, which is known only here.</returns>
    public async Task<string> RenewAsync(string person, CancellationToken cancellation)
    {
        var secret = RandomNumberGenerator.GetBytes(Size);
        await using var command = database.CreateCommand("""
            insert into sakura.calendar_key (person, hash, created_at) values ($1, $2, $3)
            on conflict (person) do update set hash = excluded.hash, created_at = excluded.created_at
            """);
        command.Parameters.Add(new() { Value = person });
        command.Parameters.Add(new() { Value = SHA256.HashData(secret) });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await command.ExecuteNonQueryAsync(cancellation);
        return Base64Url.EncodeToString(secret);
    }

    public async Task RevokeAsync(string person, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("delete from sakura.calendar_key where person = $1");
        command.Parameters.Add(new() { Value = person });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<bool> IsKeyOfAsync(string key, string person, CancellationToken cancellation)
    {
        if (key.Length > 100 || !Base64Url.IsValid(key, out var length) || length != Size) return false;
        await using var command = database.CreateCommand("select hash from sakura.calendar_key where person = $1");
        command.Parameters.Add(new() { Value = person });
        return await command.ExecuteScalarAsync(cancellation) is byte[] hash
            && CryptographicOperations.FixedTimeEquals(hash, SHA256.HashData(Base64Url.DecodeFromChars(key)));
    }

    /// <summary>When the key was made; null: he has none.</summary>
    public async Task<DateTimeOffset?> MadeAtAsync(string person, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select created_at from sakura.calendar_key where person = $1");
        command.Parameters.Add(new() { Value = person });
        return await command.ExecuteScalarAsync(cancellation) is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
    }
}
