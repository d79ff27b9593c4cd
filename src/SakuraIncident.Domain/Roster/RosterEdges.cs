namespace SakuraIncident.Domain.Roster;

/// <summary>The moments at which who holds a role may change: between two of them nothing does.</summary>
public static class RosterEdges
{
    /// <summary>The part of a roster that decides who holds these roles.</summary>
    public static DutyRoster Only(this DutyRoster roster, params string[] roles)
    {
        var holdings = roster.Holdings.Where(h => roles.Contains(h.Role)).ToList();
        var shifts = roster.Shifts.Where(s => roles.Contains(s.Role)).ToList();
        var people = holdings.SelectMany(h => h.Holders.Concat(h.Deputies)).Concat(shifts.Select(s => s.Person)).ToHashSet(StringComparer.Ordinal);
        return roster with { Holdings = holdings, Shifts = shifts, Absences = [.. roster.Absences.Where(a => people.Contains(a.Person))] };
    }

    /// <summary>The beginning, and every edge after it and before the end, in order.</summary>
    public static IReadOnlyList<DateTimeOffset> Edges(this DutyRoster roster, DateTimeOffset from, DateTimeOffset until)
    {
        var edges = new SortedSet<DateTimeOffset> { from };
        var first = InJapan.Day(from).AddDays(-1);
        var last = InJapan.Day(until);
        foreach (var (days, begins, ends, starts, stops) in roster.Shifts.Select(s => (s.Days, s.From, s.To, s.Starts, s.Ends)).Distinct())
            for (var day = first; day <= last; day = day.AddDays(1))
            {
                if (!days.Contains(day.DayOfWeek) || day < starts || day > stops) continue;
                Add(InJapan.At(day, begins));
                Add(InJapan.At(ends > begins ? day : day.AddDays(1), ends));
            }
        foreach (var holding in roster.Holdings)
        {
            if (holding.From is { } begins) Add(InJapan.At(begins, TimeOnly.MinValue));
            if (holding.Until is { } ends) Add(InJapan.At(ends.AddDays(1), TimeOnly.MinValue));
        }
        foreach (var absence in roster.Absences)
        {
            Add(absence.From);
            Add(absence.Until);
        }
        return [.. edges];

        void Add(DateTimeOffset moment)
        {
            if (moment > from && moment < until) edges.Add(moment);
        }
    }
}
