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
        pages.MapGet("/roster", (HttpContext http, RosterForms forms, FormDoor door, CancellationToken c) => PageAsync(http, forms, door.Fresh(http), 200, null, c));
        pages.MapPost("/roster", EnterAsync);
        pages.MapGet(StaffUpload.Path, () => Results.LocalRedirect("/roster"));
        pages.MapPost(StaffUpload.Path, StaffUpload.RunAsync);
    }

    private static async Task<IResult> EnterAsync(HttpContext http, RosterForms forms, FormDoor door, CancellationToken cancellation)
    {
        if (!http.Request.HasFormContentType) return Problems.NotAForm();
        var post = FormPost.Of(await http.Request.ReadFormAsync(cancellation));
        var (outcome, address) = await forms.RunAsync(http, post, cancellation);
        if (outcome.Status != 200) return await PageAsync(http, forms, door.Refused(http, post, outcome), outcome.Status, null, cancellation);
        // What is shown once must be in this very answer.
        return IsFragment(http) || address is not null
            ? await PageAsync(http, forms, door.Fresh(http), 200, address, cancellation)
            : Results.LocalRedirect("/roster");
    }

    private static async Task<IResult> PageAsync(HttpContext http, RosterForms forms, FormState state, int status, string? address, CancellationToken cancellation)
    {
        var view = await forms.ViewAsync(http.Signed(), address, cancellation);
        return IsFragment(http)
            ? PageRoutes.Page<RosterContent>(status, ("View", view), ("Forms", state))
            : PageRoutes.Page<RosterPage>(status, ("View", view), ("Forms", state), ("User", http.Signed().Name));
    }

    private static bool IsFragment(HttpContext http) => http.Request.Headers.ContainsKey("X-Fragment");
}
