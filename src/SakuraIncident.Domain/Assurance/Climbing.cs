using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Domain.Assurance;

/// <summary>A call of a ladder that nobody answers.</summary>
/// <param name="After">Time since the incident was opened.</param>
internal sealed record Climbed(TimeSpan After, int Level, string Person);

/// <summary>Who can be called on the rungs of a ladder, at the first moment at which it is so.</summary>
/// <param name="People">In the order in which they are called.</param>
internal sealed record Situation(DateTimeOffset At, string Body, IReadOnlyList<string> People);

/// <summary>
/// How a ladder is climbed by the engine's own rule while nobody answers, for incidents opened at any moment of the days ahead. Who is
/// called next depends on who holds the rungs at the moment of each call, so that it matters how long before an edge of the roster the
/// incident was opened: the edges, and the moments from which some call falls on an edge, stand for all others.
/// </summary>
internal sealed class Climbing
{
    private readonly Ladder ladder;
    private readonly DutyRoster own;
    private readonly DateTimeOffset until;
    private readonly IReadOnlyList<DateTimeOffset> edges;
    private readonly Dictionary<(string Role, string Body), IReadOnlyList<Candidate>?[]> holders = [];
    private readonly IReadOnlyList<string> bodies;

    public Climbing(Ladder ladder, DutyRoster roster, DateTimeOffset from, DateTimeOffset until)
    {
        this.ladder = ladder;
        own = roster.Only([.. ladder.Rungs]);
        this.until = until;
        edges = own.Edges(from, until + (ladder.Acknowledge * (own.People.Count + 1))); // an incident opened at the end calls beyond it
        bodies = [.. own.AlikeBodies().Select(b => b[0])];
        Situations = FindSituations();
    }

    /// <summary>Each different one once, in the order of time.</summary>
    public IReadOnlyList<Situation> Situations { get; }

    /// <summary>All openings that may differ from their neighbours in the first call of the second rung, or in the first so many calls.</summary>
    public IEnumerable<(DateTimeOffset At, string Body)> Openings(int calls)
    {
        var time = TimeSpan.FromTicks(Math.Max(ladder.Within.Ticks + (ladder.Within.Ticks / 10), ladder.Acknowledge.Ticks * calls)) + ladder.Acknowledge;
        foreach (var body in bodies)
            for (var cell = 0; cell < edges.Count; cell++)
            {
                if (cell > 0 && IsSame(cell - 1, cell, body)) continue;
                for (var back = TimeSpan.Zero; back <= time && edges[cell] - back >= edges[0]; back += ladder.Acknowledge)
                    if (edges[cell] - back < until) yield return (edges[cell] - back, body);
            }
    }

    /// <summary>The calls of the engine's own rule, each as the answer time of the one before runs out.</summary>
    public IEnumerable<Climbed> Calls(DateTimeOffset opened, string body)
    {
        var climb = new List<Page>();
        for (var now = opened; ; now += ladder.Acknowledge)
        {
            var cell = CellAt(now);
            var next = Calling.Next(
                ladder.Rungs, climb, new HashSet<string>(), role => Holders(role, body, cell), now, ladder.Acknowledge, ladder.Within, again: false);
            if (next.Call is not { } call) yield break;
            climb.Add(new Page(
                $"p{climb.Count + 1}", "ladder", call.Role, call.Candidate.Person, call.Candidate.ActingFor, call.Level, PageState.Unanswered, now, now, false));
            yield return new Climbed(now - opened, call.Level, call.Candidate.Person);
        }
    }

    private IReadOnlyList<Situation> FindSituations()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var situations = new List<Situation>();
        for (var cell = 0; cell < edges.Count && edges[cell] < until; cell++)
            foreach (var body in bodies)
            {
                var rungs = ladder.Rungs.Select(role => Holders(role, body, cell)).ToList();
                if (seen.Add(string.Join('/', rungs.Select(rung => string.Join(',', rung.Select(c => c.Person))))))
                    situations.Add(new Situation(edges[cell], body, [.. rungs.SelectMany(rung => rung).Select(c => c.Person).Distinct()]));
            }
        return situations;
    }

    private bool IsSame(int a, int b, string body) =>
        ladder.Rungs.All(role => Holders(role, body, a).Select(c => c.Person).SequenceEqual(Holders(role, body, b).Select(c => c.Person)));

    /// <summary>The number of the last edge that is not after a moment.</summary>
    private int CellAt(DateTimeOffset at)
    {
        var (low, high) = (0, edges.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (edges[middle] <= at) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    private IReadOnlyList<Candidate> Holders(string role, string body, int cell)
    {
        if (!holders.TryGetValue((role, body), out var byCell)) holders[(role, body)] = byCell = new IReadOnlyList<Candidate>?[edges.Count];
        return byCell[cell] ??= own.WhoHolds(role, body, edges[cell]);
    }
}
