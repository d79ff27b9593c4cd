using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Npgsql;
using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Server.Identity;

/// <summary>A program's right of entry.</summary>
/// <param name="Role">A role id, or <c>admin</c>.</param>
/// <param name="Person">For whom it acts; null: for itself.</param>
public sealed record Token(Guid Id, string Name, string Role, string? Person);

/// <summary>Bearer tokens: 32 random bytes, of which only the SHA-256 is stored.</summary>
public sealed class Tokens(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>By this a token is known wherever it turns up.</summary>
    public const string Prefix = "sakura_";

    private const int Size = 32;
    private readonly Remembered<Token> remembered = new(TimeSpan.FromSeconds(30), clock);

    public static bool IsRole(string role) => role == "admin" || Vocabulary.Knows(Vocabulary.Roles, role);

    /// <returns>The token itself, which is known only here.</returns>
    public async Task<string> CreateAsync(string name, string role, string? person, CancellationToken cancellation = default)
    {
        var secret = RandomNumberGenerator.GetBytes(Size);
        await using var command = database.CreateCommand(
            "insert into sakura.token (id, name, role, person, hash, created_at) values ($1, $2, $3, $4, $5, $6)");
        command.Parameters.Add(new() { Value = Guid.CreateVersion7(clock.GetUtcNow()) });
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = role });
        command.Parameters.Add(new() { Value = person ?? (object)DBNull.Value });
        command.Parameters.Add(new() { Value = SHA256.HashData(secret) });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await command.ExecuteNonQueryAsync(cancellation);
        return Prefix + Base64Url.EncodeToString(secret);
    }

    /// <summary>The token, unless it is unknown or revoked; a revocation is seen after 30 s at most.</summary>
    public async ValueTask<Token?> FindAsync(string text, CancellationToken cancellation)
    {
        if (HashOf(text) is not { } hash) return null;
        return await remembered.GetAsync(Convert.ToHexString(hash), () => LoadAsync(hash, cancellation));
    }

    /// <returns>Null: not the form of a token.</returns>
    private static byte[]? HashOf(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        Span<byte> secret = stackalloc byte[Size + 3];
        return Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length), secret, out _, out var length) == OperationStatus.Done && length == Size
            ? SHA256.HashData(secret[..Size])
            : null;
    }

    private async Task<Token?> LoadAsync(byte[] hash, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select id, name, role, person from sakura.token where hash = $1 and revoked_at is null");
        command.Parameters.Add(new() { Value = hash });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new Token(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), await reader.IsDBNullAsync(3, cancellation) ? null : reader.GetString(3))
            : null;
    }
}
