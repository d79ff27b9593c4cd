using SakuraIncident.Domain;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Pages.Parts;

namespace SakuraIncident.Server.Pages.Roster;

/// <summary>A duty, or a time in which nobody has it, as one day of the calendar shows it.</summary>
/// <param name="Name">Null: nobody is on duty.</param>
/// <param name="IsAbsent">Somebody is on duty who said that he is away in a part of it.</param>
public sealed record DutyLine(string Role, string? Person, string? Name, DateTimeOffset From, DateTimeOffset Until, string Time, bool IsAbsent);

/// <summary>A day in Japan and the duty that begins on it or goes on over it.</summary>
/// <param name="Holiday">Its name, where it is one.</param>
public sealed record DutyDay(DateTimeOffset Midnight, string? Holiday, IReadOnlyList<DutyLine> Lines)
{
    public const int Shown = 14;

    public bool IsClosed => Holiday is not null || InJapan.Here(Midnight).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    /// <summary>Today and the days after it.</summary>
    /// <param name="person">Only his duty; null: everybody's, and the gaps between.</param>
    public static IReadOnlyList<DutyDay> Of(
        DutyRoster roster, IReadOnlyDictionary<DateOnly, string> holidays, DateTimeOffset now, string? person = null)
    {
        var today = InJapan.Here(InJapan.Midnight(InJapan.Day(now)));
        var spans = RolesOnDuty(roster).SelectMany(role => Of(roster, role, now, today.AddDays(Shown), person)).ToList();
        return
        [
            .. Enumerable.Range(0, Shown).Select(i => today.AddDays(i)).Select(day => new DutyDay(
                day, holidays.GetValueOrDefault(DateOnly.FromDateTime(day.DateTime)),
                [.. spans.Where(s => IsShown(s, day, isFirst: day == today)).OrderBy(s => s.From).Select(s => Line(roster, s, day))])),
        ];
    }

    /// <summary>The roles in which somebody is on duty at some time, or should be.</summary>
    public static IReadOnlyList<string> RolesOnDuty(DutyRoster roster) =>
    [
        .. roster.Holdings.Where(h => h.ByShift).Select(h => h.Role).Concat(roster.Shifts.Select(s => s.Role))
            .Concat(roster.Rotations.Select(r => r.Role)).Concat(roster.Exceptions.Select(e => e.Role)).Distinct(),
    ];

    private static IEnumerable<(string Role, string? Person, DateTimeOffset From, DateTimeOffset Until)> Of(
        DutyRoster roster, string role, DateTimeOffset from, DateTimeOffset until, string? person)
    {
        var spans = roster.DutySpans(role, from, until);
        foreach (var span in spans.Where(s => person is null || s.Person == person)) yield return (role, span.Person, span.From, span.Until);
        if (person is not null || !roster.Holdings.Any(h => h.Role == role && h.ByShift)) yield break;
        var covered = from;
        foreach (var span in spans)
        {
            if (span.From > covered) yield return (role, null, covered, span.From);
            if (span.Until > covered) covered = span.Until;
        }
        if (covered < until) yield return (role, null, covered, until);
    }

    /// <summary>Where it begins, and on later days that it fills for the most part; today also what goes on from yesterday.</summary>
    private static bool IsShown((string Role, string? Person, DateTimeOffset From, DateTimeOffset Until) span, DateTimeOffset day, bool isFirst)
    {
        if (span.From >= day) return span.From < day.AddDays(1);
        return isFirst || span.Until > day.AddHours(12);
    }

    private static DutyLine Line(DutyRoster roster, (string Role, string? Person, DateTimeOffset From, DateTimeOffset Until) span, DateTimeOffset day) => new(
        span.Role, span.Person, span.Person is null ? null : roster.NameOf(span.Person), span.From, span.Until, Time(span.From, span.Until, day),
        roster.Absences.Any(a => a.Person == span.Person && a.From < span.Until && span.From < a.Until));

    /// <summary><c>17:15–翌8:30</c>, <c>終日</c>, <c>(前日から)8:30まで</c>.</summary>
    private static string Time(DateTimeOffset from, DateTimeOffset until, DateTimeOffset day)
    {
        if (from < day) return until >= day.AddDays(1) ? "終日" : $"(前日から){JapanTime.Clock(until)}まで";
        var begins = JapanTime.Clock(from);
        if (until <= day.AddDays(1)) return $"{begins}–{(until == day.AddDays(1) ? "24:00" : JapanTime.Clock(until))}";
        return until < day.AddDays(2) ? $"{begins}–翌{JapanTime.Clock(until)}" : $"{begins}–{JapanTime.Short(until)}";
    }
}
