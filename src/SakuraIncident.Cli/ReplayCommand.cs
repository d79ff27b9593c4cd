using System.CommandLine;
using System.Text.Json;
using SakuraIncident.Cli.Incidents;
using SakuraIncident.Client;
using SakuraIncident.Client.Shapes;

namespace SakuraIncident.Cli;

/// <summary><c>sakura replay ID</c>: the incident as it was at a moment, or its events played.</summary>
internal static class ReplayCommand
{
    public static Command Create(Desk desk)
    {
        var id = Options.Incident();
        var at = Options.Moment(desk, "--at", "この時刻の姿、または再生の終わり");
        var speed = Options.Speed("--speed", "何倍の速さで再生するか (なければ待たずに並べる)");
        var json = Options.Json();
        var command = new Command("replay", "過去の姿を見る、再生する") { id, at, speed, json };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            if (parsed.GetValue(at) is null || parsed.GetValue(speed) is not null)
                return await Play(
                    desk, client, parsed.GetValue(id)!, parsed.GetValue(at), parsed.GetValue(speed), parsed.GetValue(json), cancel)
                    .ConfigureAwait(false);

            var answer = await client.Get(parsed.GetValue(id)!, parsed.GetValue(at), cancel: cancel).ConfigureAwait(false);
            if (parsed.GetValue(json)) desk.Terminal.Line(answer.Json);
            else IncidentText.Write(desk.Terminal, answer.Value, desk.Now);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<int> Play(
        Desk desk, SakuraClient client, string id, DateTimeOffset? until, double? speed, bool json, CancellationToken cancel)
    {
        DateTimeOffset? before = null;
        string? cursor = null;
        do
        {
            var page = await client.Events(id, cursor, 200, cancel).ConfigureAwait(false);
            using var raw = JsonDocument.Parse(page.Json);
            foreach (var (item, text) in page.Value.Items.Zip(raw.RootElement.GetProperty("items").EnumerateArray()))
            {
                if (item.At > until) return ExitCode.Done;

                if (speed is { } times && before is { } last && item.At > last)
                    await Pause((item.At - last) / times, desk.Time, cancel).ConfigureAwait(false);
                before = item.At;
                desk.Terminal.Line(json ? text.GetRawText() : Line(item, desk.Now));
            }

            cursor = page.Value.Cursor;
        }
        while (cursor is not null);
        return ExitCode.Done;
    }

    // Task.Delay takes at most some 49 days; a real incident may be quiet for longer.
    private static async Task Pause(TimeSpan length, TimeProvider time, CancellationToken cancel)
    {
        for (var left = length; left > TimeSpan.Zero; left -= TimeSpan.FromDays(1))
            await Task.Delay(left < TimeSpan.FromDays(1) ? left : TimeSpan.FromDays(1), time, cancel).ConfigureAwait(false);
    }

    private static string Line(EventItem item, DateTimeOffset now) =>
        $"{item.Version,4}  {Moments.Text(item.At, now)}  {item.By}  {item.Type}  {Shortened(item.Data)}";

    private static string Shortened(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object) return "";

        var said = data.EnumerateObject()
            .Where(m => m.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True)
            .Select(m => $"{m.Name}={m.Value}");
        var text = string.Join(" ", said).ReplaceLineEndings(" ");
        return text.Length <= 160 ? text : text[..159] + "…";
    }
}
