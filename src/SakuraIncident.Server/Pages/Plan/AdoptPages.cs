using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Pages.Incidents;
using SakuraIncident.Server.Plans;

namespace SakuraIncident.Server.Pages.Plan;

/// <summary>A step that was worked on, and where it would count in the revision in force.</summary>
/// <param name="Counts">The step of the revision; null: none, unless one of the choices is said.</param>
public sealed record Carried(Step Step, StepState State, Step? Counts, IReadOnlyList<Step> Choices);

/// <summary>What moving an incident to the revision in force would mean.</summary>
public sealed record AdoptState(IncidentView Incident, string Revision, IReadOnlyList<PlanChange> Changes, IReadOnlyList<Carried> Steps)
{
    public string Path => $"{Incident.Path}/revision";
}

/// <summary>改訂後の計画へ移す: what changed, what of the work done counts, and why it is done.</summary>
public static class AdoptPages
{
    public static void MapAdoptPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/incidents/{number}/revision", (HttpContext http, string number, AdoptViews views, FormDoor door, CancellationToken c) =>
            PageAsync(http, number, views, () => door.Fresh(http), 200, c));
        pages.MapPost("/incidents/{number}/revision", MoveAsync);
    }

    private static async Task<IResult> MoveAsync(
        HttpContext http, string number, AdoptViews views, IncidentForms forms, FormDoor door, CancellationToken cancellation)
    {
        if (!http.Request.HasFormContentType) return Problems.NotAForm();
        var post = FormPost.Of(await http.Request.ReadFormAsync(cancellation)) with { Do = "adopt-revision" };
        if (await views.FindAsync(http.Signed(), number, cancellation) is not { Incident.State: var incident } state) return PageRoutes.NotFound(http);
        var fields = post.Fields();
        var outcome = await door.RunAsync(http, post, incident.Id, forms.Command(http.Signed(), post, fields, incident), fields, cancellation);
        return outcome.Incident is not null
            ? Results.LocalRedirect(state.Incident.Path)
            : await PageAsync(http, number, views, () => door.Refused(http, post, outcome), outcome.Status, cancellation);
    }

    private static async Task<IResult> PageAsync(
        HttpContext http, string number, AdoptViews views, Func<Parts.FormState> forms, int status, CancellationToken cancellation)
    {
        if (await views.FindAsync(http.Signed(), number, cancellation) is not { } state) return PageRoutes.NotFound(http);
        return http.Request.Headers.ContainsKey("X-Fragment")
            ? PageRoutes.Page<AdoptContent>(status, ("State", state), ("Forms", forms()))
            : PageRoutes.Page<AdoptPage>(status, ("State", state), ("Forms", forms()), ("User", http.Signed().Name));
    }
}

/// <summary>Looks ahead at the move, with the rule that the command itself has.</summary>
public sealed class AdoptViews(IncidentViews views, IncidentReads reads, PlanLibrary plans, PlanHistory history)
{
    /// <returns>Null: no such incident for this person, or it has no plan.</returns>
    public async Task<AdoptState?> FindAsync(Signed by, string number, CancellationToken cancellation)
    {
        if (await reads.IdOfAsync(number, cancellation) is not { } id
            || await views.FindAsync(by, id, cancellation) is not { State: var incident } view
            || reads.PlanOf(incident) is not { } present) return null;
        var next = plans.Plan;
        var (before, after) = (present.PlaybookFor(incident.Category), next.PlaybookFor(incident.Category));
        var changes = (history.Between(present.Revision, next.Revision) ?? []).Where(c => c.Playbook is null || c.Playbook == after.Id).ToList();
        var mapping = StepMapping.Of(null, incident, before, after);
        var states = incident.StepStates(before);
        var worked = before.Steps.Where(s => states[s.Id] is StepState.Started or StepState.Done or StepState.Skipped)
            .Select(s => new Carried(
                s, states[s.Id], after.Find(mapping.GetValueOrDefault(s.Id, s.Id)),
                [.. after.Steps.Where(o => o.Kind == s.Kind && before.Find(o.Id) is null && !mapping.Values.Contains(o.Id))])).ToList();
        return new AdoptState(view, next.Revision, changes, worked);
    }
}
