using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Pages.Incidents;

namespace SakuraIncident.Server.Pages.Report;

/// <summary>通報: a form, and what it led to.</summary>
public static class ReportRoutes
{
    private const int PlaceLength = 100;

    public static void MapReport(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/report", (HttpContext http, FormDoor door) => Form(http, door.Fresh(http), 200));
        pages.MapPost("/report", SendAsync);
        pages.MapGet("/report/{number}", SentAsync);
        pages.MapGet("/fragments/report/{id}", FragmentAsync);
    }

    private static async Task<IResult> SendAsync(HttpContext http, FormDoor door, CancellationToken cancellation)
    {
        if (!http.Request.HasFormContentType) return Problems.NotAForm();
        var post = FormPost.Of(await http.Request.ReadFormAsync(cancellation));
        var fields = post.Fields();
        var outcome = await door.RunAsync(http, post, null, Read(fields), fields, cancellation);
        return outcome.Incident is { } incident
            ? Results.LocalRedirect($"/report/{incident.Number}")
            : Form(http, door.Refused(http, post, outcome), outcome.Status);
    }

    private static async Task<IResult> SentAsync(HttpContext http, string number, IncidentViews views, CancellationToken cancellation) =>
        await views.FindAsync(http.Signed(), number, null, null, cancellation) is { } view
            ? PageRoutes.Page<SentPage>(200, ("View", view), ("User", http.Signed().Name))
            : PageRoutes.NotFound(http);

    private static async Task<IResult> FragmentAsync(HttpContext http, string id, IncidentViews views, CancellationToken cancellation) =>
        await views.FindAsync(http.Signed(), id, null, null, cancellation) is { } view
            ? PageRoutes.Page<SentContent>(200, ("View", view))
            : PageRoutes.NotFound(http);

    private static IResult Form(HttpContext http, Parts.FormState forms, int status) => http.Request.Headers.ContainsKey("X-Fragment")
        ? PageRoutes.Page<ReportContent>(status, ("Forms", forms))
        : PageRoutes.Page<ReportPage>(status, ("Forms", forms), ("Now", PageRoutes.NowOf(http)), ("User", http.Signed().Name));

    /// <summary>Nobody has to think of a title: what was chosen and where make one.</summary>
    private static OpenIncident Read(Fields f)
    {
        if (!f.Has("category")) f.Wrong("category", "何が起きたかを選んでください。分からないときは「分からない」で構いません。");
        var category = f.Word("category", Vocabulary.Categories) ?? "other";
        var place = f.Text("place", PlaceLength);
        var seen = f.Text("seen", Fields.TextLength);
        var title = PlainKind.Of(category).Seen + (place is null ? "" : $"({place})");
        return new OpenIncident(
            "", title, category, f.Word("body", Vocabulary.Bodies) ?? "mayor", f.Words("zones", Vocabulary.Zones) ?? [], null, null, seen, [], null)
        { OccurredAt = f.Moment("occurredAt") };
    }
}
