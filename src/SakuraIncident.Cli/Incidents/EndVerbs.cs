using System.CommandLine;
using SakuraIncident.Client.Shapes;

namespace SakuraIncident.Cli.Incidents;

/// <summary>Ends of an incident, and back.</summary>
internal static class EndVerbs
{
    public static Command CreateClose(Desk desk)
    {
        var id = Options.Incident();
        var outcome = Options.Word<Outcome>("--outcome", "resolved 解決 (なければこれ), falseAlarm 誤報, duplicate 重複");
        var of = new Option<string?>("--of") { Description = "重複: 残る方のインシデント" };
        var reason = Options.Reason();
        var json = Options.Json();
        var command = new Command("close", "終結する") { id, outcome, of, reason, json };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var said = parsed.GetValue(outcome) ?? Outcome.Resolved;
            var answer = await client.Close(
                parsed.GetValue(id)!, new(said, parsed.GetValue(of), parsed.GetValue(reason)),
                cancel: cancel).ConfigureAwait(false);
            return desk.Say(answer, parsed.GetValue(json), $"終結しました: {Words.Of(said)}");
        });
        return command;
    }

    public static Command CreateReopen(Desk desk)
    {
        var id = Options.Incident();
        var reason = new Option<string>("--reason") { Description = "理由", Required = true };
        var json = Options.Json();
        var command = new Command("reopen", "終結したものを再び開く") { id, reason, json };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var answer = await client.Reopen(parsed.GetValue(id)!, new(parsed.GetValue(reason)!), cancel: cancel).ConfigureAwait(false);
            return desk.Say(answer, parsed.GetValue(json), "再び開きました。");
        });
        return command;
    }

    public static Command CreateMerge(Desk desk)
    {
        var id = Options.Incident();
        var into = new Argument<string>("INTO") { Description = "残る方のインシデント" };
        var reason = Options.Reason();
        var json = Options.Json();
        var command = new Command("merge", "別のインシデントに統合する") { id, into, reason, json };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var answer = await client.Merge(
                parsed.GetValue(id)!, new(parsed.GetValue(into)!, parsed.GetValue(reason)), cancel: cancel).ConfigureAwait(false);
            return desk.Say(answer, parsed.GetValue(json), $"{parsed.GetValue(into)} に統合しました。");
        });
        return command;
    }
}
