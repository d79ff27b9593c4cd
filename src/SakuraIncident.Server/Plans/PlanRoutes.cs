using SakuraIncident.Domain.Duties;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;

namespace SakuraIncident.Server.Plans;

public sealed record PhaseSteps(Phase Phase, int Steps);

/// <summary>対応手順 in short.</summary>
/// <param name="Steps">How many it has.</param>
public sealed record PlaybookBrief(
    string Id, string Title, IReadOnlyList<string> Serves, Severity LeastSeverity, int Steps, IReadOnlyList<PhaseSteps> Phases);

/// <summary>計画の全体: everything but the steps.</summary>
public sealed record PlanAnswer(
    string Revision, IReadOnlyList<PlaybookBrief> Playbooks, IReadOnlyList<SeverityRule> SeverityRules,
    IReadOnlyDictionary<Severity, Ladder> Ladders, IReadOnlyList<DutyRule> Duties)
{
    public static PlanAnswer Of(EmergencyPlan plan) => new(
        plan.Revision,
        [
            .. plan.Playbooks.Values.Select(p => new PlaybookBrief(
                p.Id, p.Title, p.Serves, p.LeastSeverity, p.Steps.Count,
                [.. Enum.GetValues<Phase>().Select(phase => new PhaseSteps(phase, p.Steps.Count(s => s.Phase == phase)))])),
        ],
        plan.SeverityRules, plan.Ladders, plan.Duties);
}

/// <summary>The plan as it is in force. The procedures are not public (P 2-10): who reads all incidents reads them.</summary>
public static class PlanRoutes
{
    public static void MapPlan(this IEndpointRouteBuilder routes)
    {
        var plan = routes.MapGroup("/api").WithTags("plan").AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            return Authority.ReadsAll(http.Signed())
                ? await next(context)
                : await http.RequestServices.GetRequiredService<AuditLog>().ForbidAsync(http, http.RequestAborted);
        });
        plan.MapGet("/plan", (PlanLibrary plans) => Results.Json(PlanAnswer.Of(plans.Plan), ApiJson.Options)).WithSummary("計画の全体")
            .Produces<PlanAnswer>().Refuses(403);
        plan.MapGet("/plan/playbooks/{id}", (string id, PlanLibrary plans) => plans.Plan.Playbooks.TryGetValue(id, out var playbook)
            ? Results.Json(playbook, ApiJson.Options)
            : Problems.NotFound()).WithSummary("対応手順").Produces<Playbook>().Refuses(403, 404);
        plan.MapGet("/plan/check", (PlanLibrary plans) => Results.Json(
            PlanCheckAnswer.Of(plans.Verify(), plans.Plan, plans.Roster), ApiJson.Options)).WithSummary("計画の検証")
            .Produces<PlanCheckAnswer>().Refuses(403);
        plan.MapRevisions();
    }
}
