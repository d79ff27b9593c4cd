using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;

namespace SakuraIncident.Server.Boards;

/// <summary>
/// One connection: what it watches, what it has been sent, and what is new to it. Changes of one incident are joined into the last;
/// of a watched incident only the last version sent is kept, so that a slow connection holds no memory.
/// </summary>
public sealed class Watcher : IDisposable
{
    private const int EventsAtOnce = 500;
    private static readonly TimeSpan AfterAnswer = TimeSpan.FromMilliseconds(50);

    private readonly IClientProxy client;
    private readonly EventReads events;
    private readonly ILogger log;
    private readonly CancellationTokenSource stopped = new();
    private readonly CancellationToken end;
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock turn = new();
    private readonly Dictionary<Guid, BoardChange> news = [];
    private readonly Dictionary<Guid, int> sentRows = [];
    private readonly Dictionary<Guid, int> sentEvents = [];
    private readonly Dictionary<Guid, IReadOnlyList<string>> participants = [];
    private readonly HashSet<Guid> changedIncidents = [];
    private readonly Func<Signed?> who;
    private readonly Action abort;
    private bool watchesBoard;

    /// <summary>Answers that are not written yet: changes must follow them, or a client would put older rows over newer ones.</summary>
    private int unanswered;

    /// <param name="who">Who watches, with the roles of this moment: a connection outlives a duty, and must not outlive a right.</param>
    /// <param name="abort">Ends the connection; the client comes back and goes on where it was.</param>
    public Watcher(IClientProxy client, Func<Signed?> who, Action abort, EventReads events, ILogger log)
    {
        (this.client, this.who, this.abort, this.events, this.log) = (client, who, abort, events, log);
        end = stopped.Token;
        _ = PumpAsync();
    }

    /// <summary>From now on changes of the board are noted; they are sent when its rows have been answered.</summary>
    public void JoinBoard()
    {
        lock (turn)
        {
            watchesBoard = true;
            unanswered++;
        }
    }

    /// <summary>
    /// What the answer holds: the rows that were read, with what the feed has told since; none of it is sent again. The sequence said
    /// with it is the last of them, so that whoever asks for everything up to there, as a page does, gets it all.
    /// </summary>
    /// <param name="sequence">Where the feed stood before the rows were read; now it has passed them.</param>
    public BoardAnswer<JsonElement> AnswerBoard(Signed by, long sequence, IReadOnlyList<StoredRow> rows)
    {
        lock (turn)
        {
            var answer = rows.ToDictionary(r => r.Incident);
            foreach (var change in news.Values)
            {
                sequence = Math.Max(sequence, change.Sequence);
                if (Authority.MayRead(by, change.Row.Participants) && change.Row.Version > (answer.GetValueOrDefault(change.Row.Incident)?.Version ?? 0))
                    answer[change.Row.Incident] = change.Row;
            }
            news.Clear();
            foreach (var row in answer.Values)
            {
                sequence = Math.Max(sequence, row.Sequence);
                sentRows[row.Incident] = Math.Max(row.Version, sentRows.GetValueOrDefault(row.Incident));
            }
            return new BoardAnswer<JsonElement>(sequence, [.. answer.Values.Select(r => r.Row)]);
        }
    }

    /// <param name="present">Who may see it without a role of his own; they become more, never fewer.</param>
    public void JoinIncident(Guid incident, IReadOnlyList<string> present)
    {
        lock (turn)
        {
            sentEvents.Remove(incident);
            participants[incident] = present;
            unanswered++;
        }
    }

    public void AnswerIncident(Guid incident, int version)
    {
        lock (turn)
        {
            sentEvents[incident] = version;
            changedIncidents.Add(incident); // what came while the answer was read
        }
    }

    /// <summary>An answer has been written to the connection, or there will be none.</summary>
    public void Answered() => _ = ReleaseAsync();

    /// <summary>
    /// Changes follow the answer after a moment. In one frame with it, a JavaScript client runs their handler before the code that
    /// awaits the answer, and takes the later events first.
    /// </summary>
    private async Task ReleaseAsync()
    {
        await Task.Delay(AfterAnswer, CancellationToken.None);
        lock (turn) unanswered--;
        bell.Writer.TryWrite(true);
    }

    public void Tell(IReadOnlyList<BoardChange> changes, IEnumerable<Guid> incidents)
    {
        lock (turn)
        {
            if (watchesBoard)
                foreach (var change in changes) news[change.Row.Incident] = change;
            foreach (var incident in incidents)
                if (sentEvents.ContainsKey(incident)) changedIncidents.Add(incident);
        }
        bell.Writer.TryWrite(true);
    }

    public void Dispose()
    {
        stopped.Cancel();
        stopped.Dispose();
    }

    private async Task PumpAsync()
    {
        try
        {
            while (await bell.Reader.WaitToReadAsync(end))
            {
                bell.Reader.TryRead(out _);
                if (IsAwaited()) continue; // its answer rings again
                if (who() is not { } by)
                {
                    abort();
                    return;
                }
                foreach (var change in TakeRows(by)) await client.SendAsync("BoardChanged", new { change.Sequence, row = change.Row.Row }, end);
                foreach (var incident in TakeIncidents(by)) await SendEventsAsync(incident);
            }
        }
        catch (OperationCanceledException)
        {
            // the connection has gone
        }
        catch (Exception e)
        {
            log.LogWarning("変更を送れませんでした。接続し直すと続きから届きます: {Kind}", e.GetType().Name);
            abort();
        }
    }

    private bool IsAwaited()
    {
        lock (turn) return unanswered > 0;
    }

    private List<BoardChange> TakeRows(Signed by)
    {
        lock (turn)
        {
            var due = news.Values
                .Where(c => Authority.MayRead(by, c.Row.Participants) && c.Row.Version > sentRows.GetValueOrDefault(c.Row.Incident))
                .OrderBy(c => c.Sequence).ToList();
            news.Clear();
            foreach (var change in due) sentRows[change.Row.Incident] = change.Row.Version;
            return due;
        }
    }

    private List<Guid> TakeIncidents(Signed by)
    {
        lock (turn)
        {
            var due = changedIncidents.Where(incident => Authority.MayRead(by, participants[incident])).ToList();
            changedIncidents.Clear();
            return due;
        }
    }

    private async Task SendEventsAsync(Guid incident)
    {
        while (true)
        {
            int after;
            lock (turn)
            {
                if (!sentEvents.TryGetValue(incident, out after)) return;
            }
            var more = await events.EventsAsync(incident, after, EventsAtOnce, end);
            if (more.Count == 0) return;
            lock (turn)
            {
                // Another WatchIncident may have begun meanwhile; its answer counts.
                if (!sentEvents.TryGetValue(incident, out var present) || present != after) return;
                sentEvents[incident] = more[^1].Version;
            }
            await client.SendAsync("IncidentChanged", new { id = incident, version = more[^1].Version, events = more }, end);
        }
    }
}
