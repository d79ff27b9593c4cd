using Microsoft.AspNetCore.SignalR;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;

namespace SakuraIncident.Server.Boards;

public sealed record IncidentEventsAnswer(int Version, IReadOnlyList<EventAnswer> Events);

/// <summary>
/// <c>/hubs/board</c>: the live board, and one incident's events. A client that comes back says the last sequence or version that it
/// saw, and misses nothing.
/// </summary>
public sealed class BoardHub(BoardWatchers watchers, BoardReads reads, IncidentReads incidents, EventReads events, Staff staff) : Hub
{
    private const int MostEvents = 100_000;

    private Signed By => staff.Of(Context.User!) ?? throw new HubException("サインインしてください。");

    /// <summary>The board, or only the rows changed since; then <c>BoardChanged({sequence, row})</c>.</summary>
    public async Task<FirstAnswer> Watch(long? afterSequence)
    {
        var by = By;
        var watcher = watchers.Add(Context);
        watcher.JoinBoard();
        try
        {
            var (sequence, rows) = await reads.ReadAsync(by, afterSequence, Context.ConnectionAborted);
            if (rows.Count > 0) await watchers.ReachAsync(rows.Max(r => r.Sequence), Context.ConnectionAborted);
            return new FirstAnswer(watcher.AnswerBoard(by, sequence, rows), watcher.Answered);
        }
        catch
        {
            watcher.Answered();
            throw;
        }
    }

    /// <summary>The events after a version; then <c>IncidentChanged({id, version, events})</c>, each event once, in order.</summary>
    /// <param name="id">The UUID or the number.</param>
    public async Task<FirstAnswer> WatchIncident(string id, int? afterVersion)
    {
        var cancellation = Context.ConnectionAborted;
        if (await incidents.IdOfAsync(id, cancellation) is not { } known
            || await incidents.NowAsync(known, cancellation) is not { } incident
            || !Authority.MayRead(By, IncidentRow.Participants(incident)))
            throw new HubException("指定された事案が見つからないか、閲覧する権限がありません。");

        var watcher = watchers.Add(Context);
        watcher.JoinIncident(known, IncidentRow.Participants(incident));
        try
        {
            var after = Math.Max(0, afterVersion ?? 0);
            var found = await events.EventsAsync(known, after, MostEvents, cancellation);
            var version = found.Count > 0 ? found[^1].Version : Math.Min(after, incident.Version);
            watcher.AnswerIncident(known, version);
            return new FirstAnswer(new IncidentEventsAnswer(version, found), watcher.Answered);
        }
        catch
        {
            watcher.Answered();
            throw;
        }
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        watchers.Remove(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}
