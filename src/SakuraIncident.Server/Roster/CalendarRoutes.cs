using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Plans;

namespace SakuraIncident.Server.Roster;

/// <param name="Address">For a calendar program; it holds the key and is told only now.</param>
public sealed record CalendarKeyAnswer(string Person, string Address);

public sealed record KeyRevokedAnswer(string Person);

/// <summary>Calendar feeds: a person's own by its secret key, since calendar programs know no tokens; a role's for those who are signed in.</summary>
public static class CalendarRoutes
{
    public static void MapCalendars(this IEndpointRouteBuilder routes)
    {
        var roster = routes.MapGroup("/api/roster").WithTags("roster");
        roster.MapGet("/people/{person}.ics", OfPersonAsync).AllowAnonymous().WithSummary("自分の当番のカレンダー(鍵で読む)")
            .Reads(ApiParameter.Text("key", "The person's secret key, in place of a sign-in."))
            .Produces<string>(200, "text/calendar").ProducesProblem(404).ProducesProblem(503);
        roster.MapGet("/roles/{role}.ics", OfRoleAsync).WithSummary("役割の当番のカレンダー").Produces<string>(200, "text/calendar").Refuses(403, 404);
        roster.MapPost("/people/{person}/calendar-key", RenewAsync).WithSummary("カレンダーの鍵を新しくする")
            .Produces<CalendarKeyAnswer>(201).Refuses(403, 404);
        roster.MapPost("/people/{person}/calendar-key/revoke", RevokeAsync).WithSummary("カレンダーの鍵を無効にする")
            .Produces<KeyRevokedAnswer>().Refuses(403, 404);
    }

    /// <summary>The address to give to a calendar program. It is known only now.</summary>
    public static string AddressOf(HttpContext http, string person, string key) =>
        $"{http.Request.Scheme}://{http.Request.Host}/api/roster/people/{Uri.EscapeDataString(person)}.ics?key={key}";

    public static bool MayHaveKey(Signed by, string person, PlanLibrary plans) =>
        plans.Roster.People.TryGetValue(person, out var known) && !known.External && (Authority.MayAdminister(by) || by.PersonId == person);

    /// <summary>A wrong key, one that was replaced, and a person who is not there are answered alike.</summary>
    private static async Task<IResult> OfPersonAsync(
        HttpContext http, string person, string? key, PlanLibrary plans, CalendarKeys keys, AuditLog audit, TimeProvider clock, CancellationToken cancellation)
    {
        if (key is null || !plans.Roster.People.ContainsKey(person) || !await keys.IsKeyOfAsync(key, person, cancellation))
        {
            await audit.CalendarRefusedAsync(http, cancellation);
            return Problems.NotFound();
        }
        return Results.Text(DutyCalendar.OfPerson(plans.Roster, person, clock.GetUtcNow()), DutyCalendar.ContentType);
    }

    private static async Task<IResult> OfRoleAsync(
        HttpContext http, string role, PlanLibrary plans, AuditLog audit, TimeProvider clock, CancellationToken cancellation)
    {
        if (!Authority.ReadsAll(http.Signed())) return await audit.ForbidAsync(http, cancellation);
        return Vocabulary.Knows(Vocabulary.Roles, role)
            ? Results.Text(DutyCalendar.OfRole(plans.Roster, role, clock.GetUtcNow()), DutyCalendar.ContentType)
            : Problems.NotFound();
    }

    private static async Task<IResult> RenewAsync(
        HttpContext http, string person, PlanLibrary plans, CalendarKeys keys, AuditLog audit, CancellationToken cancellation)
    {
        if (!MayHaveKey(http.Signed(), person, plans))
            return Authority.MayAdminister(http.Signed()) ? Problems.NotFound() : await audit.ForbidAsync(http, cancellation); // an administrator may for all who are there
        var key = await keys.RenewAsync(person, cancellation);
        await audit.RosterChangedAsync(http.Signed(), http, cancellation);
        return Results.Json(new CalendarKeyAnswer(person, AddressOf(http, person, key)), ApiJson.Options, statusCode: 201);
    }

    private static async Task<IResult> RevokeAsync(
        HttpContext http, string person, PlanLibrary plans, CalendarKeys keys, AuditLog audit, CancellationToken cancellation)
    {
        if (!MayHaveKey(http.Signed(), person, plans))
            return Authority.MayAdminister(http.Signed()) ? Problems.NotFound() : await audit.ForbidAsync(http, cancellation); // an administrator may for all who are there
        await keys.RevokeAsync(person, cancellation);
        await audit.RosterChangedAsync(http.Signed(), http, cancellation);
        return Results.Json(new KeyRevokedAnswer(person), ApiJson.Options);
    }
}
