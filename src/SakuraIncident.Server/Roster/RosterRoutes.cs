using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;
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
        roster.MapGet("", RosterAtAsync).WithSummary("当番表");
        roster.MapPost("/absences", (HttpContext http, RosterRequests requests, CancellationToken c) =>
            requests.RunAsync(http, RosterEntries.Absence, c)).Describe("不在を入力する");
        roster.MapPost("/shifts", (HttpContext http, RosterRequests requests, CancellationToken c) =>
            requests.RunAsync(http, RosterEntries.Shift, c)).Describe("当番を変更する");
        roster.MapPost("/swaps", (HttpContext http, RosterRequests requests, CancellationToken c) =>
            requests.RunAsync(http, RosterEntries.Swap, c)).Describe("当番を交代する");
        roster.MapPost("/staff", StaffAsync).DescribeCsv("職員名簿を取り込む");
        roster.MapPost("/changes/{id}/withdraw", (HttpContext http, string id, RosterRequests requests, CancellationToken c) =>
            requests.RunAsync(http, (f, by) => RosterEntries.Withdraw(f, by, id), c)).Describe("変更を取り消す");
    }

    private static void Describe(this RouteHandlerBuilder route, string summary) => route
        .WithSummary(summary).Accepts<object>("application/json")
        .ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(503);

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
        return Results.Json(Shown(plans.Roster, book, moment), ApiJson.Options);
    }

    private static object Shown(DutyRoster roster, RosterBook book, DateTimeOffset at) => new
    {
        at,
        roles = roster.Holdings.Select(h => (h.Role, h.Body)).Distinct().Select(h => new
        {
            h.Role,
            title = Vocabulary.TitleOf(Vocabulary.Roles, h.Role),
            h.Body,
            onDuty = roster.OnDuty(h.Role, at).Select(p => new { person = p, name = roster.NameOf(p), absent = roster.IsAbsent(p, at) }),
            candidates = roster.WhoHolds(h.Role, h.Body ?? "mayor", at)
                .Select(c => new { c.Person, name = roster.NameOf(c.Person), c.ActingFor }),
        }),
        roster.Shifts,
        roster.Rotations,
        roster.Exceptions,
        roster.Swaps,
        roster.Absences,
        changes = book.Standing.Where(c => !c.IsOfStaff).Reverse().Take(200).Select(c => c.Shown(roster)),
        people = roster.People.Values.Select(p => new { p.Id, p.Name, p.Body, p.Department, p.Post, p.External, p.Quiet }),
    };
}
