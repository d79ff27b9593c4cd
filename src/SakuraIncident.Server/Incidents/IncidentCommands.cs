using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;

namespace SakuraIncident.Server.Incidents;

/// <summary>The changing routes of an incident: which fields each body has, and the command that they make.</summary>
public static class IncidentCommands
{
    public static void MapIncidentCommands(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/incidents", (HttpContext http, IncidentRequests requests, CancellationToken c) =>
            requests.RunAsync(http, null, Open, c)).WithSummary("事案を開く").WithTags("incidents")
            .Takes<OpenIncidentRequest>().Produces<IncidentAnswer>(201).Refuses(403);

        var incident = routes.MapGroup("/api/incidents/{id}");
        Map<NoteRequest>(incident, "/notes", "メモを書く", (f, _) => new AddNote(f.Text("text", Fields.TextLength, required: true)!));
        Map<NoteRequest>(incident, "/notes/{note}/correct", "メモを訂正する", (f, r) =>
            new CorrectNote(r("note"), f.Text("text", Fields.TextLength, required: true)!));
        Map<AssessmentRequest>(incident, "/assessment", "評価する", (f, _) => ReadAssessment(f));
        Map<AdoptRevisionRequest>(incident, "/plan", "改訂後の計画に移す", (f, _) => new AdoptRevision(f.Text("reason", Fields.TextLength), f.Named("steps", 200)));
        MapSteps(incident);
        Map<AssignRoleRequest>(incident, "/roles/{role}", "役割を割り当てる・引き継ぐ", (f, r) =>
            new AssignRole(r("role"), f.Text("person", Fields.ShortLength, required: true), f.Text("handover", Fields.TextLength)));
        Map<CallRequest>(incident, "/pages", "招集する", (f, _) =>
            new CallResponder(f.Text("role", Fields.ShortLength), f.Text("person", Fields.ShortLength)));
        Map<PageReplyRequest>(incident, "/pages/{page}/acknowledge", "招集に応答する", (f, r) => new AcknowledgePage(r("page"), f.Flag("byTelephone") ?? false));
        Map<PageReplyRequest>(incident, "/pages/{page}/decline", "招集に応じられない", (f, r) =>
            new DeclinePage(r("page"), f.Text("reason", Fields.TextLength), f.Flag("byTelephone") ?? false));
        Map<MovePhaseRequest>(incident, "/phase", "段階を移す", (f, _) =>
            new MovePhase(f.Enum<Phase>("to", required: true) ?? Phase.Detection, f.Text("reason", Fields.TextLength)));
        Map<DutyReportRequest>(incident, "/duties/{duty}/report", "報告を記録する", (f, r) => new ReportDuty(
            r("duty"), f.Text("text", Fields.TextLength), f.Text("receiptNumber", Fields.ShortLength), f.Texts("stillUnknown", 50) ?? [])
        { Items = f.Named("items", 100), Report = f.Number("report") });
        Map<FindingRequest>(incident, "/findings", "所見を加える", (f, _) =>
            new AddFinding(f.Text("text", Fields.TextLength, required: true)!, f.Flag("noMeasureNeeded") ?? false));
        Map<MeasureRequest>(incident, "/measures", "再発防止策を加える", (f, _) => new AddMeasure(
            f.Text("title", Fields.TitleLength, required: true)!, f.Text("owner", Fields.ShortLength, required: true),
            f.Moment("dueAt", required: true) ?? default));
        Map<MeasureRecordRequest>(incident, "/measures/{measure}/complete", "再発防止策を終える", (f, r) =>
            new CompleteMeasure(r("measure"), f.Text("record", Fields.TextLength, required: true)!));
        Map<ReopenRequest>(incident, "/reopen", "再開する", (f, _) => new ReopenIncident(f.Text("reason", Fields.TextLength)));
        MapEnds(routes);
    }

    private static void MapSteps(IEndpointRouteBuilder incident)
    {
        Map<StepRequest>(incident, "/steps/{step}/start", "手順を始める", (_, r) => new StartStep(r("step")));
        Map<StepRequest>(incident, "/steps/{step}/complete", "手順を終える", (f, r) => new CompleteStep(r("step"), f.Text("record", Fields.TextLength)));
        Map<StepRequest>(incident, "/steps/{step}/skip", "手順を行わない", (f, r) => new SkipStep(r("step"), f.Text("reason", Fields.TextLength)));
        Map<StepRequest>(incident, "/steps/{step}/decide", "判断する", (f, r) =>
            new DecideStep(r("step"), f.Text("choice", Fields.ShortLength), f.Text("record", Fields.TextLength)));
        Map<StepRequest>(incident, "/steps/{step}/approve", "承認する", (f, r) => new ApproveStep(r("step"), f.Text("record", Fields.TextLength)));
        Map<StepRequest>(incident, "/steps/{step}/refuse", "差し戻す", (f, r) => new RefuseStep(r("step"), f.Text("reason", Fields.TextLength)));
        Map<StepRequest>(incident, "/steps/{step}/reopen", "手順をやり直す", (f, r) => new ReopenStep(r("step"), f.Text("reason", Fields.TextLength)));
    }

    /// <summary>Closing and merging name another incident, which must exist.</summary>
    private static void MapEnds(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/incidents/{id}/close", (HttpContext http, string id, IncidentRequests requests, IncidentReads reads, CancellationToken c) =>
            requests.RunAsync(http, id, f => new CloseIncident(
                f.Enum<Outcome>("outcome", required: true) ?? Outcome.Resolved, Other(f, "of", http.Signed(), reads), f.Text("reason", Fields.TextLength))
            { OccurredAt = f.Moment("occurredAt") }, c)).Describe<CloseRequest>("終結する");
        routes.MapPost("/api/incidents/{id}/merge", (HttpContext http, string id, IncidentRequests requests, IncidentReads reads, CancellationToken c) =>
            requests.RunAsync(http, id, f =>
            {
                var field = f.Has("of") && !f.Has("into") ? "of" : "into";
                if (!f.Has(field)) f.Wrong(field, "統合先の事案を指定してください。");
                return new MergeIncident(Other(f, field, http.Signed(), reads) ?? Guid.Empty, f.Text("reason", Fields.TextLength));
            }, c)).Describe<MergeRequest>("統合する");
    }

    private static Guid? Other(Fields f, string field, Signed by, IncidentReads reads)
    {
        if (f.Text(field, Fields.ShortLength) is not { } text) return null;
        if (reads.IsKnown(by, text, out var id)) return id;
        f.Wrong(field, "その番号の事案はありません。");
        return null;
    }

    private static void Map<TRequest>(
        IEndpointRouteBuilder incident, string route, string summary, Func<Fields, Func<string, string>, IncidentCommand> read)
        where TRequest : class =>
        incident.MapPost(route, (HttpContext http, string id, IncidentRequests requests, CancellationToken c) => requests.RunAsync(
            http, id,
            f => read(f, name => http.Request.RouteValues[name]!.ToString()!) with { OccurredAt = f.Moment("occurredAt") }, c))
            .Describe<TRequest>(summary);

    private static void Describe<TRequest>(this RouteHandlerBuilder route, string summary)
        where TRequest : class => route
        .WithSummary(summary).WithTags("incidents").Takes<TRequest>().Reads(ApiParameter.IfMatch)
        .Produces<IncidentAnswer>().Refuses(403, 404, 412);

    private static OpenIncident Open(Fields f)
    {
        var zones = Zones(f) ?? [];
        return new OpenIncident(
            "", f.Text("title", Fields.TitleLength, required: true) ?? "", f.Word("category", Vocabulary.Categories, required: true) ?? "other",
            f.Word("body", Vocabulary.Bodies), zones, f.Enum<Severity>("severity"), f.Moment("detectedAt"),
            f.Text("summary", Fields.TextLength), f.Texts("assets", 200) ?? [],
            f.Part("drill", d => new DrillAnswer(d.Amount("speed") ?? 1))?.Speed)
        { OccurredAt = f.Moment("occurredAt") };
    }

    /// <summary>Either <c>zones</c> or <c>zone</c> may be sent; both are joined.</summary>
    private static IReadOnlyList<string>? Zones(Fields f)
    {
        var zones = f.Words("zones", Vocabulary.Zones);
        return f.Word("zone", Vocabulary.Zones) is { } zone ? [.. new[] { zone }.Concat(zones ?? []).Distinct()] : zones;
    }

    private static Assess ReadAssessment(Fields f) => new(
        f.Word("category", Vocabulary.Categories), f.Enum<Severity>("severity"), Zones(f),
        f.Part("impact", i => new Impact(
            i.Enum<ImpactLevel>("confidentiality"), i.Enum<ImpactLevel>("integrity"), i.Enum<ImpactLevel>("availability"))),
        f.Part("personalData", p => new PersonalDataReport(
            p.Number("least"), p.Number("greatest"), p.Flag("sensitive"), p.Flag("financial"), p.Flag("unlawful"), p.Flag("myNumber"),
            p.Flag("publicAccess"), p.Flag("recovered"), p.Moment("knownAt"))),
        f.Text("reason", Fields.TextLength, required: true) ?? "")
    { Steps = f.Named("steps", 200), Body = f.Word("body", Vocabulary.Bodies) };
}
