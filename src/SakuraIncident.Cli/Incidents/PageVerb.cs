using System.CommandLine;
using SakuraIncident.Client;
using SakuraIncident.Client.Shapes;

namespace SakuraIncident.Cli.Incidents;

/// <summary>Calls someone; answers a call.</summary>
internal static class PageVerb
{
    public static Command Create(Desk desk)
    {
        var id = Options.Incident();
        var role = new Option<string?>("--role") { Description = "招集する役割 (csirt-lead など)" };
        var person = new Option<string?>("--person") { Description = "招集する人" };
        var json = Options.Json();
        var command = new Command("page", "招集する、招集に応える")
        {
            id, role, person, json,
            Answering(desk, "acknowledge", "招集に応答する", "応答しました。", (c, i, p, w, k) => c.Acknowledge(i, p, w, cancel: k)),
            Answering(desk, "decline", "招集を断る (次の人が呼ばれる)", "辞退しました。", (c, i, p, w, k) => c.Decline(i, p, w, cancel: k)),
        };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            if (parsed.GetValue(role) is null == parsed.GetValue(person) is null)
                throw new BadUsageException("--role か --person のどちらか一つで、招集する相手を書いてください。");

            var answer = await client.Call(
                parsed.GetValue(id)!, new(parsed.GetValue(role), parsed.GetValue(person)), cancel: cancel).ConfigureAwait(false);
            var whom = parsed.GetValue(role) is { } said ? Words.Of(Words.Roles, said) : parsed.GetValue(person);
            return desk.Say(answer, parsed.GetValue(json), $"{whom} を招集しました。");
        });
        return command;
    }

    private static Command Answering(
        Desk desk, string name, string description, string sentence,
        Func<SakuraClient, string, string, PageWord, CancellationToken, Task<Answer<IncidentAnswer>>> act)
    {
        var id = Options.Incident();
        var page = new Argument<string?>("PAGE") { Description = "招集の ID (呼出中が一つだけなら要らない)", Arity = ArgumentArity.ZeroOrOne };
        var telephone = new Option<bool>("--by-telephone") { Description = "電話で受けた答えを書き入れる" };
        var occurred = Options.Moment(desk, "--occurred", "電話の時刻");
        var json = Options.Json();
        var command = new Command(name, description) { id, page, telephone, occurred, json };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var incident = parsed.GetValue(id)!;
            var answered = parsed.GetValue(page) ?? await OnlyCall(client, incident, cancel).ConfigureAwait(false);
            var word = new PageWord(parsed.GetValue(telephone) ? true : null, parsed.GetValue(occurred));
            var answer = await act(client, incident, answered, word, cancel).ConfigureAwait(false);
            return desk.Say(answer, parsed.GetValue(json), sentence);
        });
        return command;
    }

    private static async Task<string> OnlyCall(SakuraClient client, string id, CancellationToken cancel)
    {
        var incident = (await client.Get(id, cancel: cancel).ConfigureAwait(false)).Value;
        var calling = (incident.Pages ?? []).Where(p => p.State == PageState.Calling).ToList();
        return calling.Count == 1
            ? calling[0].Id
            : throw new BadUsageException($"呼出中の招集が {calling.Count} 件あります。PAGE を書いてください。");
    }
}
