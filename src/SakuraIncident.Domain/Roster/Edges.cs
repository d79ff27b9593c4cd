namespace SakuraIncident.Domain.Roster;

/// <summary>When who holds a role may become another.</summary>
public static partial class RosterAtMoment
{
    private static readonly DayOfWeek[] EveryDay = Enum.GetValues<DayOfWeek>();

    /// <summary>The part of a roster that decides who holds these roles.</summary>
    public static DutyRoster Only(this DutyRoster roster, params string[] roles)
    {
        var own = roster with
        {
            Holdings = [.. roster.Holdings.Where(h => roles.Contains(h.Role))],
            Shifts = [.. roster.Shifts.Where(s => roles.Contains(s.Role))],
            Rotations = [.. roster.Rotations.Where(r => roles.Contains(r.Role))],
            Exceptions = [.. roster.Exceptions.Where(e => roles.Contains(e.Role))],
            Swaps = [.. roster.Swaps.Where(s => roles.Contains(s.Role))],
        };
        var named = own.Holdings.SelectMany(h => h.Holders.Concat(h.Deputies)).Concat(own.Shifts.Select(s => s.Person))
            .Concat(own.Rotations.SelectMany(r => r.People)).Concat(own.Exceptions.Select(e => e.Person))
            .Concat(own.Swaps.SelectMany(s => new[] { s.Person, s.With })).ToHashSet(StringComparer.Ordinal);
        return own with
        {
            People = roster.People.Where(p => named.Contains(p.Key)).ToDictionary(StringComparer.Ordinal),
            Absences = [.. roster.Absences.Where(a => named.Contains(a.Person))],
        };
    }

    /// <summary>
    /// The beginning, and all moments before the end at which anybody's holding, term as deputy, duty, absence or quiet hours begin or
    /// end: between two neighbours <see cref="WhoHolds"/> answers the same for every role. Ascending, each once, in UTC.
    /// </summary>
    public static IReadOnlyList<DateTimeOffset> Edges(this DutyRoster roster, DateTimeOffset from, DateTimeOffset until)
    {
        var edges = new SortedSet<DateTimeOffset> { from.ToUniversalTime() };
        foreach (var (first, last) in Terms(roster).Distinct())
        {
            if (first is { } begins) Add(InJapan.Midnight(begins));
            if (last is { } ends) Add(InJapan.Midnight(ends.AddDays(1)));
        }
        // Many people share a few times of day: each pattern is walked once.
        foreach (var daily in Patterns(roster).Distinct()) AddDaily(daily);
        foreach (var rotation in roster.Rotations)
            foreach (var turn in Turns(rotation, from, until)) AddSpan(turn.From, turn.Until);
        foreach (var absence in roster.Absences) AddSpan(absence.From, absence.Until);
        foreach (var change in roster.Exceptions) AddSpan(change.From, change.Until);
        foreach (var swap in roster.Swaps) AddSpan(swap.From, swap.Until);
        return [.. edges];

        void Add(DateTimeOffset at)
        {
            if (from < at && at < until) edges.Add(at.ToUniversalTime());
        }

        void AddSpan(DateTimeOffset begins, DateTimeOffset ends)
        {
            Add(begins);
            Add(ends);
        }

        void AddDaily(Pattern pattern)
        {
            for (var day = InJapan.Day(from).AddDays(-1); day <= InJapan.Day(until); day = day.AddDays(1))
            {
                if (!pattern.HasDay(day.DayOfWeek) || day < pattern.Starts || day > pattern.Ends) continue;
                var (begins, ends) = InJapan.Span(day, pattern.From, pattern.To);
                AddSpan(begins, ends);
            }
        }
    }

    private static IEnumerable<(DateOnly? From, DateOnly? Until)> Terms(DutyRoster roster) => roster.Holdings
        .SelectMany(h => h.Terms.Select(t => (t.From, t.Until)).Append((h.From, h.Until)));

    private static IEnumerable<Pattern> Patterns(DutyRoster roster) => roster.Shifts
        .Select(s => Pattern.Of(s.Days, s.From, s.To, s.Starts, s.Ends))
        .Concat(roster.People.Values.Select(p => p.Quiet).OfType<QuietHours>().Select(q => Pattern.Of(EveryDay, q.From, q.To, null, null)));

    /// <param name="Days">A bit for each day of the week, so that equal patterns are equal.</param>
    private sealed record Pattern(int Days, TimeOnly From, TimeOnly To, DateOnly? Starts, DateOnly? Ends)
    {
        public static Pattern Of(IEnumerable<DayOfWeek> days, TimeOnly from, TimeOnly to, DateOnly? starts, DateOnly? ends) =>
            new(days.Aggregate(0, (bits, day) => bits | (1 << (int)day)), from, to, starts, ends);

        public bool HasDay(DayOfWeek day) => (Days & (1 << (int)day)) != 0;
    }
}
