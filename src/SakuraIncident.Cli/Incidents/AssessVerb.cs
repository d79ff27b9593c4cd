using System.CommandLine;
using SakuraIncident.Client.Shapes;

namespace SakuraIncident.Cli.Incidents;

/// <summary>Judges an incident anew: category, severity, zones, impact, personal data.</summary>
internal static class AssessVerb
{
    public static Command Create(Desk desk)
    {
        var id = Options.Incident();
        var reason = new Option<string>("--reason") { Description = "理由", Required = true };
        var category = new Option<string?>("--category", "-c") { Description = "種類" };
        var severity = Options.Word<Severity>("--severity", "重大度");
        var zones = Options.Zones();
        var confidentiality = Options.Word<ImpactLevel>("--confidentiality", "機密性への影響");
        var integrity = Options.Word<ImpactLevel>("--integrity", "完全性への影響");
        var availability = Options.Word<ImpactLevel>("--availability", "可用性への影響");
        var least = new Option<int?>("--people-least") { Description = "個人情報: 確かな人数" };
        var greatest = new Option<int?>("--people-greatest") { Description = "個人情報: ありうる最大の人数" };
        var sensitive = Fact("--sensitive", "要配慮個人情報");
        var financial = Fact("--financial", "財産的被害のおそれ");
        var unlawful = Fact("--unlawful", "不正の目的のおそれ");
        var myNumber = Fact("--my-number", "特定個人情報");
        var publicAccess = Fact("--public-access", "誰でも見られる状態");
        var recovered = Fact("--recovered", "見られる前に全て回収した");
        var known = Options.Moment(desk, "--known", "知った時刻");
        var json = Options.Json();
        var command = new Command("assess", "評価する")
        {
            id, reason, category, severity, zones, confidentiality, integrity, availability, least, greatest, sensitive, financial,
            unlawful, myNumber, publicAccess, recovered, known, json,
        };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var impact = new ImpactAnswer(parsed.GetValue(confidentiality), parsed.GetValue(integrity), parsed.GetValue(availability));
            var data = new PersonalDataFacts(
                parsed.GetValue(least), parsed.GetValue(greatest), parsed.GetValue(sensitive), parsed.GetValue(financial),
                parsed.GetValue(unlawful), parsed.GetValue(myNumber), parsed.GetValue(publicAccess), parsed.GetValue(recovered),
                parsed.GetValue(known));
            var answer = await client.Assess(
                parsed.GetValue(id)!,
                new(parsed.GetValue(reason)!, parsed.GetValue(category), parsed.GetValue(severity),
                    Options.SaidOrNull(parsed.GetValue(zones)), impact == new ImpactAnswer(null, null, null) ? null : impact,
                    data == new PersonalDataFacts() ? null : data),
                cancel: cancel).ConfigureAwait(false);
            return desk.Say(answer, parsed.GetValue(json), $"評価しました。重大度 {Words.Of(answer.Value.Severity)}");
        });
        return command;
    }

    private static Option<bool?> Fact(string name, string description) =>
        new(name) { Description = $"個人情報: {description} (true / false)" };
}
