using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;

namespace SakuraIncident.Server.Plans;

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
        plan.MapGet("/plan", (PlanLibrary plans) => Results.Json(Overview(plans.Plan), ApiJson.Options)).WithSummary("計画の全体");
        plan.MapGet("/plan/playbooks/{id}", (string id, PlanLibrary plans) => plans.Plan.Playbooks.TryGetValue(id, out var playbook)
            ? Results.Json(playbook, ApiJson.Options)
            : Problems.NotFound()).WithSummary("対応手順");
        plan.MapGet("/plan/check", (PlanLibrary plans) => Results.Json(
            PlanCheckAnswer.Of(plans.Verify(), plans.Plan, plans.Roster), ApiJson.Options)).WithSummary("計画の検証");
        plan.MapRevisions();
    }

    private static object Overview(EmergencyPlan plan) => new
    {
        plan.Revision,
        playbooks = plan.Playbooks.Values.Select(p => new
        {
            p.Id,
            p.Title,
            p.Serves,
            p.LeastSeverity,
            steps = p.Steps.Count,
            phases = Enum.GetValues<Phase>().Select(phase => new { phase, steps = p.Steps.Count(s => s.Phase == phase) }),
        }),
        plan.SeverityRules,
        plan.Ladders,
        plan.Duties,
    };
}
