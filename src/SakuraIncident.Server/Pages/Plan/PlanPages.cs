using SakuraIncident.Domain.Assurance;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Plans;

namespace SakuraIncident.Server.Pages.Plan;

/// <summary>What the page of the plan shows.</summary>
/// <param name="Changes">By revision: what it changed from the one before.</param>
public sealed record PlanState(
    EmergencyPlan Plan, IReadOnlyList<RevisionAnswer> History, IReadOnlyDictionary<string, IReadOnlyList<PlanChange>> Changes,
    IReadOnlyList<PlanProblem> Broken, bool MayExplain, DateTimeOffset Now);

/// <summary>What the check found, and how many could be called in each hour of the week.</summary>
public sealed record CheckState(PlanVerification Verification, IReadOnlyList<WeekHour> Hours, EmergencyPlan Plan, DutyRoster Roster, DateTimeOffset Now);

/// <summary>計画: as a document, its revisions, and its check. The procedures are not public (P 2-10): who reads all incidents reads them.</summary>
public static class PlanPages
{
    private const int MostRevisions = 30;

    public static void MapPlanPages(this IEndpointRouteBuilder pages)
    {
        var plan = pages.MapGroup("/plan").AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            return Authority.ReadsAll(http.Signed())
                ? await next(context)
                : await PageRoutes.ForbiddenAsync(http, "緊急時対応計画は公開していません。見る必要があるときは、CSIRTに依頼してください。");
        });
        plan.MapGet("", (HttpContext http, PlanHistory history, PlanLibrary plans, FormDoor door, CancellationToken c) => PlanAsync(http, history, plans, door.Fresh(http), 200, c));
        plan.MapPost("", ExplainAsync);
        plan.MapGet("/check", (HttpContext http, PlanLibrary plans) => PageRoutes.Page<CheckPage>(
            200, ("State", new CheckState(plans.Verify(), plans.Hours(), plans.Plan, plans.Roster, PageRoutes.NowOf(http))), ("User", http.Signed().Name)));
        plan.MapGet("/{playbook}", (HttpContext http, string playbook, PlanLibrary plans) => plans.Plan.Playbooks.TryGetValue(playbook, out var book)
            ? PageRoutes.Page<PlaybookPage>(200, ("Book", book), ("Plan", plans.Plan), ("Now", PageRoutes.NowOf(http)), ("User", http.Signed().Name))
            : PageRoutes.NotFound(http));
    }

    private static async Task<IResult> PlanAsync(
        HttpContext http, PlanHistory history, PlanLibrary plans, Parts.FormState forms, int status, CancellationToken cancellation)
    {
        var revisions = (await history.AllAsync(cancellation)).Take(MostRevisions).ToList();
        var changes = revisions.Where(r => r.Before is not null).DistinctBy(r => (r.Before, r.Revision))
            .ToDictionary(r => r.Before + r.Revision, r => history.Between(r.Before!, r.Revision) ?? []);
        var state = new PlanState(plans.Plan, revisions, changes, plans.Problems, Authority.MayAdminister(http.Signed()), PageRoutes.NowOf(http));
        return http.Request.Headers.ContainsKey("X-Fragment")
            ? PageRoutes.Page<PlanContent>(status, ("State", state), ("Forms", forms))
            : PageRoutes.Page<PlanPage>(status, ("State", state), ("Forms", forms), ("User", http.Signed().Name));
    }

    /// <summary>Who stands for a revision, and why.</summary>
    private static async Task<IResult> ExplainAsync(
        HttpContext http, PlanHistory history, PlanLibrary plans, FormDoor door, AuditLog audit, CancellationToken cancellation)
    {
        if (!http.Request.HasFormContentType) return Problems.NotAForm();
        var post = FormPost.Of(await http.Request.ReadFormAsync(cancellation));
        var fields = post.Fields();
        var reason = fields.Text("reason", Fields.TextLength, required: true);
        if (!Authority.MayAdminister(http.Signed()))
        {
            await audit.DeniedAsync(http.Signed(), http, cancellation);
            return await RefusedAsync("改訂の理由を記録できるのは、CISOとCSIRT責任者だけです。", 403);
        }
        if (!await door.IsOursAsync(http)) return await RefusedAsync("画面が古くなっていました。もう一度送ってください。", 400);
        if (!fields.AreValid) return await RefusedAsync("理由を記入してください。", 422);
        if (plans.Find(post.Target) is null) return PageRoutes.NotFound(http);
        await history.ExplainAsync(http.Signed(), post.Target, reason!, cancellation);
        return http.Request.Headers.ContainsKey("X-Fragment")
            ? await PlanAsync(http, history, plans, door.Fresh(http), 200, cancellation)
            : Results.LocalRedirect("/plan");

        Task<IResult> RefusedAsync(string why, int status) => PlanAsync(
            http, history, plans, door.Refused(http, post, new FormOutcome(null, [new Parts.FormError(post.Form, "reason", why)], status)), status, cancellation);
    }
}
