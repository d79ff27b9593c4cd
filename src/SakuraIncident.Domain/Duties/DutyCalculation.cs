using System.Globalization;
using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Duties;

/// <summary>A duty that the facts ask for, with plan moments and the reason for its date in Japanese.</summary>
public sealed record DutyDue(string Id, string Title, DateTimeOffset KnownAt, DateTimeOffset DueAt, DateTimeOffset? WarnAt, string How);

/// <summary>Which reporting duties the facts ask for, and until when: a pure function of facts, rules in force and calendar.</summary>
public static class DutyCalculation
{
    /// <summary>A duty counted by the clock warns when a quarter of its time is left.</summary>
    private const double WarnedAfter = 0.75;

    /// <param name="knownAtById">Duties that run already keep their clock.</param>
    public static IReadOnlyList<DutyDue> Of(
        EmergencyPlan plan, Facts facts, DateTimeOffset openedAt, DateTimeOffset now, IReadOnlyDictionary<string, DateTimeOffset> knownAtById)
    {
        return plan.Duties.GroupBy(rule => rule.Id).Select(InForce).OfType<DutyRule>().Where(rule => rule.When.Holds(facts))
            .Select(rule => Due(rule, plan.Calendar, facts, KnownAt(rule)))
            .ToList();

        // The text that was in force on the day of knowing judges the case, though it has changed since; before the first there was no duty.
        DutyRule? InForce(IEnumerable<DutyRule> versions)
        {
            var known = versions.Where(rule => rule.EffectiveFrom <= InJapan.Day(now)).OrderBy(rule => rule.EffectiveFrom).ToList();
            return known.LastOrDefault(rule => rule.EffectiveFrom <= InJapan.Day(KnownAt(rule)));
        }

        DateTimeOffset KnownAt(DutyRule rule) =>
            knownAtById.TryGetValue(rule.Id, out var running) ? running : Begins(rule, facts, openedAt, now);
    }

    private static DateTimeOffset Begins(DutyRule rule, Facts facts, DateTimeOffset openedAt, DateTimeOffset now)
    {
        if (rule.When.AsksForPersonalData) return facts.PersonalData?.KnownAt ?? now;
        return rule.When == Condition.Always ? openedAt : now;
    }

    private static DutyDue Due(DutyRule rule, BusinessCalendar calendar, Facts facts, DateTimeOffset knownAt)
    {
        var isLonger = rule.LongerTerm is not null && rule.LongerWhen?.Holds(facts) == true;
        var term = isLonger ? rule.LongerTerm! : rule.Term;
        if (term.Day is not { } number)
        {
            var time = term.Clock![facts.Severity];
            return new DutyDue(rule.Id, rule.Title, knownAt, knownAt + time, knownAt + (time * WarnedAfter), $"{WhyStarted.By(rule.When, facts)}。{Moment(knownAt)}から{Length(time)}以内。({rule.Source})");
        }
        var first = InJapan.Day(knownAt);
        var last = first.AddDays(number - 1);
        var due = term.Rolls ? calendar.NextOpenDay(last) : last;
        var why = $"{WhyStarted.By(rule.When, facts)}。{first.Year}/{Date(first, first)}に知った。その日を1日目として{number}日目は{Date(last, first)}"
            + (isLonger ? "(不正の目的のおそれがあるため延長)" : "")
            + (due != last ? $"。{calendar.WhyClosed(last)}のため、次の開庁日の{Date(due, first)}" : "")
            + (term.Rolls ? "" : "。休日による延長はありません")
            + $"。({rule.Source})";
        return new DutyDue(
            rule.Id, rule.Title, knownAt, EndOf(due), rule.Warn is { } warn && warn < number ? EndOf(first.AddDays(warn - 1)) : null, why);
    }

    /// <summary>The same or the next day on which the state's offices are open.</summary>
    public static DateOnly NextOpenDay(this BusinessCalendar calendar, DateOnly day)
    {
        while (calendar.WhyClosed(day) is not null) day = day.AddDays(1);
        return day;
    }

    /// <summary>Why a day is closed (行政機関の休日に関する法律1条); null: it is open.</summary>
    public static string? WhyClosed(this BusinessCalendar calendar, DateOnly day)
    {
        if (calendar.Holidays.TryGetValue(day, out var holiday)) return $"祝日({holiday})";
        if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) return "土曜・日曜";
        return day is { Month: 12, Day: >= 29 } or { Month: 1, Day: <= 3 } ? "年末年始の閉庁日" : null;
    }

    private static DateTimeOffset EndOf(DateOnly day) => InJapan.At(day, new TimeOnly(23, 59, 59));

    /// <summary>The year is said where it is not the one in which the clock started.</summary>
    private static string Date(DateOnly day, DateOnly start) => string.Create(
        CultureInfo.InvariantCulture, $"{(day.Year == start.Year ? "" : $"{day.Year}/")}{day.Month}/{day.Day}({InJapan.Weekday(day.DayOfWeek)})");

    private static string Moment(DateTimeOffset moment) => string.Create(
        CultureInfo.InvariantCulture, $"{Date(InJapan.Day(moment), InJapan.Day(moment))} {InJapan.Here(moment):HH:mm}");

    private static string Length(TimeSpan time) => time.TotalHours >= 1 && time.Minutes == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}時間")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}分");
}
