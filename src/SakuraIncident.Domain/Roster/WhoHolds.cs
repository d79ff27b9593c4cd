namespace SakuraIncident.Domain.Roster;

/// <summary>Who holds a role at a moment. Days and times are Japan's.</summary>
public static class RosterAtMoment
{
    /// <summary>Whom to call for a role, in order: who is on duty, the holders, the deputies; absent and unreachable people left out.</summary>
    public static IReadOnlyList<Candidate> WhoHolds(this DutyRoster roster, string role, string body, DateTimeOffset at)
    {
        var candidates = new List<Candidate>();
        foreach (var holding in roster.HoldingsAt(role, body, at))
        {
            if (holding.ByShift)
                foreach (var person in roster.OnDuty(role, at)) Add(person, null);
            foreach (var person in holding.Holders) Add(person, null);
            foreach (var person in holding.Deputies) Add(person, holding.Holders.Count > 0 ? holding.Holders[0] : null);
        }
        return candidates;

        void Add(string person, string? actingFor)
        {
            if (roster.CanBeCalled(person, at) && candidates.All(c => c.Person != person)) candidates.Add(new Candidate(person, actingFor));
        }
    }

    /// <summary>Who is on duty by the weekly pattern, absent people included.</summary>
    public static IReadOnlyList<string> OnDuty(this DutyRoster roster, string role, DateTimeOffset at) =>
        roster.Shifts.Where(s => s.Role == role && Covers(s, at)).Select(s => s.Person).Distinct().ToList();

    /// <summary>The roles whose authority a person has: as holder, on duty, or as deputy while every holder is absent (職務代行).</summary>
    public static IReadOnlySet<string> RolesOf(this DutyRoster roster, string person, DateTimeOffset at)
    {
        var roles = roster.Shifts.Where(s => s.Person == person && Covers(s, at)).Select(s => s.Role).ToHashSet();
        foreach (var holding in roster.Holdings.Where(h => IsValid(h, at)))
        {
            if (holding.Holders.Contains(person)) roles.Add(holding.Role);
            if (holding.Deputies.Contains(person) && holding.Holders.All(h => roster.IsAbsent(h, at))) roles.Add(holding.Role);
        }
        return roles;
    }

    public static bool IsAbsent(this DutyRoster roster, string person, DateTimeOffset at) =>
        roster.Absences.Any(a => a.Person == person && a.From <= at && at < a.Until);

    private static bool CanBeCalled(this DutyRoster roster, string person, DateTimeOffset at) =>
        roster.People.TryGetValue(person, out var known) && !roster.IsAbsent(person, at)
        && known.Channels.Any(c => c.Kind == "product" ? !known.External : !string.IsNullOrWhiteSpace(c.Address));

    /// <summary>The body's own holding before one for all bodies.</summary>
    private static IEnumerable<RoleHolding> HoldingsAt(this DutyRoster roster, string role, string body, DateTimeOffset at) => roster.Holdings
        .Where(h => h.Role == role && (h.Body is null || h.Body == body) && IsValid(h, at)).OrderBy(h => h.Body is null);

    private static bool IsValid(RoleHolding holding, DateTimeOffset at)
    {
        var day = InJapan.Day(at);
        return (holding.From is not { } from || from <= day) && (holding.Until is not { } until || day <= until);
    }

    private static bool Covers(Shift shift, DateTimeOffset at)
    {
        var here = InJapan.Here(at).DateTime;
        return CoversFrom(shift, DateOnly.FromDateTime(here), here) || CoversFrom(shift, DateOnly.FromDateTime(here).AddDays(-1), here);
    }

    /// <summary>The duty that begins on that day covers the moment; it ends the next day where its end is not after its beginning.</summary>
    private static bool CoversFrom(Shift shift, DateOnly day, DateTime here)
    {
        if (!shift.Days.Contains(day.DayOfWeek) || day < shift.Starts || day > shift.Ends) return false;
        var begins = day.ToDateTime(shift.From);
        var ends = (shift.To > shift.From ? day : day.AddDays(1)).ToDateTime(shift.To);
        return begins <= here && here < ends;
    }
}
