using System.CommandLine;
using SakuraIncident.Client.Shapes;

namespace SakuraIncident.Cli.Incidents;

/// <summary>Forward through a met gate, or back with a reason.</summary>
internal static class PhaseVerb
{
    public static Command Create(Desk desk)
    {
        var id = Options.Incident();
        var to = Options.WordArgument<Phase>("TO");
        var reason = Options.Reason();
        var json = Options.Json();
        var command = new Command("phase", "段階を移す") { id, to, reason, json };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var target = parsed.GetValue(to);
            var before = await client.Get(parsed.GetValue(id)!, cancel: cancel).ConfigureAwait(false);
            var answer = await client.Move(
                parsed.GetValue(id)!, new(target, parsed.GetValue(reason)), cancel: cancel).ConfigureAwait(false);
            var phase = Words.Of(answer.Value.Phase);
            // The server takes a move to where the incident is as done, and records nothing.
            return desk.Say(
                answer, parsed.GetValue(json), before.Value.Phase == target ? $"段階はすでに「{phase}」です。" : $"段階を「{phase}」に移しました。");
        });
        return command;
    }
}
