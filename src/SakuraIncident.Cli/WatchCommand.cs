using System.CommandLine;
using SakuraIncident.Client;
using SakuraIncident.Client.Shapes;
using Spectre.Console;

namespace SakuraIncident.Cli;

/// <summary><c>sakura watch</c>: the live board; piped, one line for each change.</summary>
internal static class WatchCommand
{
    public static Command Create(Desk desk)
    {
        var json = Options.Json();
        var command = new Command("watch", "状況ボードを見続ける (Ctrl-C で終わる)") { json };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            // The first answer says whether the server is there and lets one in; after that a lost line is made again without end.
            await client.Board(cancel).ConfigureAwait(false);
            var asJson = parsed.GetValue(json);
            try
            {
                if (desk.Terminal.Interactive && !asJson) await Screen(desk, cancel).ConfigureAwait(false);
                else await Lines(desk, asJson, cancel).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return ExitCode.Done; // that is how one stops watching
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task Lines(Desk desk, bool json, CancellationToken cancel)
    {
        await foreach (var update in new BoardConnection(desk.Server, desk.Token).Watch(cancel: cancel).ConfigureAwait(false))
            foreach (var (row, text) in update.Rows.Zip(update.Json))
                desk.Terminal.Line(json
                    ? $$"""{"sequence":{{update.Sequence}},"row":{{text.GetRawText()}}}"""
                    : string.Join("  ", Cells(row, desk.Now)));
    }

    private static async Task Screen(Desk desk, CancellationToken cancel)
    {
        var rows = new Dictionary<string, BoardRow>(StringComparer.Ordinal);
        var asOf = desk.Now;
        var lost = false;
        await desk.Terminal.Out.Live(Board(rows.Values, asOf, lost, desk.Now)).StartAsync(async live =>
        {
            void Draw() => live.UpdateTarget(Board(rows.Values, asOf, lost, desk.Now));
            var connection = new BoardConnection(desk.Server, desk.Token, connected: there =>
            {
                lost = !there;
                Draw();
            });
            await foreach (var update in connection.Watch(cancel: cancel).ConfigureAwait(false))
            {
                if (update.Whole) rows.Clear();
                foreach (var row in update.Rows)
                    if (row.Status is IncidentStatus.Closed or IncidentStatus.Merged) rows.Remove(row.Id);
                    else rows[row.Id] = row;
                asOf = desk.Now;
                Draw();
            }
        }).ConfigureAwait(false);
    }

    private static Table Board(IEnumerable<BoardRow> rows, DateTimeOffset asOf, bool lost, DateTimeOffset now)
    {
        var table = new Table().Border(TableBorder.Simple).Expand();
        foreach (var head in (string[])["番号", "重大度", "段階", "状態", "件名", "対応責任者", "次の期限"]) table.AddColumn(head);
        foreach (var row in rows.OrderBy(r => r.Severity).ThenBy(r => r.OpenedAt))
        {
            var style = row.Severity == Severity.Critical ? new Style(Color.Red) : Style.Plain;
            table.AddRow(Cells(row, now).Select(cell => new Text(cell, style)));
        }

        var time = Moments.Text(asOf, now);
        return table.Caption(lost ? $"接続が切れています。表示は {time} 時点です" : $"{table.Rows.Count}件 {time}");
    }

    private static IReadOnlyList<string> Cells(BoardRow row, DateTimeOffset now) =>
    [
        row.Number, Words.Of(row.Severity), Words.Of(row.Phase), Words.Of(row.Status), (row.Drill is null ? "" : "【訓練】") + row.Title,
        row.Lead?.Name ?? row.Lead?.Person ?? "",
        row.Next is { } next ? $"{next.Title ?? next.Key} {Moments.Text(next.DueAt, now)} ({Moments.Left(next.DueAt, now)})" : "",
    ];
}
