using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Domain.Escalation;

public enum PageState { Calling, Acknowledged, Declined, Unanswered, Withdrawn }

/// <summary>招集: one call to one person.</summary>
/// <param name="Purpose">Why: <c>ladder</c>, <c>reopened:VERSION</c>, <c>step:ID</c>, <c>quiet:PAGE</c>, or <c>call:N</c> for one made by hand.</param>
/// <param name="Role">The role he is called in; null where a person was called by name.</param>
/// <param name="Level">The rung, from 1; a deputy has the level of his rung.</param>
public sealed record Page(
    string Id, string Purpose, string? Role, string Person, string? ActingFor, int Level, PageState State, DateTimeOffset CalledAt,
    DateTimeOffset? AnsweredAt, bool NothingHappenedSince);

/// <summary>Who is called next, after passing over rungs that nobody holds.</summary>
/// <param name="Passed">Rungs passed at once, with the reason in Japanese.</param>
/// <param name="Call">Null: the ladder is exhausted, and nobody has answered.</param>
public sealed record NextCall(IReadOnlyList<(int Level, string Role, string Reason)> Passed, (int Level, string Role, Candidate Candidate)? Call);

/// <summary>上申: climbing a list of rungs. Within a rung the holder, then his deputies in order.</summary>
public static class Calling
{
    /// <param name="rungs">Role ids, the first called first.</param>
    /// <param name="climb">All calls so far with the same purpose, oldest first.</param>
    /// <param name="busy">People who are being called for this incident at this moment: nobody is called twice at once.</param>
    /// <param name="holders">Who may be called for a role now, in order.</param>
    /// <param name="acknowledge">Time a call waits. <paramref name="within"/>: time a rung may take.</param>
    /// <param name="again">The ladder was exhausted before: call the last rung once more, whoever was called longest ago first.</param>
    public static NextCall Next(
        IReadOnlyList<string> rungs, IReadOnlyList<Page> climb, IReadOnlySet<string> busy,
        Func<string, IReadOnlyList<Candidate>> holders, DateTimeOffset now, TimeSpan acknowledge, TimeSpan within, bool again)
    {
        var passed = new List<(int, string, string)>();
        if (again) return new NextCall(passed, CallAgain(rungs, climb, busy, holders));

        var present = climb.Count == 0 ? 1 : climb.Max(p => p.Level);
        var called = climb.Select(p => p.Person).ToHashSet();
        for (var level = present; level <= rungs.Count; level++)
        {
            var candidates = holders(rungs[level - 1]);
            var free = candidates.FirstOrDefault(c => !called.Contains(c.Person) && !busy.Contains(c.Person));
            var isLast = level == rungs.Count;
            if (free is not null && (isLast || level > present || HasTime(climb, level, now, acknowledge, within)))
                return new NextCall(passed, (level, rungs[level - 1], free));
            if (!climb.Any(p => p.Level == level)) passed.Add((level, rungs[level - 1], WhyPassed(candidates)));
        }
        return new NextCall(passed, null);
    }

    private static (int, string, Candidate)? CallAgain(
        IReadOnlyList<string> rungs, IReadOnlyList<Page> climb, IReadOnlySet<string> busy, Func<string, IReadOnlyList<Candidate>> holders)
    {
        for (var level = rungs.Count; level >= 1; level--)
        {
            var next = holders(rungs[level - 1]).Where(c => !busy.Contains(c.Person))
                .OrderBy(c => climb.LastOrDefault(p => p.Person == c.Person)?.CalledAt ?? DateTimeOffset.MinValue)
                .FirstOrDefault();
            if (next is not null) return (level, rungs[level - 1], next);
        }
        return null;
    }

    /// <summary>One more call on this rung may be answered before the next rung is due; a tenth of the rung's time is forgiven.</summary>
    private static bool HasTime(IReadOnlyList<Page> climb, int level, DateTimeOffset now, TimeSpan acknowledge, TimeSpan within)
    {
        var began = climb.Where(p => p.Level == level).Select(p => p.CalledAt).DefaultIfEmpty(now).Min();
        return now + acknowledge <= began + within + TimeSpan.FromTicks(within.Ticks / 10);
    }

    private static string WhyPassed(IReadOnlyList<Candidate> candidates) =>
        candidates.Count == 0 ? "連絡できる担当者がいないため、次の段へ進みました。" : "担当者は既に招集済みのため、次の段へ進みました。";
}
