using System.CommandLine;
using SakuraIncident.Client.Shapes;

namespace SakuraIncident.Cli.Incidents;

/// <summary>Forward through a met gate, or back with a reason.</summary>
internal static class PhaseVerb
{
    public static Command Create(Desk desk)
    {
        var id = Options.Incident();
        var to = new Argument<Phase>("TO") { Description = "detection, containment, recovery, prevention" };
        var reason = Options.Reason();
        var json = Options.Json();
        var command = new Command("phase", "段階を移す") { id, to, reason, json };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var answer = await client.Move(
                parsed.GetValue(id)!, new(parsed.GetValue(to), parsed.GetValue(reason)), cancel: cancel).ConfigureAwait(false);
            return desk.Say(answer, parsed.GetValue(json), $"段階を「{Words.Of(answer.Value.Phase)}」に移しました。");
        });
        return command;
    }
}
