using SakuraIncident.Server.Boards;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Pages.Incidents;

namespace SakuraIncident.Server.Pages.Me;

/// <summary>What someone must do now, gathered from every open incident that he may see.</summary>
public sealed class MyPart(BoardReads board, IncidentViews views, TimeProvider clock)
{
    public async Task<MeState> StateAsync(Signed by, CancellationToken cancellation)
    {
        var (sequence, rows) = await board.RowsAsync(by, cancellation);
        var mine = new List<IncidentView>();
        foreach (var row in rows.Where(r => r.Status == Domain.Incidents.IncidentStatus.Open))
            if (await views.FindAsync(by, row.Id, cancellation) is { } view && (view.MyCalls.Any() || view.MySteps.Any()))
                mine.Add(view);
        return new MeState(sequence, mine, clock.GetUtcNow());
    }
}
