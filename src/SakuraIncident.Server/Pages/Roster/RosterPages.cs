using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Pages.Parts;
using SakuraIncident.Server.Plans;
using SakuraIncident.Server.Roster;

namespace SakuraIncident.Server.Pages.Roster;

/// <summary>当番表: everybody sees his own duty and enters his own absence; the whole is for those who may read all.</summary>
public static class RosterPages
{
    public static void MapRosterPage(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/roster", (HttpContext http, PlanLibrary plans, RosterBook book, FormDoor door) => Page(http, plans, book, door.Fresh(http), 200));
        pages.MapPost("/roster", EnterAsync);
    }

    private static async Task<IResult> EnterAsync(
        HttpContext http, PlanLibrary plans, RosterBook book, RosterForms forms, FormDoor door, CancellationToken cancellation)
    {
        if (!http.Request.HasFormContentType) return Problems.Of(415, "wrong-content-type", "内容の形式が違います", "フォームで送ってください。");
        var post = FormPost.Of(await http.Request.ReadFormAsync(cancellation));
        var outcome = await forms.RunAsync(http, post, cancellation);
        if (outcome.Status != 200) return Page(http, plans, book, door.Refused(http, post, outcome), outcome.Status);
        return IsFragment(http) ? Page(http, plans, book, door.Fresh(http), 200) : Results.LocalRedirect("/roster");
    }

    private static IResult Page(HttpContext http, PlanLibrary plans, RosterBook book, FormState forms, int status)
    {
        var view = RosterView.Of(http.Signed(), plans, book, PageRoutes.NowOf(http));
        return IsFragment(http)
            ? PageRoutes.Page<RosterContent>(status, ("View", view), ("Forms", forms))
            : PageRoutes.Page<RosterPage>(status, ("View", view), ("Forms", forms), ("User", http.Signed().Name));
    }

    private static bool IsFragment(HttpContext http) => http.Request.Headers.ContainsKey("X-Fragment");
}
