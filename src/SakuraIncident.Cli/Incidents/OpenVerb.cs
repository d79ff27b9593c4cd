using System.CommandLine;
using SakuraIncident.Client.Shapes;

namespace SakuraIncident.Cli.Incidents;

/// <summary>Opens an incident, and says who has been called.</summary>
internal static class OpenVerb
{
    public static Command Create(Desk desk)
    {
        var title = new Argument<string?>("TITLE") { Description = "何が起きたか", Arity = ArgumentArity.ZeroOrOne };
        var titleOption = new Option<string?>("--title") { Description = "TITLE と同じ" };
        var category = new Option<string>("--category", "-c") { Description = "種類 (ransomware など)", Required = true };
        var body = new Option<string?>("--body") { Description = "実施機関 (mayor など)" };
        var zones = Options.Zones();
        var detected = Options.Moment(desk, "--detected", "覚知した時刻");
        var occurred = Options.Moment(desk, "--occurred", "発生した時刻");
        var summary = new Option<string?>("--summary") { Description = "分かっていること" };
        var assets = new Option<string[]>("--asset") { Description = "情報資産 (複数可)", AllowMultipleArgumentsPerToken = true };
        var severity = Options.Word<Severity>("--severity", "重大度");
        var drillSpeed = Options.Speed("--drill-speed", "訓練として開く: 何倍の速さで期限が来るか (1〜3600)");
        var json = Options.Json();
        var command = new Command("open", "インシデントを開く")
        {
            title, titleOption, category, body, zones, detected, occurred, summary, assets, severity, drillSpeed, json,
        };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var named = parsed.GetValue(titleOption) ?? parsed.GetValue(title)
                ?? throw new BadUsageException("何が起きたか (TITLE) を書いてください。");
            var answer = await client.Open(
                new(named, parsed.GetValue(category)!, parsed.GetValue(body), null, Options.SaidOrNull(parsed.GetValue(zones)),
                    parsed.GetValue(detected), parsed.GetValue(occurred), parsed.GetValue(summary),
                    Options.SaidOrNull(parsed.GetValue(assets)), parsed.GetValue(severity),
                    parsed.GetValue(drillSpeed) is { } speed ? new(speed) : null),
                cancel: cancel).ConfigureAwait(false);
            return Opened(desk, answer, parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>The number, and whom the opening called.</summary>
    public static int Opened(Desk desk, Client.Answer<IncidentAnswer> answer, bool json)
    {
        desk.Say(answer, json, $"{Words.Of(answer.Value.Severity)}「{answer.Value.Title}」を開きました。");
        if (json) return ExitCode.Done;

        foreach (var page in answer.Value.Pages ?? [])
            desk.Terminal.Line($"  {IncidentText.Of(page, desk.Now)}");
        return ExitCode.Done;
    }
}
