using System.CommandLine;
using SakuraIncident.Client.Shapes;

namespace SakuraIncident.Cli.Incidents;

/// <summary>What is said of a step of the playbook.</summary>
internal static class StepVerbs
{
    public static Command Create(Desk desk)
    {
        var id = Options.Incident();
        var step = new Argument<string>("STEP") { Description = "手順の ID" };
        var verb = Options.WordArgument<StepVerb>("VERB");
        var record = new Option<string?>("--record") { Description = "したこと、見たこと" };
        var reason = Options.Reason();
        var choice = new Option<string?>("--choice") { Description = "判断の選択肢" };
        var occurred = Options.Moment(desk, "--occurred", "実際にした時刻");
        var json = Options.Json();
        var command = new Command("step", "手順を進める") { id, step, verb, record, reason, choice, occurred, json };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var said = parsed.GetValue(verb);
            var answer = await client.Step(
                parsed.GetValue(id)!, parsed.GetValue(step)!, said,
                new(parsed.GetValue(record), parsed.GetValue(reason), parsed.GetValue(choice), parsed.GetValue(occurred)),
                cancel: cancel).ConfigureAwait(false);
            var title = answer.Value.Steps?.FirstOrDefault(s => s.Id == parsed.GetValue(step))?.Title ?? parsed.GetValue(step);
            return desk.Say(answer, parsed.GetValue(json), $"手順「{title}」: {Words.Of(said)}");
        });
        return command;
    }
}
