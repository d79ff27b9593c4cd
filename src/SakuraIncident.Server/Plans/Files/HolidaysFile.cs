using System.Globalization;
using SakuraIncident.Domain.Duties;

namespace SakuraIncident.Server.Plans.Files;

/// <summary>
/// holidays.yaml: the days announced each year, and the days at the turn of the year, which are a rule. Both calendars hold
/// every closed day that is not a Saturday or Sunday by itself.
/// </summary>
internal static class HolidaysFile
{
    public static BusinessCalendar Read(Fields root, PlanPlaces places)
    {
        var state = ReadDays(root, "national", required: true, places);
        var city = ReadDays(root, "city", required: false, places);
        if (root.Map("yearEnd", required: true) is { } turn)
        {
            var title = turn.Text("title", required: true, longest: 40) ?? "";
            var from = Day(turn, "from");
            var to = Day(turn, "to");
            turn.RefuseTheRest();
            foreach (var year in state.Keys.Select(d => d.Year).Distinct().ToList())
                if (from is { } first && to is { } last) AddTurn(state, year, first, last, title);
        }

        root.RefuseTheRest();
        foreach (var (day, title) in state) city.TryAdd(day, title);
        return new BusinessCalendar(state, city);
    }

    private static SortedDictionary<DateOnly, string> ReadDays(Fields root, string key, bool required, PlanPlaces places)
    {
        var days = new SortedDictionary<DateOnly, string>();
        if (root.Map(key, required) is not { } list) return days;
        foreach (var text in list.Keys)
        {
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                list.Problem(list.LineOf(text), $"「{text}」は 2026-04-29 のような暦にある日付で書いてください。");
            else if (list.Text(text, longest: 40) is { } title) days[day] = title;
            if (day != default) places.AddDay(list, text, day.Year);
        }

        return days;
    }

    private static (int Month, int Day)? Day(Fields turn, string key)
    {
        if (turn.Text(key, required: true) is not { } text) return null;
        if (DateOnly.TryParseExact($"2001-{text}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return (day.Month, day.Day);
        turn.Problem(turn.LineOf(key), $"「{key}: {text}」は 12-29 のような月日で書いてください。");
        return null;
    }

    private static void AddTurn(
        SortedDictionary<DateOnly, string> days, int year, (int Month, int Day) first, (int Month, int Day) last, string title)
    {
        for (var day = new DateOnly(year, first.Month, first.Day); day.Year == year; day = day.AddDays(1)) days.TryAdd(day, title);
        for (var day = new DateOnly(year, 1, 1); day <= new DateOnly(year, last.Month, last.Day); day = day.AddDays(1)) days.TryAdd(day, title);
    }
}
