using System.CommandLine;

namespace SakuraIncident.Cli.Incidents;

/// <summary>One incident, now or in the past.</summary>
internal static class ShowVerb
{
    public static Command Create(Desk desk)
    {
        var id = Options.Incident();
        var at = Options.Moment(desk, "--at", "この時刻の姿");
        var version = new Option<long?>("--at-version") { Description = "この版の姿" };
        var json = Options.Json();
        var command = new Command("show", "インシデントを見る") { id, at, version, json };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var answer = await client.Get(parsed.GetValue(id)!, parsed.GetValue(at), parsed.GetValue(version), cancel).ConfigureAwait(false);
            if (parsed.GetValue(json)) desk.Terminal.Line(answer.Json);
            else IncidentText.Write(desk.Terminal, answer.Value, desk.Now);
            return ExitCode.Done;
        });
        return command;
    }
}
