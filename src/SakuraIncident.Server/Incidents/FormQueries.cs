using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Plans;

namespace SakuraIncident.Server.Incidents;

/// <summary>A form of the plan, filled from an incident.</summary>
/// <param name="Report">第N報: the number that the next report has.</param>
public sealed record FormAnswer(string Id, string Title, string Source, int Report, IReadOnlyList<FilledItem> Items)
{
    public static FormAnswer Of(Form form, Incident incident, EmergencyPlan plan, Func<string, string> nameOf, DateTimeOffset now, int report) =>
        new(form.Id, form.Title, form.Source, report, FilledForm.Of(form, incident, plan, nameOf, now, report));
}

/// <summary>様式 filled from what is known, now or at a past moment. What was submitted is in the events.</summary>
public static class FormQueries
{
    public static void MapFormQueries(this IEndpointRouteBuilder routes)
    {
        var incident = routes.MapGroup("/api/incidents/{id}").WithTags("incidents");
        incident.MapGet("/duties/{duty}/form", OfDutyAsync).WithSummary("報告義務の様式(事案から記入したもの)")
            .Reads(ApiParameter.At, ApiParameter.Version).Produces<FormAnswer>().Refuses(404, 422);
        incident.MapGet("/forms/{form}", OneAsync).WithSummary("様式(事案から記入したもの)")
            .Reads(ApiParameter.At, ApiParameter.Version).Produces<FormAnswer>().Refuses(404, 422);
    }

    private static Task<IResult> OfDutyAsync(
        HttpContext http, string id, string duty, string? at, string? version, IncidentReads reads, PlanLibrary plans, TimeProvider clock,
        CancellationToken cancellation) => IncidentQueries.ReadAsync(http, id, at, version, reads, incident =>
        Task.FromResult(incident.Duties.FirstOrDefault(d => d.Id == duty) is { } running && reads.PlanOf(incident) is { } plan && plan.FormOf(duty) is { } form
            ? Answer(form, incident, plan, plans, Moment(incident, at, version, clock), running.Reports + 1)
            : Problems.NotFound()), cancellation);

    private static Task<IResult> OneAsync(
        HttpContext http, string id, string form, string? at, string? version, IncidentReads reads, PlanLibrary plans, TimeProvider clock,
        CancellationToken cancellation) => IncidentQueries.ReadAsync(http, id, at, version, reads, incident =>
        Task.FromResult(reads.PlanOf(incident) is { Forms: { } forms } plan && forms.TryGetValue(form, out var found)
            ? Answer(found, incident, plan, plans, Moment(incident, at, version, clock), 1)
            : Problems.NotFound()), cancellation);

    private static IResult Answer(Form form, Incident incident, EmergencyPlan plan, PlanLibrary plans, DateTimeOffset now, int report) =>
        Results.Json(FormAnswer.Of(form, incident, plan, plans.Roster.NameOf, now, report), ApiJson.Options);

    /// <summary>A form of the past says the time of its last event as いま.</summary>
    private static DateTimeOffset Moment(Incident incident, string? at, string? version, TimeProvider clock) =>
        at is null && version is null ? clock.GetUtcNow() : incident.RecordedAt;
}
