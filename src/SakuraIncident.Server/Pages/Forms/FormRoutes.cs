using SakuraIncident.Domain.Incidents;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Pages.Incidents;
using SakuraIncident.Server.Plans;

namespace SakuraIncident.Server.Pages.Forms;

/// <summary>A report as it was submitted.</summary>
public sealed record Submitted(DutyReported Report, DateTimeOffset At, string? By);

/// <summary>What the page of a form is made from.</summary>
/// <param name="Duty">Null: a form of a step, to be read and copied.</param>
/// <param name="Form">Null: the plan has no form for the duty.</param>
/// <param name="Earlier">The reports so far, the last first.</param>
/// <param name="Duties">Of a form of a step: the duties that are reported with it.</param>
public sealed record FormView(
    IncidentView Incident, DutyAnswer? Duty, FormAnswer? Form, IReadOnlyList<Submitted> Earlier, IReadOnlyList<DutyAnswer> Duties)
{
    public string Path => Duty is { } duty ? $"{Incident.Path}/duties/{duty.Id}" : $"{Incident.Path}/forms/{Form!.Id}";

    public bool MayReport => Duty is { State: not DutyState.NotApplicable } && Incident.MayAct;

    public string Title => Duty?.Title ?? Form!.Title;
}

/// <summary>様式: a duty's form, filled in, to be completed and recorded; and any other form, filled in, to be copied.</summary>
public static class FormRoutes
{
    public static void MapForms(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/incidents/{number}/duties/{duty}", DutyAsync);
        pages.MapPost("/incidents/{number}/duties/{duty}", ReportAsync);
        pages.MapGet("/incidents/{number}/forms/{form}", OneAsync);
    }

    private static async Task<IResult> DutyAsync(HttpContext http, string number, string duty, FormViews views, FormDoor door, CancellationToken cancellation) =>
        await views.OfDutyAsync(http.Signed(), number, duty, cancellation) is { } view ? Page(http, view, door.Fresh(http), 200) : PageRoutes.NotFound(http);

    private static async Task<IResult> OneAsync(HttpContext http, string number, string form, FormViews views, FormDoor door, CancellationToken cancellation) =>
        await views.OneAsync(http.Signed(), number, form, cancellation) is { } view ? Page(http, view, door.Fresh(http), 200) : PageRoutes.NotFound(http);

    private static async Task<IResult> ReportAsync(
        HttpContext http, string number, string duty, FormViews views, IncidentForms forms, FormDoor door, CancellationToken cancellation)
    {
        if (!http.Request.HasFormContentType) return Problems.NotAForm();
        var post = FormPost.Of(await http.Request.ReadFormAsync(cancellation)) with { Target = duty, Do = "report-duty" };
        if (await views.OfDutyAsync(http.Signed(), number, duty, cancellation) is not { Incident.State: var incident } before) return PageRoutes.NotFound(http);

        var fields = post.Fields();
        var outcome = await door.RunAsync(http, post, incident.Id, forms.Command(http.Signed(), post, fields, incident), fields, cancellation);
        if (outcome.Incident is not null) return Results.LocalRedirect(before.Path);
        return await views.OfDutyAsync(http.Signed(), number, duty, cancellation) is { } now
            ? Page(http, now, door.Refused(http, post, outcome), outcome.Status)
            : PageRoutes.NotFound(http);
    }

    private static IResult Page(HttpContext http, FormView view, Parts.FormState forms, int status) => http.Request.Headers.ContainsKey("X-Fragment")
        ? PageRoutes.Page<FormContent>(status, ("View", view), ("Forms", forms))
        : PageRoutes.Page<FormPage>(status, ("View", view), ("Forms", forms), ("User", http.Signed().Name));
}

/// <summary>Fills forms for who may read the incident.</summary>
public sealed class FormViews(IncidentViews views, IncidentReads reads, PlanLibrary plans, TimeProvider clock)
{
    /// <returns>Null: there is no such incident or duty, or this person may not know of it.</returns>
    public async Task<FormView?> OfDutyAsync(Signed by, string number, string duty, CancellationToken cancellation)
    {
        if (await FindAsync(by, number, cancellation) is not { State: var incident } view) return null;
        if (view.Incident.Duties.FirstOrDefault(d => d.Id == duty) is not { } running) return null;
        var plan = reads.PlanOf(incident);
        var form = plan?.FormOf(duty) is { } found
            ? FormAnswer.Of(found, incident, plan, plans.Roster.NameOf, clock.GetUtcNow(), running.Reports + 1)
            : null;
        return new FormView(view, running, form, await EarlierAsync(incident, duty, cancellation), []);
    }

    public async Task<FormView?> OneAsync(Signed by, string number, string form, CancellationToken cancellation)
    {
        if (await FindAsync(by, number, cancellation) is not { State: var incident } view) return null;
        if (reads.PlanOf(incident) is not { Forms: { } forms } plan || !forms.TryGetValue(form, out var found)) return null;
        var duties = view.Incident.Duties.Where(d => d.State != DutyState.NotApplicable && plan.FormOf(d.Id)?.Id == form).ToList();
        return new FormView(view, null, FormAnswer.Of(found, incident, plan, plans.Roster.NameOf, clock.GetUtcNow(), 1), [], duties);
    }

    private async Task<IncidentView?> FindAsync(Signed by, string number, CancellationToken cancellation) =>
        await reads.IdOfAsync(number, cancellation) is { } id ? await views.FindAsync(by, id, cancellation) : null;

    private async Task<IReadOnlyList<Submitted>> EarlierAsync(Incident incident, string duty, CancellationToken cancellation)
    {
        var history = await reads.HistoryAsync(incident.Id, null, cancellation);
        return [.. history.Where(r => r.Data is DutyReported told && told.DutyId == duty)
            .Select(r => new Submitted((DutyReported)r.Data, r.OccurredAt ?? r.At, plans.Roster.NameOf(r.By.Id))).Reverse()];
    }
}
