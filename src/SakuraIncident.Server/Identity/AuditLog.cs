using Npgsql;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Server.Http;

namespace SakuraIncident.Server.Identity;

/// <summary>Who signed in and out, who was refused what, and who changed the roster: no bodies, no passwords, nothing that was typed.</summary>
public sealed class AuditLog(NpgsqlDataSource database, TimeProvider clock, ILogger<AuditLog> log)
{
    /// <summary>Somebody asked for what he may not have.</summary>
    public Task DeniedAsync(Signed by, HttpContext http, CancellationToken cancellation) => WriteAsync("denied", by, http, cancellation);

    /// <summary>The same, and the answer that a program gets.</summary>
    public async Task<IResult> ForbidAsync(HttpContext http, CancellationToken cancellation)
    {
        await DeniedAsync(http.Signed(), http, cancellation);
        return Problems.Forbidden();
    }

    /// <summary>Somebody changed the roster; what he entered stands in the roster's own table.</summary>
    public Task RosterChangedAsync(Signed by, HttpContext http, CancellationToken cancellation) => WriteAsync("roster-changed", by, http, cancellation);

    /// <summary>Somebody changed the register of assets; what he changed stands in its own table.</summary>
    public Task AssetsChangedAsync(Signed by, HttpContext http, CancellationToken cancellation) => WriteAsync("assets-changed", by, http, cancellation);

    /// <summary>Somebody asked for a calendar feed with no key or a wrong one. The key itself is in the query, which is not recorded.</summary>
    public Task CalendarRefusedAsync(HttpContext http, CancellationToken cancellation) => WriteAsync("calendar-refused", null, http, cancellation);

    public Task SignedInAsync(Signed by, HttpContext http, CancellationToken cancellation) => WriteAsync("signed-in", by, http, cancellation);

    public Task SignedOutAsync(Signed by, HttpContext http, CancellationToken cancellation) => WriteAsync("signed-out", by, http, cancellation);

    /// <param name="by">Null where no such person exists: what was typed instead of a name is sometimes a password.</param>
    public Task SignInFailedAsync(Signed? by, HttpContext http, CancellationToken cancellation) =>
        WriteAsync("sign-in-failed", by, http, cancellation);

    private async Task WriteAsync(string what, Signed? by, HttpContext http, CancellationToken cancellation)
    {
        try
        {
            await using var command = database.CreateCommand(
                "insert into sakura.audit (at, what, who_kind, who, token, method, path, address) values ($1, $2, $3, $4, $5, $6, $7, $8)");
            command.Parameters.Add(new() { Value = clock.GetUtcNow() });
            command.Parameters.Add(new() { Value = what });
            command.Parameters.Add(new() { Value = by is null ? DBNull.Value : KindOf(by) });
            command.Parameters.Add(new() { Value = by is null ? DBNull.Value : by.Actor.Id });
            command.Parameters.Add(new() { Value = by is { Kind: ActorKind.Token } ? Guid.Parse(by.Id) : DBNull.Value });
            command.Parameters.Add(new() { Value = http.Request.Method });
            command.Parameters.Add(new() { Value = Shown(http.Request.Path) });
            command.Parameters.Add(new() { Value = http.Connection.RemoteIpAddress?.ToString() ?? (object)DBNull.Value });
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (NpgsqlException away)
        {
            // The refusal itself stands, written down or not.
            log.LogWarning("The audit record «{What}» could not be written: {State}", what, away.SqlState ?? away.GetType().Name);
        }
    }

    private static string KindOf(Signed by) => by.Kind switch
    {
        ActorKind.Person => "person",
        ActorKind.Token => "token",
        _ => "system",
    };

    private static string Shown(PathString path)
    {
        var text = new string([.. (path.Value ?? "").Where(c => !char.IsControl(c))]);
        return text.Length <= 300 ? text : text[..300];
    }
}
