using System.CommandLine;

namespace SakuraIncident.Cli.Incidents;

/// <summary>Records a report that was submitted under a reporting duty.</summary>
internal static class ReportVerb
{
    public static Command Create(Desk desk)
    {
        var id = Options.Incident();
        var duty = new Argument<string>("DUTY") { Description = "報告義務の ID (ppc-preliminary など)" };
        var text = new Argument<string>("TEXT") { Description = "提出した報告" };
        var receipt = new Option<string?>("--receipt") { Description = "受付番号" };
        var unknown = new Option<string[]>("--still-unknown") { Description = "まだ分からないこと (追完、複数可)" };
        var occurred = Options.Moment(desk, "--occurred", "提出した時刻");
        var json = Options.Json();
        var command = new Command("report", "報告義務の報告を記録する") { id, duty, text, receipt, unknown, occurred, json };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var answer = await client.Report(
                parsed.GetValue(id)!, parsed.GetValue(duty)!,
                new(parsed.GetValue(text)!, parsed.GetValue(receipt), Options.SaidOrNull(parsed.GetValue(unknown)),
                    parsed.GetValue(occurred)),
                cancel: cancel).ConfigureAwait(false);
            var title = answer.Value.Duties?.FirstOrDefault(d => d.Id == parsed.GetValue(duty))?.Title ?? parsed.GetValue(duty);
            return desk.Say(answer, parsed.GetValue(json), $"「{title}」を報告済みにしました。");
        });
        return command;
    }
}
