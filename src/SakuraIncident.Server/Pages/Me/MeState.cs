using SakuraIncident.Server.Pages.Incidents;

namespace SakuraIncident.Server.Pages.Me;

/// <summary>What someone must do, over all incidents.</summary>
/// <param name="Incidents">Those with a call or a step of his.</param>
public sealed record MeState(long Sequence, IReadOnlyList<IncidentView> Incidents, DateTimeOffset Now)
{
    /// <summary>The earliest deadline first.</summary>
    public IReadOnlyList<IncidentView> Sorted { get; } = Incidents.OrderBy(Earliest).ToList();

    public string Sentence =>
        Incidents.Count == 0 ? "いま、あなたがすることはありません。" : $"招集 {Incidents.Sum(i => i.MyCalls.Count())}件、手順 {Incidents.Sum(i => i.MySteps.Count())}件。";

    private static DateTimeOffset Earliest(IncidentView view) =>
        view.MyCalls.Select(c => c.DueAt).Concat(view.MySteps.Select(s => s.DueAt)).Min() ?? DateTimeOffset.MaxValue;
}
