using System.CommandLine;

namespace SakuraIncident.Cli.Incidents;

/// <summary>Says who acts in a role; hands the lead over.</summary>
internal static class RoleVerb
{
    public static Command Create(Desk desk)
    {
        var id = Options.Incident();
        var role = new Argument<string>("ROLE") { Description = "役割 (lead: 対応責任者)" };
        var person = new Argument<string>("PERSON") { Description = "人の ID" };
        var handover = new Option<string?>("--handover") { Description = "引継ぎ: 次の人が知るべきこと" };
        var json = Options.Json();
        var command = new Command("role", "役割を割り当てる、引き継ぐ") { id, role, person, handover, json };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var answer = await client.Assign(
                parsed.GetValue(id)!, parsed.GetValue(role)!, new(parsed.GetValue(person)!, parsed.GetValue(handover)),
                cancel: cancel).ConfigureAwait(false);
            return desk.Say(answer, parsed.GetValue(json), $"{Words.Of(Words.Roles, parsed.GetValue(role))}: {parsed.GetValue(person)}");
        });
        return command;
    }
}
