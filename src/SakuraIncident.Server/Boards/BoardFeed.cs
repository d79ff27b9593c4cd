using Npgsql;
using SakuraIncident.Server.Storage;

namespace SakuraIncident.Server.Boards;

/// <summary>
/// Follows the event log by sequence, one on each node, and hands it on in order, each event once. Woken by commits of this node and
/// by NOTIFY from others, with a slow poll beneath. A database that is away is tried again, and the log goes on where it was.
/// </summary>
/// <param name="take">Takes one piece after the other; a piece that it fails to take is offered again.</param>
public sealed class BoardFeed(
    NpgsqlDataSource database, EventSignal signal, Func<LogPiece, CancellationToken, Task> take, ILogger<BoardFeed> log) : BackgroundService
{
    /// <summary>Marten writes such a row after some failures; it belongs to no incident.</summary>
    private const string Tombstone = "tombstone";

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim woken = new(0, 1);
    private LogOrder? order;

    /// <summary>There may be something new.</summary>
    public void Wake()
    {
        if (woken.CurrentCount > 0) return;
        try
        {
            woken.Release();
        }
        catch (SemaphoreFullException)
        {
            // it has been woken already
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        signal.Raised += Wake;
        try
        {
            await Task.WhenAll(
                AgainAndAgainAsync(FollowAsync, "イベントの記録を読めません。再試行します", stoppingToken),
                AgainAndAgainAsync(ListenAsync, "他のノードからの通知を受け取れません(定期確認で補われます)", stoppingToken));
        }
        finally
        {
            signal.Raised -= Wake;
        }
    }

    private async Task AgainAndAgainAsync(Func<Action, CancellationToken, Task> work, string trouble, CancellationToken stopping)
    {
        var pause = FirstPause;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await work(() => pause = FirstPause, stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning("{Trouble}: {Kind}", trouble, e.GetType().Name);
                await ((Task)Task.Delay(pause, stopping)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ListenAsync(Action works, CancellationToken stopping)
    {
        await using var connection = await database.OpenConnectionAsync(stopping);
        connection.Notification += (_, _) => Wake();
        await using (var listen = new NpgsqlCommand($"listen {EventSignal.Channel}", connection)) await listen.ExecuteNonQueryAsync(stopping);
        works();
        while (true)
        {
            // A connection that died without a word is found by asking.
            if (await connection.WaitAsync(TimeSpan.FromSeconds(30), stopping)) continue;
            await using var ask = new NpgsqlCommand("select 1", connection);
            await ask.ExecuteNonQueryAsync(stopping);
        }
    }

    private async Task FollowAsync(Action works, CancellationToken stopping)
    {
        await using var connection = await database.OpenConnectionAsync(stopping);
        // The log is read by its index from the first day: a plan made while it is small would read all of it, and be kept while it grows.
        await using (var byIndex = new NpgsqlCommand("set enable_seqscan = off", connection)) await byIndex.ExecuteNonQueryAsync(stopping);
        var events = new EventLog(connection);
        if (order is null || await events.LastNumberAsync(stopping) < order.Position)
        {
            order = null;
            var start = await FindStartAsync(events, stopping);
            await take(new LogPiece(start, [], Restarted: true), stopping);
            order = new LogOrder(start);
        }
        works();
        var look = ShortestLook;
        while (true)
        {
            if (await StepAsync(events, stopping)) look = ShortestLook;
            else if (order!.IsWaiting)
            {
                await woken.WaitAsync(look, stopping);
                look = look * 2 < LongestLook ? look * 2 : LongestLook;
            }
            else await woken.WaitAsync(Poll, stopping);
        }
    }

    /// <summary>Looks, reads, hands on. False: there was nothing that may be told.</summary>
    private async Task<bool> StepAsync(EventLog events, CancellationToken stopping)
    {
        var next = order!.Copy();
        if (next.IsWaiting) next.Look(await events.HoldersAsync(stopping));
        var rows = await events.ReadAsync(next.Position, stopping);
        var wasWaiting = next.IsWaiting;
        var taken = next.Take(rows, rows.Count < EventLog.MostRows);
        if (next.Position > order.Position)
            await take(new LogPiece(next.Position, taken.Where(e => e.Type != Tombstone).ToList()), stopping);
        var moved = next.Position > order.Position || (next.IsWaiting && !wasWaiting); // just missed one: look at once
        order = next;
        return moved;
    }

    /// <summary>The end of the log, once every transaction that may still add to it before there has ended.</summary>
    private static async Task<long> FindStartAsync(EventLog events, CancellationToken stopping)
    {
        var end = await events.LastNumberAsync(stopping);
        var alive = new HashSet<string>(await events.HoldersAsync(stopping), StringComparer.Ordinal);
        for (var pause = ShortestLook; alive.Count > 0; pause = pause * 2 < LongestLook ? pause * 2 : LongestLook)
        {
            await Task.Delay(pause, stopping);
            alive.IntersectWith(await events.HoldersAsync(stopping));
        }
        return end;
    }
}
