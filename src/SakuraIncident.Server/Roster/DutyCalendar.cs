using System.Globalization;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using SakuraIncident.Domain;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Server.Roster;

/// <summary>当番 as a calendar (RFC 5545): nothing but who has duty, in what, from when to when.</summary>
public static class DutyCalendar
{
    public const string ContentType = "text/calendar; charset=utf-8";

    private const string Zone = "Asia/Tokyo";
    private static readonly TimeSpan Back = TimeSpan.FromDays(31);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(183);

    public static string OfPerson(DutyRoster roster, string person, DateTimeOffset now)
    {
        var spans = roster.RolesOnDuty(person)
            .SelectMany(role => roster.DutySpans(role, now - Back, now + Ahead)).Where(s => s.Person == person);
        return Written($"当番 {roster.NameOf(person)}", roster, spans, s => $"当番 {Vocabulary.TitleOf(Vocabulary.Roles, s.Role)}", now);
    }

    public static string OfRole(DutyRoster roster, string role, DateTimeOffset now) => Written(
        $"当番 {Vocabulary.TitleOf(Vocabulary.Roles, role)}", roster, roster.DutySpans(role, now - Back, now + Ahead), s => roster.NameOf(s.Person), now);

    private static string Written(string name, DutyRoster roster, IEnumerable<DutySpan> spans, Func<DutySpan, string> summary, DateTimeOffset now)
    {
        var calendar = new Ical.Net.Calendar { Method = "PUBLISH", ProductId = "-//SakuraIncident//Duty//JA" };
        calendar.AddProperty("X-WR-CALNAME", name);
        calendar.AddProperty("X-WR-TIMEZONE", Zone);
        calendar.AddProperty("X-PUBLISHED-TTL", "PT1H");
        calendar.AddTimeZone(VTimeZone.FromDateTimeZone(Zone, new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified), includeHistoricalData: false));
        foreach (var span in spans.OrderBy(s => s.From).ThenBy(s => s.Role, StringComparer.Ordinal)) calendar.Events.Add(Event(span, summary(span), roster, now));
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    private static CalendarEvent Event(DutySpan span, string summary, DutyRoster roster, DateTimeOffset now) => new()
    {
        // The same duty has the same name, whenever and for whomever the feed is made.
        Uid = string.Create(CultureInfo.InvariantCulture, $"duty-{span.Role}-{span.Person}-{span.From.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}@sakura-incident"),
        Summary = roster.Absences.Any(a => a.Person == span.Person && a.From < span.Until && span.From < a.Until) ? $"{summary}(不在)" : summary,
        Start = At(span.From),
        End = At(span.Until),
        DtStamp = new CalDateTime(now.UtcDateTime, "UTC"),
        Transparency = TransparencyType.Opaque,
    };

    private static CalDateTime At(DateTimeOffset moment) =>
        new(DateTime.SpecifyKind(InJapan.Here(moment).DateTime, DateTimeKind.Unspecified), Zone);
}
