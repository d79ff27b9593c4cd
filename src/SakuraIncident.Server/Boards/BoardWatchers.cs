using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Npgsql;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;

namespace SakuraIncident.Server.Boards;

/// <summary>A row that changed, at the sequence of the event that changed it.</summary>
public sealed record BoardChange(long Sequence, StoredRow Row);

/// <summary>
/// All who watch on this node, and where the feed stands. Takes the log piece by piece and marks for each watcher what is new to him;
/// each watcher has a pump of his own, so that a slow one keeps nobody waiting.
/// </summary>
public sealed class BoardWatchers(NpgsqlDataSource database, EventReads events, Staff staff, IHubContext<BoardHub> hub, ILogger<BoardWatchers> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Watcher> watchers = new();
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource moved = Moved();
    private long position;

    /// <summary>The sequence up to which everything has been told.</summary>
    public async Task<long> PositionAsync(CancellationToken cancellation)
    {
        await started.Task.WaitAsync(Patience, cancellation);
        return Interlocked.Read(ref position);
    }

    /// <summary>Waits until everything up to a sequence has been told.</summary>
    public async Task ReachAsync(long sequence, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        while (true)
        {
            var next = Volatile.Read(ref moved).Task; // before the position is read, or a move between the two would be missed
            if (Interlocked.Read(ref position) >= sequence) return;
            await next.WaitAsync(patience.Token);
        }
    }

    public Watcher Add(HubCallerContext connection)
    {
        var user = connection.User!;
        var watcher = watchers.GetOrAdd(connection.ConnectionId, id => new Watcher(hub.Clients.Client(id), () => staff.Of(user), connection.Abort, events, log));
        if (!connection.ConnectionAborted.IsCancellationRequested) return watcher;
        Remove(connection.ConnectionId); // it went while something was read for it
        throw new OperationCanceledException(connection.ConnectionAborted);
    }

    public void Remove(string connection)
    {
        if (watchers.TryRemove(connection, out var watcher)) watcher.Dispose();
    }

    /// <summary>Takes the next piece of the log.</summary>
    public async Task TakeAsync(LogPiece piece, CancellationToken cancellation)
    {
        if (piece.Events.Count > 0 && !watchers.IsEmpty)
        {
            var last = piece.Events.GroupBy(e => e.Incident).ToDictionary(g => g.Key, g => g.Max(e => e.Sequence));
            var rows = await BoardReads.RowsOfAsync(database, [.. last.Keys], cancellation);
            var changes = rows.Select(r => new BoardChange(last[r.Incident], r)).OrderBy(c => c.Sequence).ToList();
            foreach (var watcher in watchers.Values) watcher.Tell(changes, last.Keys);
        }
        Interlocked.Exchange(ref position, piece.Through);
        started.TrySetResult();
        Interlocked.Exchange(ref moved, Moved()).TrySetResult();
    }

    private static TaskCompletionSource Moved() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
