using System.CommandLine;

namespace SakuraIncident.Cli.Incidents;

/// <summary>The review: findings and measures.</summary>
internal static class ReviewVerbs
{
    public static Command CreateFinding(Desk desk)
    {
        var id = Options.Incident();
        var text = new Argument<string>("TEXT") { Description = "所見" };
        var noMeasure = new Option<bool>("--no-measure-needed") { Description = "再発防止策は要らないという判断を記録する" };
        var json = Options.Json();
        var command = new Command("finding", "所見を書く") { id, text, noMeasure, json };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var answer = await client.AddFinding(
                parsed.GetValue(id)!, new(parsed.GetValue(text)!, parsed.GetValue(noMeasure) ? true : null), cancel: cancel).ConfigureAwait(false);
            return desk.Say(answer, parsed.GetValue(json), "所見を書きました。");
        });
        return command;
    }

    public static Command CreateMeasure(Desk desk)
    {
        var id = Options.Incident();
        var title = new Argument<string>("TITLE") { Description = "再発防止策" };
        var owner = new Option<string>("--owner") { Description = "担当する人の ID", Required = true };
        var due = Options.Moment(desk, "--due", "期限");
        due.Required = true;
        var json = Options.Json();
        var command = new Command("measure", "再発防止策を決める") { id, title, owner, due, json, CreateComplete(desk) };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var answer = await client.AddMeasure(
                parsed.GetValue(id)!, new(parsed.GetValue(title)!, parsed.GetValue(owner)!, parsed.GetValue(due)!.Value),
                cancel: cancel).ConfigureAwait(false);
            return desk.Say(answer, parsed.GetValue(json), $"再発防止策「{parsed.GetValue(title)}」を決めました。");
        });
        return command;
    }

    private static Command CreateComplete(Desk desk)
    {
        var id = Options.Incident();
        var measure = new Argument<string>("MEASURE") { Description = "再発防止策の ID" };
        var record = new Argument<string>("RECORD") { Description = "したこと" };
        var json = Options.Json();
        var command = new Command("complete", "再発防止策を終える") { id, measure, record, json };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var answer = await client.CompleteMeasure(
                parsed.GetValue(id)!, parsed.GetValue(measure)!, new(parsed.GetValue(record)!), cancel: cancel).ConfigureAwait(false);
            return desk.Say(answer, parsed.GetValue(json), "再発防止策を終えました。");
        });
        return command;
    }
}
