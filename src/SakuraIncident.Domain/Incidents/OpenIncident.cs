using System.Collections.Immutable;
using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Incidents;

/// <summary>An incident was opened (通報・覚知). The first event of every stream but the imported ones.</summary>
/// <param name="Speed">Of a drill; null: real.</param>
public sealed record IncidentOpened(
    string Number, string Title, string Category, string Body, IReadOnlyList<string> Zones, Severity Severity, DateTimeOffset? DetectedAt,
    string? Summary, IReadOnlyList<string> Assets, double? Speed, string PlanRevision, string Playbook, string PlaybookTitle) : IncidentEvent
{
    /// <summary>Those of the assets that the register knew, as it classified them then. Null: none, or written before there was a register.</summary>
    public IReadOnlyList<ClassifiedAsset>? ClassifiedAssets { get; init; }

    internal Incident Begin(Incident incident, Recorded recorded) => incident with
    {
        Number = Number,
        Title = Title,
        Category = Category,
        Body = Body,
        Zones = Zones.ToImmutableList(),
        Severity = Severity,
        DetectedAt = DetectedAt,
        OccurredAt = recorded.OccurredAt,
        Summary = Summary,
        Assets = Assets.ToImmutableList(),
        ClassifiedAssets = ClassifiedAssets?.ToImmutableList() ?? [],
        Speed = Speed,
        PlanRevision = PlanRevision,
        Playbook = Playbook,
        PlaybookTitle = PlaybookTitle,
        OpenedAt = recorded.At,
        OpenedBy = recorded.By,
        StatusReportedAt = recorded.At,
    };
}

/// <summary>Opens an incident. Any 職員 may; nothing that a person reports is refused for want of a plan.</summary>
/// <param name="Number">The next of its series, without gaps.</param>
/// <param name="Body">Null: that of the first asset that the register knows, else 市長部局.</param>
/// <param name="Severity">Null: the least that the rules allow.</param>
public sealed record OpenIncident(
    string Number, string Title, string Category, string? Body, IReadOnlyList<string> Zones, Severity? Severity, DateTimeOffset? DetectedAt,
    string? Summary, IReadOnlyList<string> Assets, double? Speed) : IncidentCommand
{
    /// <summary>Those of the assets that the register knows: their zones, body and classes are facts of the incident.</summary>
    public IReadOnlyList<ClassifiedAsset> ClassifiedAssets { get; init; } = [];

    public override Decision Decide(Incident incident, Context context)
    {
        if (NotPast(DetectedAt, context, "覚知日時", "detectedAt") is { } wrong) return wrong;
        if (Speed is < 1 or > 3600) return Invalid("drill-speed", "訓練の速さは1から3600までです。", "drill");

        var body = Body ?? (ClassifiedAssets.Count > 0 ? ClassifiedAssets[0].Body : "mayor");
        IReadOnlyList<string> zones = [.. Zones.Concat(ClassifiedAssets.Select(a => a.Zone)).Distinct()];
        var facts = new Facts(
            Category, body, zones, Plans.Severity.Low, new Impact(null, null, null), null, ImmutableDictionary<string, string>.Empty)
        { Assets = ClassifiedAssets };
        var least = context.Plan.LeastSeverity(facts);
        if (Severity > least)
            return Invalid("severity-below-rule", $"この事案の重大度は「{Vocabulary.TitleOf(least)}」以上です。", "severity");

        var playbook = context.Plan.PlaybookFor(Category);
        return new IncidentOpened(
            Number, Title, Category, body, zones, Severity ?? least, DetectedAt, Summary, Assets, Speed, context.Plan.Revision,
            playbook.Id, playbook.Title)
        { ClassifiedAssets = ClassifiedAssets.Count > 0 ? ClassifiedAssets : null };
    }
}
