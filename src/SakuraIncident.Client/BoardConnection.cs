using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections.Client;
using SakuraIncident.Client.Shapes;

namespace SakuraIncident.Client;

/// <summary>What a watcher of the board is told.</summary>
/// <param name="Whole">The rows are the whole board; otherwise they are what changed.</param>
/// <param name="Json">The rows as they came.</param>
public sealed record BoardUpdate(long Sequence, IReadOnlyList<BoardRow> Rows, bool Whole, IReadOnlyList<JsonElement> Json)
{
    internal static BoardUpdate Of(long sequence, IReadOnlyList<JsonElement> rows, bool whole) =>
        new(sequence, [.. rows.Select(r => r.Deserialize(SakuraJson.Default.BoardRow)!)], whole, rows);
}

/// <summary>
/// The hub, for as long as one reads: a lost connection is made again without end and goes on where it was.
/// </summary>
/// <param name="configure">Another way to the server, as a test host has.</param>
/// <param name="connected">Told true when the line stands, false when it is lost.</param>
public sealed class BoardConnection(
    Uri server, string? token = null, Action<HttpConnectionOptions>? configure = null, Action<bool>? connected = null)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>The board, then its changes in sequence, each once.</summary>
    /// <param name="afterSequence">Last sequence that was seen; null: begin with the whole board.</param>
    /// <exception cref="RefusedException">Not allowed.</exception>
    public async IAsyncEnumerable<BoardUpdate> Watch(
        long? afterSequence = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var last = afterSequence;
        var pause = ShortestPause;
        while (true)
        {
            await using var line = await HubLine<RawChange>.Open(server, token, configure, "BoardChanged", cancel).ConfigureAwait(false);
            var answer = line is null ? null : await line.Ask<RawBoard>("Watch", [last], cancel).ConfigureAwait(false);
            if (line is null || answer is null)
            {
                pause = await Rest(pause, cancel).ConfigureAwait(false);
                continue;
            }

            pause = ShortestPause;
            connected?.Invoke(true);
            if (answer.Sequence < last)
            {
                // A log that is behind what was seen is another log, restored from a backup: begin anew.
                last = null;
                continue;
            }

            var whole = last is null;
            last = answer.Sequence;
            if (whole || answer.Rows.Count > 0) yield return BoardUpdate.Of(answer.Sequence, answer.Rows, whole);

            await foreach (var change in line.Changes(cancel).ConfigureAwait(false))
            {
                // The server joins the group before it reads the rows: what came meanwhile may be in them already.
                if (change.Sequence <= last) continue;

                last = change.Sequence;
                yield return BoardUpdate.Of(change.Sequence, [change.Row], whole: false);
            }

            connected?.Invoke(false);
        }
    }

    /// <summary>Every event of one incident after a version, in order, each once.</summary>
    /// <param name="id">The incident's UUID or number.</param>
    /// <exception cref="RefusedException">Not allowed, or unknown.</exception>
    public async IAsyncEnumerable<EventItem> WatchIncident(
        string id, long afterVersion = 0, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var last = afterVersion;
        var pause = ShortestPause;
        while (true)
        {
            await using var line =
                await HubLine<IncidentChange>.Open(server, token, configure, "IncidentChanged", cancel).ConfigureAwait(false);
            var answer = line is null ? null : await line.Ask<IncidentChange>("WatchIncident", [id, last], cancel).ConfigureAwait(false);
            if (line is null || answer is null)
            {
                pause = await Rest(pause, cancel).ConfigureAwait(false);
                continue;
            }

            pause = ShortestPause;
            connected?.Invoke(true);
            foreach (var item in answer.Events.Where(e => e.Version > last))
            {
                last = item.Version;
                yield return item;
            }

            await foreach (var item in Unbroken(line, last, cancel).ConfigureAwait(false))
            {
                last = item.Version;
                yield return item;
            }

            connected?.Invoke(false);
        }
    }

    // Ends at a hole in the versions as at a lost line: asking again from the last version fills it.
    private static async IAsyncEnumerable<EventItem> Unbroken(
        HubLine<IncidentChange> line, long last, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var change in line.Changes(cancel).ConfigureAwait(false))
        {
            foreach (var item in change.Events.Where(e => e.Version > last))
            {
                if (item.Version != last + 1) yield break;

                last = item.Version;
                yield return item;
            }
        }
    }

    private static async Task<TimeSpan> Rest(TimeSpan pause, CancellationToken cancel)
    {
        await Task.Delay(pause, cancel).ConfigureAwait(false);
        return pause * 2 < LongestPause ? pause * 2 : LongestPause;
    }
}
