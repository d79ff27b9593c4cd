using System.Globalization;
using SakuraIncident.Domain;
using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Server.Notifications;

/// <summary>
/// What a call says by mail. Nothing that was typed is in it: mail passes through machines where incidents may not be read.
/// </summary>
/// <param name="address">Where the server is for those who are called; null: not said.</param>
public sealed class CallText(string? address)
{
    public (string Subject, string Body) Called(Incident incident, Page page, DutyRoster roster)
    {
        var acting = page.ActingFor is { } holder ? $"({roster.NameOf(holder)} さんの職務代行)" : "";
        var role = page.Role is null ? "" : $"{Vocabulary.TitleOf(Vocabulary.Roles, page.Role)}として{acting}、";
        return ($"【招集】{Name(incident)}", $"""
            {roster.NameOf(page.Person)} 様

            事案 {Name(incident)} で、{role}あなたを招集しています。
            招集した日時: {Time(page.CalledAt)}

            サインインして「応答する」か「応じられない」を選んでください。
            応答がないときは、次の人を招集します。
            {Where("/me")}
            詳しい内容は、サインインして確かめてください。このメールには返信できません。

            """);
    }

    public (string Subject, string Body) Withdrawn(Incident incident, Page page, DutyRoster roster) => ($"【招集の取り下げ】{Name(incident)}", $"""
        {roster.NameOf(page.Person)} 様

        事案 {Name(incident)} での招集({Time(page.CalledAt)})は、取り下げられました。応答は要りません。
        {Where($"/incidents/{incident.Number}")}
        このメールには返信できません。

        """);

    private string Where(string path) => address is null ? "" : $"{address.TrimEnd('/')}{path}\n";

    private static string Name(Incident incident) =>
        $"{incident.Number} {Vocabulary.TitleOf(incident.Severity)} {Vocabulary.TitleOf(Vocabulary.Categories, incident.Category)}";

    private static string Time(DateTimeOffset at)
    {
        var here = InJapan.Here(at);
        return string.Create(CultureInfo.InvariantCulture, $"{here:M/d}({InJapan.Weekday(here.DayOfWeek)}) {here:HH:mm}");
    }
}
