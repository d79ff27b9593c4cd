using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Plans;
using SakuraIncident.Server.Registers;
using Wolverine;

namespace SakuraIncident.Server.Demo;

/// <summary>
/// <c>up --demo</c>: a living city. Everything goes through the one door, as the staff would do it; a restart adds nothing to what is
/// there, and goes on writing.
/// </summary>
public sealed class DemoCity(IServiceScopeFactory scopes, IncidentReads reads, PlanLibrary plans, AssetBook assets, TimeProvider clock, ILogger<DemoCity> log)
    : BackgroundService
{
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromSeconds(20);

    private static readonly string[] Notes =
    [
        "委託事業者に電話した。30分後に折り返しの予定。", "窓口に来庁者が3名。掲示を出して案内している。", "通信記録を確認した。新しい異常はない。",
        "所管課長に状況を説明した。", "対象端末の一覧を更新した。", "広報案を法務担当が確認している。", "他課への波及はない。引き続き監視する。",
        "復旧作業の手順を二名で読み合わせた。",
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var cases = await SeedAsync(stoppingToken);
            using var timer = new PeriodicTimer(BetweenNotes, clock);
            for (var i = 0; await timer.WaitForNextTickAsync(stoppingToken); i++)
                await RunAsync(cases[i % cases.Count], new AddNote(Notes[i % Notes.Length]), "sato", stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the server stops
        }
        catch (Exception e)
        {
            log.LogWarning("見本の街を続けられません: {Kind}", e.GetType().Name);
        }
    }

    /// <summary>The demo's cases, opened once: in all phases and severities, one overdue, one that nobody answers, one drill.</summary>
    private async Task<IReadOnlyList<Guid>> SeedAsync(CancellationToken cancellation)
    {
        await SeedAssetsAsync(cancellation);
        var known = new List<Guid>();
        foreach (var sample in Samples)
        {
            if (reads.IsKnownTitle(sample.Title, out var existing))
            {
                known.Add(existing);
                continue;
            }
            var incident = await RunAsync(null, new OpenIncident(
                "", sample.Title, sample.Category, sample.Body, sample.Zones, sample.Severity, null, sample.Summary, sample.Assets ?? [], sample.Speed)
            { OccurredAt = clock.GetUtcNow().AddMinutes(-12) }, "nakamura", cancellation);
            known.Add(incident.Id);
            if (sample.Unanswered) await DeclineAllAsync(incident, cancellation);
            else if (sample.Speed is null) await WorkAsync(incident, sample, cancellation);
        }
        return known;
    }

    /// <summary>A made-up register; taken at every start, it is taken once.</summary>
    private async Task SeedAssetsAsync(CancellationToken cancellation)
    {
        await using var list = typeof(DemoCity).Assembly.GetManifestResourceStream("demo-assets.csv")!;
        using var file = new MemoryStream();
        await list.CopyToAsync(file, cancellation);
        await assets.TakeAsync(file.ToArray(), Actor.System, key: null, preview: false, cancellation);
    }

    private async Task DeclineAllAsync(IncidentAnswer incident, CancellationToken cancellation)
    {
        while (incident.Pages.FirstOrDefault(p => p.State == PageState.Calling) is { } page)
            incident = await RunAsync(incident.Id, new DeclinePage(page.Id, "別の災害対応中のため"), page.Person, cancellation);
    }

    /// <summary>Answers the call, assesses, and does the steps until the incident stands in a phase.</summary>
    private async Task WorkAsync(IncidentAnswer incident, Sample sample, CancellationToken cancellation)
    {
        var called = incident.Pages[0];
        incident = await RunAsync(incident.Id, new AcknowledgePage(called.Id, ByTelephone: false), called.Person, cancellation);
        incident = await RunAsync(incident.Id, new Assess(
            null, null, null, new Impact(ImpactLevel.None, ImpactLevel.None, sample.Impact), null, "現地と記録で確かめた"), called.Person, cancellation);
        while (incident.Phase < sample.Until)
        {
            while (incident.Steps.FirstOrDefault(s => s.State == StepState.Open && s.Phase <= incident.Phase && s.Id != LowerSeverity.StepId) is { } step)
                incident = await RunAsync(incident.Id, DoStep(step), called.Person, cancellation);
            incident = await RunAsync(incident.Id, new MovePhase(incident.Phase + 1, null), called.Person, cancellation);
        }
        if (sample.Until == Phase.Prevention)
        {
            await RunAsync(incident.Id, new AddFinding("確認の手順が担当者の記憶に頼っていた。", false), called.Person, cancellation);
            await RunAsync(incident.Id, new AddMeasure("チェックリストを作り、二名で確認する", "suzuki", clock.GetUtcNow().AddSeconds(1)), called.Person, cancellation);
        }
    }

    private static IncidentCommand DoStep(StepAnswer step) => step.Kind switch
    {
        StepKind.Decision => new DecideStep(step.Id, step.Choices[0].Id, "記録のとおり判断した。"),
        StepKind.Approval => new ApproveStep(step.Id, "口頭で確認し、承認した。"),
        _ => new CompleteStep(step.Id, "手順のとおり実施し、二名で確認した。"),
    };

    private async Task<IncidentAnswer> RunAsync(Guid? incident, IncidentCommand command, string person, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var by = Signed.Person(person, plans.Roster.NameOf(person), new HashSet<string> { "csirt" });
        var answer = await scope.ServiceProvider.GetRequiredService<IMessageBus>()
            .InvokeAsync<CommandAnswer>(new RunCommand(incident, command, by), cancellation);
        return answer is Done done ? done.Incident : throw new InvalidOperationException($"The demo's {command.GetType().Name} came to {answer.GetType().Name}.");
    }

    private sealed record Sample(
        string Title, string Category, string Body, string[] Zones, Severity? Severity, Phase Until, string Summary, bool Unanswered = false,
        double? Speed = null, ImpactLevel Impact = ImpactLevel.Limited, string[]? Assets = null);

    private static readonly Sample[] Samples =
    [
        new("税務課端末でのランサムウェア感染の疑い", "ransomware", "mayor", ["lgwan"], null, Phase.Containment, "ファイルが開けず、脅迫文が表示された。", Assets: ["TAX-017", "FS-01"]),
        new("住民票データの誤送信(委託事業者あて)", "misdirected", "mayor", ["internet"], Severity.High, Phase.Containment, "宛先を取り違えてメールを送った。"),
        new("落雷による市民会館の通信機器故障", "disaster", "mayor", ["internet"], Severity.Moderate, Phase.Recovery, "落雷の後、通信できない。"),
        new("USBメモリの一時所在不明", "lost-or-stolen", "education", ["paper"], Severity.Low, Phase.Prevention, "机上にあるはずのUSBメモリが見当たらない。", Impact: ImpactLevel.None),
        new("庁舎東棟の停電", "infrastructure-outage", "mayor", ["lgwan"], Severity.High, Phase.Detection, "照明と端末が落ちた。", Unanswered: true),
        new("水道料金システムの応答遅延", "system-failure", "public-enterprise", ["lgwan"], Severity.Moderate, Phase.Detection, "画面の表示に1分以上かかる。", Assets: ["WTR-01"]),
        new("議会事務局あての不審なメール", "phishing", "assembly", ["internet"], Severity.Low, Phase.Containment, "請求書を装ったメールを開いた。", Impact: ImpactLevel.None),
        new("ランサムウェア初動訓練", "ransomware", "mayor", ["lgwan"], null, Phase.Detection, "今年度第2回の訓練。", Speed: 10),
    ];
}
