using System.CommandLine;

namespace SakuraIncident.Cli.Incidents;

/// <summary>Notes and their corrections.</summary>
internal static class NoteVerb
{
    public static Command Create(Desk desk)
    {
        var id = Options.Incident();
        var text = new Argument<string>("TEXT") { Description = "書くこと" };
        var occurred = Options.Moment(desk, "--occurred", "いつのことか");
        var json = Options.Json();
        var command = new Command("note", "記録を書く") { id, text, occurred, json };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var answer = await client.Note(
                parsed.GetValue(id)!, new(parsed.GetValue(text)!, parsed.GetValue(occurred)), cancel: cancel).ConfigureAwait(false);
            return desk.Say(answer, parsed.GetValue(json), "記録を書きました。");
        });
        return command;
    }

    public static Command CreateCorrect(Desk desk)
    {
        var id = Options.Incident();
        var note = new Argument<string>("NOTE") { Description = "直す記録の ID" };
        var text = new Argument<string>("TEXT") { Description = "正しい記録" };
        var json = Options.Json();
        var command = new Command("correct", "記録を訂正する (元の記録も残る)") { id, note, text, json };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var answer = await client.CorrectNote(
                parsed.GetValue(id)!, parsed.GetValue(note)!, new(parsed.GetValue(text)!), cancel: cancel).ConfigureAwait(false);
            return desk.Say(answer, parsed.GetValue(json), "記録を訂正しました。");
        });
        return command;
    }
}
