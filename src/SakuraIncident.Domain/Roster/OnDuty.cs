namespace SakuraIncident.Domain.Roster;

/// <summary>当番 of someone in a role, from, until (exclusive).</summary>
public sealed record DutySpan(string Role, string Person, DateTimeOffset From, DateTimeOffset Until);

/// <summary>Who is on duty: the weekly patterns and the rotations, then what was changed, then what was traded.</summary>
public static partial class RosterAtMoment
{
    /// <summary>Who is on duty, absent people included.</summary>
    public static IReadOnlyList<string> OnDuty(this DutyRoster roster, string role, DateTimeOffset at)
    {
        var changed = roster.Exceptions.Where(e => e.Role == role && e.From <= at && at < e.Until).Select(e => e.Person).ToList();
        var people = changed.Count > 0
            ? changed
            : roster.Shifts.Where(s => s.Role == role && Covers(s, at)).Select(s => s.Person)
                .Concat(roster.Rotations.Where(r => r.Role == role).Select(r => TurnAt(r, at)?.Person).OfType<string>()).ToList();
        return Traded(roster, role, people, at);
    }

    /// <summary>The role is held by duty, and nobody on duty can be called.</summary>
    public static bool IsDutyVacant(this DutyRoster roster, string role, string body, DateTimeOffset at) =>
        roster.HoldingsAt(role, body, at).Any(h => h.ByShift) && !roster.OnDuty(role, at).Any(p => roster.CanBeCalled(p, at));

    /// <summary>All duty in a role that overlaps a span, in order of time. A duty is told whole, though it begin before or end after.</summary>
    public static IReadOnlyList<DutySpan> DutySpans(this DutyRoster roster, string role, DateTimeOffset from, DateTimeOffset until)
    {
        var spans = roster.Shifts.Where(s => s.Role == role).SelectMany(s => Occurrences(s, from, until))
            .Concat(roster.Rotations.Where(r => r.Role == role).SelectMany(r => Turns(r, from, until))).ToList();
        var changes = roster.Exceptions.Where(e => e.Role == role && e.From < until && from < e.Until).ToList();
        foreach (var change in changes) spans = [.. spans.SelectMany(s => Without(s, change.From, change.Until))];
        spans.AddRange(changes.Select(c => new DutySpan(role, c.Person, c.From, c.Until)));
        foreach (var swap in roster.Swaps.Where(s => s.Role == role && s.From < until && from < s.Until))
            spans = [.. spans.SelectMany(s => After(swap, s))];
        return [.. spans.Where(s => s.From < until && from < s.Until).Distinct().OrderBy(s => s.From).ThenBy(s => s.Person, StringComparer.Ordinal)];
    }

    private static IReadOnlyList<string> OnDutyByException(this DutyRoster roster, string role, DateTimeOffset at) =>
        roster.Exceptions.Any(e => e.Role == role && e.From <= at && at < e.Until) ? roster.OnDuty(role, at) : [];

    /// <summary>The roles in which someone may be on duty at some time.</summary>
    public static IEnumerable<string> RolesOnDuty(this DutyRoster roster, string person) =>
        roster.Shifts.Where(s => s.Person == person).Select(s => s.Role)
            .Concat(roster.Rotations.Where(r => r.People.Contains(person)).Select(r => r.Role))
            .Concat(roster.Exceptions.Where(e => e.Person == person).Select(e => e.Role))
            .Concat(roster.Swaps.Where(s => s.Person == person || s.With == person).Select(s => s.Role)).Distinct();

    private static List<string> Traded(DutyRoster roster, string role, IEnumerable<string> people, DateTimeOffset at)
    {
        foreach (var swap in roster.Swaps.Where(s => s.Role == role && s.From <= at && at < s.Until))
            people = people.Select(p => Other(swap, p)).ToList();
        return [.. people.Distinct()];
    }

    private static string Other(Swap swap, string person) => person == swap.Person ? swap.With : person == swap.With ? swap.Person : person;

    private static IEnumerable<DutySpan> After(Swap swap, DutySpan span)
    {
        if (Other(swap, span.Person) == span.Person || swap.Until <= span.From || span.Until <= swap.From) return [span];
        var traded = span with { Person = Other(swap, span.Person), From = Later(span.From, swap.From), Until = Earlier(span.Until, swap.Until) };
        return Without(span, swap.From, swap.Until).Append(traded);
    }

    /// <summary>What is left of a duty outside of a span: nothing, one part, or two.</summary>
    private static IEnumerable<DutySpan> Without(DutySpan span, DateTimeOffset from, DateTimeOffset until)
    {
        if (until <= span.From || span.Until <= from)
        {
            yield return span;
            yield break;
        }
        if (span.From < from) yield return span with { Until = from };
        if (until < span.Until) yield return span with { From = until };
    }

    private static bool Covers(Shift shift, DateTimeOffset at)
    {
        var today = InJapan.Day(at);
        return Covers(shift, today, at) || Covers(shift, today.AddDays(-1), at);
    }

    /// <summary>The duty that begins on that day covers the moment; it ends the next day where its end is not after its beginning.</summary>
    private static bool Covers(Shift shift, DateOnly day, DateTimeOffset at)
    {
        if (!BeginsOn(shift, day)) return false;
        var (begins, ends) = InJapan.Span(day, shift.From, shift.To);
        return begins <= at && at < ends;
    }

    private static bool BeginsOn(Shift shift, DateOnly day) => shift.Days.Contains(day.DayOfWeek) && !(day < shift.Starts) && !(day > shift.Ends);

    private static IEnumerable<DutySpan> Occurrences(Shift shift, DateTimeOffset from, DateTimeOffset until)
    {
        for (var day = InJapan.Day(from).AddDays(-1); day <= InJapan.Day(until); day = day.AddDays(1))
        {
            if (!BeginsOn(shift, day)) continue;
            var (begins, ends) = InJapan.Span(day, shift.From, shift.To);
            yield return new DutySpan(shift.Role, shift.Person, begins, ends);
        }
    }

    private static DutySpan? TurnAt(Rotation rotation, DateTimeOffset at)
    {
        var first = InJapan.At(rotation.Starts, rotation.Handover);
        return at < first ? null : Turn(rotation, (int)((at - first).Ticks / (rotation.Days * TimeSpan.TicksPerDay)));
    }

    /// <summary>The turn of a number, from 0; null after the end.</summary>
    private static DutySpan? Turn(Rotation rotation, int number)
    {
        var begins = rotation.Starts.AddDays(number * rotation.Days);
        return rotation.Ends is { } last && begins > last
            ? null
            : new DutySpan(
                rotation.Role, rotation.People[number % rotation.People.Count], InJapan.At(begins, rotation.Handover),
                InJapan.At(begins.AddDays(rotation.Days), rotation.Handover));
    }

    private static IEnumerable<DutySpan> Turns(Rotation rotation, DateTimeOffset from, DateTimeOffset until)
    {
        var first = InJapan.At(rotation.Starts, rotation.Handover);
        for (var number = (int)Math.Max(0, (from - first).Ticks / (rotation.Days * TimeSpan.TicksPerDay)); Turn(rotation, number) is { } turn && turn.From < until; number++)
            yield return turn;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
