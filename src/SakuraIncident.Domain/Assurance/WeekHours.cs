using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Domain.Assurance;

/// <summary>An hour of the week in Japan, over all weeks ahead.</summary>
/// <param name="Fewest">The least number of people who could be called one after the other for a critical incident, in any body.</param>
/// <param name="At">When that is.</param>
public sealed record WeekHour(DayOfWeek Day, int Hour, int Fewest, DateTimeOffset At);

/// <summary>Who could be called, hour by hour of the week: where a plan is thin.</summary>
public static class WeekHours
{
    /// <summary>168 hours, Monday first, by day and hour.</summary>
    public static IReadOnlyList<WeekHour> Of(EmergencyPlan plan, DutyRoster roster, DateTimeOffset from)
    {
        var until = from + (plan.Limits ?? PlanLimits.Usual).Ahead;
        var rungs = plan.Ladders[Severity.Critical].Rungs;
        var own = roster.Only([.. rungs]);
        var fewest = new Dictionary<(DayOfWeek, int), WeekHour>();
        var edges = own.Edges(from, until);
        for (var i = 0; i < edges.Count; i++)
        {
            var people = Callable(own, rungs, edges[i]);
            var end = i + 1 < edges.Count ? edges[i + 1] : until;
            for (var at = edges[i]; at < end; at = NextHour(at)) Note(at, people);
        }
        return [.. Enumerable.Range(0, 7 * 24).Select(n => ((DayOfWeek)((n / 24 + 1) % 7), n % 24)).Where(fewest.ContainsKey).Select(h => fewest[h])];

        void Note(DateTimeOffset at, int people)
        {
            var here = InJapan.Here(at);
            var hour = (here.DayOfWeek, here.Hour);
            if (!fewest.TryGetValue(hour, out var known) || people < known.Fewest) fewest[hour] = new WeekHour(here.DayOfWeek, here.Hour, people, at);
        }
    }

    private static int Callable(DutyRoster roster, IReadOnlyList<string> rungs, DateTimeOffset at) => Vocabulary.Bodies.Min(body =>
        rungs.SelectMany(role => roster.WhoHolds(role, body.Id, at)).Select(c => c.Person).Distinct().Count());

    private static DateTimeOffset NextHour(DateTimeOffset at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerHour) + TimeSpan.TicksPerHour, at.Offset);
}
