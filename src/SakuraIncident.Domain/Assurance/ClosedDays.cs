using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Assurance;

/// <summary>
/// The holidays of the years in which a date may fall are all there: the sixteen of the law (国民の祝日に関する法律2条), and those that
/// follow from them (3条): a holiday on a Sunday moves to the next day that is none, and a day between two holidays is one.
/// </summary>
internal static class ClosedDays
{
    private const int InLaw = 16;

    /// <summary>The longest term of a duty, and the closed days after it.</summary>
    private const int LongestTerm = 75;

    public static IEnumerable<PlanFinding> Check(EmergencyPlan plan, DateTimeOffset from, DateTimeOffset until)
    {
        var closed = plan.Calendar.Holidays;
        var byLaw = closed.Where(d => !IsTurnOfYear(d.Key) && !d.Value.Contains("休日", StringComparison.Ordinal)).Select(d => d.Key).ToHashSet();
        for (var year = InJapan.Day(from).Year; year <= InJapan.Day(until).AddDays(LongestTerm).Year; year++)
        {
            var known = byLaw.Where(d => d.Year == year).Order().ToList();
            if (known.Count < InLaw)
                yield return new(
                    "holidays-missing", new Subject(Year: year),
                    $"{year}年の祝日が{known.Count}日しかありません（法律では{InLaw}日）。報告の期限を正しく数えられません。");
            foreach (var missing in known.SelectMany(d => Following(byLaw, d)).Where(d => !closed.ContainsKey(d)))
                yield return new(
                    "holidays-missing", new Subject(Year: year),
                    $"{missing.Year}年{missing.Month}月{missing.Day}日は休日になるはずですが、書かれていません（振替休日か、祝日に挟まれた国民の休日）。");
        }
    }

    /// <summary>The days that are closed because this one is a holiday; Saturdays and Sundays are closed anyhow.</summary>
    private static IEnumerable<DateOnly> Following(HashSet<DateOnly> byLaw, DateOnly day)
    {
        if (day.DayOfWeek == DayOfWeek.Sunday)
        {
            var substitute = day.AddDays(1);
            while (byLaw.Contains(substitute)) substitute = substitute.AddDays(1);
            yield return substitute;
        }
        if (day.AddDays(1) is { DayOfWeek: not (DayOfWeek.Saturday or DayOfWeek.Sunday) } between && !byLaw.Contains(between) && byLaw.Contains(day.AddDays(2)))
            yield return between;
    }

    private static bool IsTurnOfYear(DateOnly day) => day is { Month: 12, Day: >= 29 } or { Month: 1, Day: 2 or 3 };
}
