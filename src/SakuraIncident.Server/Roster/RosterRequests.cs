using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;

namespace SakuraIncident.Server.Roster;

/// <summary>The way of every request that changes the roster: key against acting twice, the book, audit record, answer.</summary>
public sealed class RosterRequests(RosterBook book, InFlight inFlight, AuditLog audit)
{
    /// <param name="read">Makes of the body's fields what is to be decided on the present roster.</param>
    public async Task<IResult> RunAsync(
        HttpContext http, Func<Fields, Signed, Func<DutyRoster, IReadOnlyList<RosterChange>, Wanted>> read, CancellationToken cancellation)
    {
        var body = await JsonBody.ReadAsync(http.Request, cancellation);
        if (body.Problem is not null) return body.Problem;
        var fields = new Fields(body.Root);
        var decide = read(fields, http.Signed());
        return fields.AreValid ? await RunAsync(http, body.Bytes, decide, cancellation) : Problems.Invalid(fields.Errors);
    }

    public Task<IResult> RunAsync(
        HttpContext http, byte[] body, Func<DutyRoster, IReadOnlyList<RosterChange>, Wanted> decide, CancellationToken cancellation) =>
        inFlight.WithKeyAsync(http, body, async key => await EnterAsync(http, key, decide, cancellation) switch
        {
            Wanted.Entered entered => Results.Text(entered.Json, "application/json", statusCode: entered.Status),
            Wanted.Faulty faulty => Problems.Invalid(faulty.Faults),
            Wanted.NotAllowed => Problems.Forbidden(),
            Wanted.KeyReused => Problems.KeyReused(),
            _ => Problems.NotFound(),
        });

    /// <summary>Enters, and writes into the audit record what was changed or refused.</summary>
    public async Task<Wanted> EnterAsync(
        HttpContext http, RequestKey? key, Func<DutyRoster, IReadOnlyList<RosterChange>, Wanted> decide, CancellationToken cancellation)
    {
        var by = http.Signed();
        var wanted = await book.EnterAsync(by, key, decide, cancellation);
        if (wanted is Wanted.NotAllowed) await audit.DeniedAsync(by, http, cancellation);
        if (wanted is Wanted.Entered { Changed: true }) await audit.RosterChangedAsync(by, http, cancellation);
        return wanted;
    }
}
