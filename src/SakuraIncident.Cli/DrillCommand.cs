using System.CommandLine;
using SakuraIncident.Cli.Incidents;

namespace SakuraIncident.Cli;

/// <summary><c>sakura drill start PLAYBOOK</c>.</summary>
internal static class DrillCommand
{
    public static Command Create(Desk desk)
    {
        var playbook = new Argument<string>("PLAYBOOK") { Description = "訓練する対応手順 (ransomware など)" };
        var speed = Options.Speed("--speed", "何倍の速さで期限が来るか (1〜3600、なければ 1)");
        var title = new Option<string?>("--title") { Description = "件名" };
        var zones = Options.Zones();
        var json = Options.Json();
        var start = new Command("start", "訓練を始める") { playbook, speed, title, zones, json };
        desk.Act(start, async (parsed, client, cancel) =>
        {
            // The general playbook serves what has none of its own.
            var category = parsed.GetValue(playbook) is "general" ? "other" : parsed.GetValue(playbook)!;
            var answer = await client.Open(
                new(parsed.GetValue(title) ?? $"訓練: {Words.Of(Words.Categories, category)}", category,
                    Zones: Options.SaidOrNull(parsed.GetValue(zones)), Drill: new(parsed.GetValue(speed) ?? 1)),
                cancel: cancel).ConfigureAwait(false);
            return OpenVerb.Opened(desk, answer, parsed.GetValue(json));
        });
        return new("drill", "訓練") { start };
    }
}
