using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;

namespace SakuraIncident.Server.Plans;

/// <param name="Since">The revision that it is compared with; null: it was the first.</param>
public sealed record RevisionChanges(string Revision, string? Since, IReadOnlyList<PlanChange> Changes);

public sealed record ReasonRequest(string Reason);

/// <summary>The routes of the plan's history. Who may read the plan reads it; who may set up the system says why a revision came.</summary>
public static class RevisionRoutes
{
    public static void MapRevisions(this RouteGroupBuilder plan)
    {
        plan.MapGet("/plan/revisions", async (PlanHistory history, CancellationToken cancellation) => Results.Json(
            new ItemsPage<RevisionAnswer>(await history.AllAsync(cancellation), null), ApiJson.Options)).WithSummary("改訂履歴")
            .Produces<ItemsPage<RevisionAnswer>>().Refuses(403);
        plan.MapGet("/plan/revisions/{revision}", OneAsync).WithSummary("改訂で変わったこと")
            .Reads(ApiParameter.Text("since", "The revision to compare with; without it the one before."))
            .Produces<RevisionChanges>().Refuses(403, 404, 422);
        plan.MapPost("/plan/revisions/{revision}/reasons", ExplainAsync).WithSummary("改訂の理由を記録する")
            .Takes<ReasonRequest>().Produces<RevisionReason>(201).Refuses(403, 404);
    }

    /// <param name="since">The revision to compare with; without it the one before.</param>
    private static async Task<IResult> OneAsync(string revision, string? since, PlanHistory history, PlanLibrary plans, CancellationToken cancellation)
    {
        if (plans.Find(revision) is null) return Problems.NotFound();
        since ??= (await history.AllAsync(cancellation)).FirstOrDefault(r => r.Revision == revision)?.Before;
        if (since is null) return Results.Json(new RevisionChanges(revision, null, []), ApiJson.Options);
        return history.Between(since, revision) is { } changes
            ? Results.Json(new RevisionChanges(revision, since, changes), ApiJson.Options)
            : Problems.Invalid("since", $"版「{since}」は、ここで使われたことがありません。");
    }

    private static async Task<IResult> ExplainAsync(
        HttpContext http, string revision, PlanHistory history, PlanLibrary plans, AuditLog audit, InFlight inFlight, CancellationToken cancellation)
    {
        if (!Authority.MayAdminister(http.Signed())) return await audit.ForbidAsync(http, cancellation);
        if (plans.Find(revision) is null) return Problems.NotFound();
        var body = await JsonBody.ReadAsync(http.Request, cancellation);
        if (body.Problem is not null) return body.Problem;
        var fields = new Fields(body.Root);
        var reason = fields.Text("reason", Fields.TextLength, required: true);
        return fields.AreValid
            ? await inFlight.WithKeyAsync(http, body.Bytes, key => history.ExplainAsync(http.Signed(), revision, reason!, key, cancellation))
            : Problems.Invalid(fields.Errors);
    }
}
