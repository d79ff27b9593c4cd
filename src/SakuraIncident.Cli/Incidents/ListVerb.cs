using System.CommandLine;
using SakuraIncident.Client.Shapes;

namespace SakuraIncident.Cli.Incidents;

/// <summary>Incidents, newest first.</summary>
internal static class ListVerb
{
    public static Command Create(Desk desk)
    {
        var phase = Options.Word<Phase>("--phase", "段階");
        var severity = Options.Word<Severity>("--severity", "重大度");
        var category = new Option<string?>("--category", "-c") { Description = "種類" };
        var zone = new Option<string?>("--zone") { Description = "区域" };
        var body = new Option<string?>("--body") { Description = "実施機関" };
        var from = Options.Moment(desk, "--from", "これ以後に開かれたもの");
        var to = Options.Moment(desk, "--to", "これより前に開かれたもの");
        var text = new Option<string?>("--query", "-q") { Description = "語を含むもの" };
        var open = new Option<bool?>("--open") { Description = "対応中のもの (false: 終結したもの)", Arity = ArgumentArity.ZeroOrOne };
        var drill = new Option<bool?>("--drill") { Description = "訓練 (false: 訓練でないもの)", Arity = ArgumentArity.ZeroOrOne };
        var imported = new Option<bool?>("--imported") { Description = "取り込んだもの (false: 当市のもの)", Arity = ArgumentArity.ZeroOrOne };
        var limit = new Option<int?>("--limit") { Description = "件数 (200 まで)" };
        var cursor = new Option<string?>("--cursor") { Description = "続きの位置" };
        var json = Options.Json();
        var command = new Command("list", "インシデントの一覧")
        {
            phase, severity, category, zone, body, from, to, text, open, drill, imported, limit, cursor, json,
        };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var filter = new IncidentFilter(
                parsed.GetValue(phase), parsed.GetValue(severity), parsed.GetValue(category), parsed.GetValue(zone), parsed.GetValue(body),
                parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(text), Flag(parsed, open), Flag(parsed, drill),
                Flag(parsed, imported));
            var answer = await client.List(filter, parsed.GetValue(cursor), parsed.GetValue(limit), cancel).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                desk.Terminal.Line(answer.Json);
                return ExitCode.Done;
            }

            if (answer.Value.Items.Count == 0)
            {
                desk.Terminal.Line("該当するインシデントはありません。");
                return ExitCode.Done;
            }

            desk.Terminal.Table(
                ["番号", "重大度", "状態", "段階", "種類", "件名", "対応責任者", "開いた時刻"],
                answer.Value.Items.Select(i => Row(i, desk.Now)));
            if (answer.Value.Cursor is { } next) desk.Terminal.Line($"続きがあります: --cursor {next}");
            return ExitCode.Done;
        });
        return command;
    }

    // The option alone means yes.
    private static bool? Flag(ParseResult parsed, Option<bool?> option) =>
        parsed.GetResult(option) is { Implicit: false } said ? said.Tokens.Count == 0 || parsed.GetValue(option) == true : null;

    private static IReadOnlyList<string> Row(IncidentAnswer incident, DateTimeOffset now) =>
    [
        incident.Number, Words.Of(incident.Severity), incident.State ?? Words.Of(incident.Status), Words.Of(incident.Phase),
        Words.Of(Words.Categories, incident.Category), (incident.Drill is null ? "" : "【訓練】") + incident.Title,
        incident.Lead?.Name ?? incident.Lead?.Person ?? "", Moments.Text(incident.OpenedAt, now),
    ];
}
