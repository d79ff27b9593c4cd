using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Plans;
using SakuraIncident.Server.Registers;

namespace SakuraIncident.Server.Roster;

/// <summary>当番表: who is called, now or at a moment, and what changes it.</summary>
public static class RosterRoutes
{
    /// <summary>Moments for which a roster can be asked.</summary>
    private static readonly (int First, int Last) Years = (1900, 2999);

    public static void AddRoster(this IServiceCollection services)
    {
        services.AddSingleton<RosterBook>().AddSingleton<CalendarKeys>().AddScoped<RosterRequests>().AddHostedService<RosterFeed>();
    }

    public static void MapRoster(this IEndpointRouteBuilder routes)
    {
        var roster = routes.MapGroup("/api/roster").WithTags("roster");
        roster.MapGet("", RosterAtAsync).WithSummary("当番表")
            .Reads(ApiParameter.Moment("at", "Who is on duty then; without it now."))
            .Produces<RosterAnswer<RosterChangeAnswer>>().Refuses(403, 422);
        roster.MapPost("/absences", (HttpContext http, RosterRequests requests, CancellationToken c) =>
            requests.RunAsync(http, RosterEntries.Absence, c)).Describe<AbsenceRequest>("不在を入力する", 201);
        roster.MapPost("/shifts", (HttpContext http, RosterRequests requests, CancellationToken c) =>
            requests.RunAsync(http, RosterEntries.Shift, c)).Describe<ShiftRequest>("当番を変更する", 201);
        roster.MapPost("/swaps", (HttpContext http, RosterRequests requests, CancellationToken c) =>
            requests.RunAsync(http, RosterEntries.Swap, c)).Describe<SwapRequest>("当番を交代する", 201);
        roster.MapPost("/staff", StaffAsync).DescribeCsv<StaffChanges>("職員名簿を取り込む");
        roster.MapPost("/changes/{id}/withdraw", (HttpContext http, string id, RosterRequests requests, CancellationToken c) =>
            requests.RunAsync(http, (f, by) => RosterEntries.Withdraw(f, by, id), c)).Describe<WithdrawRequest>("変更を取り消す", 200, 404);
    }

    private static void Describe<TRequest>(this RouteHandlerBuilder route, string summary, int status, params int[] refusals)
        where TRequest : class => route
        .WithSummary(summary).Takes<TRequest>().Produces<RosterChangeAnswer>(status).Refuses([403, .. refusals]);

    /// <param name="preview">Only tells what the file would change.</param>
    private static async Task<IResult> StaffAsync(
        HttpContext http, bool? preview, PlanLibrary plans, RosterRequests requests, AuditLog audit, CancellationToken cancellation)
    {
        var by = http.Signed();
        if (!Authority.MayAdminister(by)) return await audit.ForbidAsync(http, cancellation);
        var body = await CsvBody.ReadAsync(http.Request, cancellation);
        if (body.Problem is not null) return body.Problem;
        var decide = StaffImport.Decide(body.File, by, preview == true);
        if (preview != true) return await requests.RunAsync(http, body.File, decide, cancellation);
        return decide(plans.Roster, []) switch
        {
            Wanted.Sound sound => Results.Json(sound.Answer([]), ApiJson.Options),
            Wanted.Faulty faulty => Problems.Invalid(faulty.Faults),
            _ => Problems.Forbidden(),
        };
    }

    private static async Task<IResult> RosterAtAsync(
        HttpContext http, string? at, PlanLibrary plans, RosterBook book, TimeProvider clock, AuditLog audit, CancellationToken cancellation)
    {
        if (!Authority.ReadsAll(http.Signed())) return await audit.ForbidAsync(http, cancellation);
        var moment = clock.GetUtcNow();
        if (at is not null && !ApiJson.TryParseQuery(at, out moment)) return Problems.Invalid("at", ApiJson.MomentExpected("at"));
        if (moment.Year < Years.First || moment.Year > Years.Last) return Problems.Invalid("at", $"「at」は{Years.First}年から{Years.Last}年までにしてください。");
        return Results.Json(RosterAnswer.Of(plans.Roster, book, moment), ApiJson.Options);
    }
}
