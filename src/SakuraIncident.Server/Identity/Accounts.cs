using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Server.Identity;

/// <summary>A new account and its first password, shown once.</summary>
public sealed record NewAccount(string Person, string Name, string Password);

/// <summary>Local accounts: one for each 職員 of the organisation file, and <c>admin</c>.</summary>
public sealed class Accounts(NpgsqlDataSource database, TimeProvider clock) : IDisposable
{
    public const string Admin = "admin";
    public const string AdminName = "システム管理者";

    private static readonly PasswordHasher<string> Hasher = new();
    private static readonly string HashOfNobody = Hasher.HashPassword("", RandomNumberGenerator.GetHexString(32));
    private readonly Remembered<string> enabled = new(TimeSpan.FromSeconds(30), clock);
    // Hashing is slow by intention: sign-ins must not take the processor from an incident.
    private readonly SemaphoreSlim hashing = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Creates the accounts that are missing; existing ones stay as they are.</summary>
    /// <returns>The new ones, whose passwords are known only here.</returns>
    public async Task<IReadOnlyList<NewAccount>> EnsureAsync(DutyRoster roster, CancellationToken cancellation = default)
    {
        var known = await KnownAsync(cancellation);
        var missing = roster.People.Values.Where(p => !p.External).Select(p => (p.Id, p.Name)).Prepend((Id: Admin, Name: AdminName))
            .Where(p => !known.Contains(p.Id))
            .AsParallel().AsOrdered()
            .Select(p => (Account: new NewAccount(p.Id, p.Name, Password.New()), Hash: ""))
            .Select(p => p with { Hash = Hasher.HashPassword(p.Account.Person, p.Account.Password) })
            .ToList();

        var created = new List<NewAccount>(missing.Count);
        foreach (var (account, hash) in missing)
        {
            // Another node may have been faster; then its password is the one that counts.
            await using var command = database.CreateCommand(
                "insert into sakura.account (person, password_hash, created_at) values ($1, $2, $3) on conflict do nothing");
            command.Parameters.Add(new() { Value = account.Person });
            command.Parameters.Add(new() { Value = hash });
            command.Parameters.Add(new() { Value = clock.GetUtcNow() });
            if (await command.ExecuteNonQueryAsync(cancellation) == 1) created.Add(account);
        }
        return created;
    }

    /// <summary>Whether this is the password of an account that is not disabled; an unknown person takes as long.</summary>
    public async Task<bool> VerifyAsync(string person, string password, CancellationToken cancellation)
    {
        var hash = await HashAsync(person, cancellation);
        await hashing.WaitAsync(cancellation);
        try
        {
            var verified = Hasher.VerifyHashedPassword(person, hash ?? HashOfNobody, password);
            return hash is not null && verified != PasswordVerificationResult.Failed;
        }
        finally
        {
            hashing.Release();
        }
    }

    /// <summary>Whether there is such an account and it is not disabled; a change is seen after 30 s at most.</summary>
    public async ValueTask<bool> IsEnabledAsync(string person, CancellationToken cancellation) =>
        await enabled.GetAsync(person, async () =>
        {
            await using var command = database.CreateCommand("select person from sakura.account where person = $1 and not disabled");
            command.Parameters.Add(new() { Value = person });
            return await command.ExecuteScalarAsync(cancellation) as string;
        }) is not null;

    public void Dispose() => hashing.Dispose();

    private async Task<string?> HashAsync(string person, CancellationToken cancellation)
    {
        if (person.Any(char.IsControl)) return null; // nobody is called so, and PostgreSQL refuses NUL
        await using var command = database.CreateCommand("select password_hash from sakura.account where person = $1 and not disabled");
        command.Parameters.Add(new() { Value = person });
        return await command.ExecuteScalarAsync(cancellation) as string;
    }

    private async Task<HashSet<string>> KnownAsync(CancellationToken cancellation)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        await using var command = database.CreateCommand("select person from sakura.account");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) known.Add(reader.GetString(0));
        return known;
    }
}
