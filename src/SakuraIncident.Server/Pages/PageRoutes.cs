using System.Globalization;
using System.IO.Compression;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.ResponseCompression;
using SakuraIncident.Server.Boards;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Pages.Board;
using SakuraIncident.Server.Pages.Forms;
using SakuraIncident.Server.Pages.Incidents;
using SakuraIncident.Server.Pages.Me;
using SakuraIncident.Server.Pages.Plan;
using SakuraIncident.Server.Pages.Registers;
using SakuraIncident.Server.Pages.Report;
using SakuraIncident.Server.Pages.Roster;

namespace SakuraIncident.Server.Pages;

/// <summary>The addresses of the pages and of their fragments.</summary>
public static class PageRoutes
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddSingleton<IncidentViews>().AddSingleton<IncidentForms>().AddSingleton<FormViews>().AddSingleton<AdoptViews>().AddSingleton<BoardFragments>();
        services.AddScoped<FormDoor>().AddScoped<RosterForms>().AddScoped<UploadDoor>().AddScoped<MyPart>().AddSingleton<BoardReads>();
        services.AddResponseCompression(options => options.Providers.Add<BrotliCompressionProvider>());
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
    }

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapStaticAssets().AllowSignInAssets();
        var pages = routes.MapGroup("").ExcludeFromDescription().AddEndpointFilter(ShowTroubleAsync);
        pages.MapGet("/", BoardAsync);
        pages.MapGet("/fragments/board", BoardFragmentAsync);
        pages.MapGet("/incidents/{number}", IncidentAsync);
        pages.MapGet("/fragments/incidents/{id}", IncidentFragmentAsync);
        pages.MapPost("/incidents/{number}", ActAsync);
        pages.MapGet("/me", MeAsync);
        pages.MapGet("/fragments/me", MeFragmentAsync);
        pages.MapReport();
        pages.MapRosterPage();
        pages.MapAssetPages();
        pages.MapForms();
        pages.MapPlanPages();
        pages.MapAdoptPages();
    }

    public static RazorComponentResult<T> Page<T>(int status, params (string Name, object? Value)[] parameters) where T : IComponent =>
        new(parameters.ToDictionary(p => p.Name, p => p.Value)) { StatusCode = status, PreventStreamingRendering = true };

    public static IResult NotFound(HttpContext http) => Page<Trouble>(
        404, ("Title", "見つかりません"), ("Detail", "その番号の事案はないか、見る権限がありません。番号を確かめてください。"), ("Now", NowOf(http)), ("User", http.Signed().Name));

    /// <param name="detail">What it is that may not be seen, and what to do.</param>
    public static async Task<IResult> ForbiddenAsync(HttpContext http, string detail)
    {
        var by = http.Signed();
        await http.RequestServices.GetRequiredService<AuditLog>().DeniedAsync(by, http, http.RequestAborted);
        return Page<Trouble>(403, ("Title", "権限がありません"), ("Detail", detail), ("Now", NowOf(http)), ("User", by.Name));
    }

    public static DateTimeOffset NowOf(HttpContext http) => http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    private static async Task<IResult> BoardAsync(HttpContext http, BoardFragments board, CancellationToken cancellation) => Page<BoardPage>(
        200, ("State", await board.StateAsync(http.Signed(), cancellation)), ("User", http.Signed().Name), ("Wall", http.Request.Query.ContainsKey("wall")));

    private static async Task BoardFragmentAsync(HttpContext http, long? after, BoardFragments board, CancellationToken cancellation) =>
        await (await board.FragmentAsync(http.Signed(), after ?? long.MaxValue, cancellation)).WriteAsync(http);

    private static async Task<IResult> IncidentAsync(
        HttpContext http, string number, string? at, string? version, IncidentViews views, FormDoor door, CancellationToken cancellation)
    {
        DateTimeOffset? moment = ApiJson.TryParseQuery(at, out var parsed) ? parsed : null;
        int? asked = int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : null;
        if ((at is not null && moment is null) || (version is not null && asked is null)) return NotFound(http);
        return await views.FindAsync(http.Signed(), number, moment, asked, cancellation) is { } view
            ? Page<IncidentPage>(200, ("View", view), ("Forms", door.Fresh(http)), ("User", http.Signed().Name))
            : NotFound(http);
    }

    private static async Task<IResult> IncidentFragmentAsync(HttpContext http, string id, IncidentViews views, FormDoor door, CancellationToken cancellation) =>
        await views.FindAsync(http.Signed(), id, null, null, cancellation) is { } view
            ? Page<IncidentContent>(200, ("View", view), ("Forms", door.Fresh(http)))
            : NotFound(http);

    /// <summary>Every form of an incident's page. Sent by live.js the answer is the fragment, else a redirect to the page.</summary>
    private static async Task<IResult> ActAsync(
        HttpContext http, string number, IncidentViews views, IncidentForms forms, FormDoor door, MyPart mine, CancellationToken cancellation)
    {
        var by = http.Signed();
        if (!http.Request.HasFormContentType) return Problems.NotAForm();
        var post = FormPost.Of(await http.Request.ReadFormAsync(cancellation));
        if (await views.FindAsync(by, number, null, null, cancellation) is not { State: var incident }) return NotFound(http);

        var fields = post.Fields();
        var outcome = await door.RunAsync(http, post, incident.Id, forms.Command(http.Signed(), post, fields, incident), fields, cancellation);
        var isFragment = http.Request.Headers.ContainsKey("X-Fragment");
        var isMe = post.Back == "me";
        if (outcome.Incident is not null && !isFragment) return Results.LocalRedirect(isMe ? "/me" : $"/incidents/{incident.Number}");

        var state = outcome.Incident is null ? door.Refused(http, post, outcome) : door.Fresh(http);
        if (isMe)
        {
            var me = await mine.StateAsync(by, cancellation);
            return isFragment
                ? Page<MeContent>(outcome.Status, ("State", me), ("Forms", state))
                : Page<MePage>(outcome.Status, ("State", me), ("Forms", state), ("User", by.Name));
        }
        if (await views.FindAsync(by, number, null, null, cancellation) is not { } view) return NotFound(http);
        return isFragment
            ? Page<IncidentContent>(outcome.Status, ("View", view), ("Forms", state))
            : Page<IncidentPage>(outcome.Status, ("View", view), ("Forms", state), ("User", by.Name));
    }

    private static async Task<IResult> MeAsync(HttpContext http, MyPart mine, FormDoor door, CancellationToken cancellation) => Page<MePage>(
        200, ("State", await mine.StateAsync(http.Signed(), cancellation)), ("Forms", door.Fresh(http)), ("User", http.Signed().Name));

    private static async Task<IResult> MeFragmentAsync(HttpContext http, MyPart mine, FormDoor door, CancellationToken cancellation) =>
        Page<MeContent>(200, ("State", await mine.StateAsync(http.Signed(), cancellation)), ("Forms", door.Fresh(http)));

    /// <summary>The database away: a page that says so. A script gets the API's problem and keeps what was typed.</summary>
    private static async ValueTask<object?> ShowTroubleAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception away) when (Faults.IsDatabaseAway(away) && !context.HttpContext.Response.HasStarted
            && context.HttpContext.Request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate")
        {
            var http = context.HttpContext;
            http.Response.Headers.RetryAfter = "2";
            return Page<Trouble>(
                503, ("Title", "一時的に利用できません"),
                ("Detail", "データベースに接続できません。何も変更していません。少し待って、ブラウザの「戻る」で戻り、もう一度送ってください。"),
                ("Now", NowOf(http)), ("User", null));
        }
    }
}
