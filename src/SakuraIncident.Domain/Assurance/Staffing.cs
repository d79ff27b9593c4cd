using System.Globalization;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Domain.Assurance;

/// <summary>
/// For every role that a step or a ladder names, every body and every minute of the days ahead, somebody who can be called holds it.
/// Between two edges of the roster nothing changes, so the edges suffice.
/// </summary>
internal static class Staffing
{
    public static IEnumerable<PlanFinding> Check(EmergencyPlan plan, DutyRoster roster, DateTimeOffset from, DateTimeOffset until)
    {
        foreach (var role in RolesIn(plan))
        {
            var own = roster.Only(role);
            var edges = own.Edges(from, until).Append(until).ToList();
            var gaps = Vocabulary.Bodies.Select(b => (b.Title, Gaps: Gaps(own, role, b.Id, edges))).Where(b => b.Gaps.Count > 0).ToList();
            foreach (var same in gaps.GroupBy(g => string.Join(';', g.Gaps)))
                yield return new(
                    "role-not-held", new Subject(Role: role),
                    $"役割「{Vocabulary.TitleOf(Vocabulary.Roles, role)}」（{role}）を受け持ち、連絡のつく人がいません{For(same.Select(g => g.Title).ToList())}: {Say(same.First().Gaps, until)}。");
        }
    }

    /// <summary>Roles that somebody must hold; the lead is whoever answers first.</summary>
    private static IEnumerable<string> RolesIn(EmergencyPlan plan) =>
        plan.Ladders.Values.SelectMany(l => l.Rungs).Concat(plan.Playbooks.Values.SelectMany(p => p.Steps).Select(s => s.Role))
            .Where(r => r != "lead").Distinct();

    private static List<(DateTimeOffset From, DateTimeOffset Until)> Gaps(DutyRoster own, string role, string body, IReadOnlyList<DateTimeOffset> edges)
    {
        var gaps = new List<(DateTimeOffset From, DateTimeOffset Until)>();
        for (var i = 0; i + 1 < edges.Count; i++)
        {
            if (own.WhoHolds(role, body, edges[i]).Count > 0) continue;
            if (gaps.Count > 0 && gaps[^1].Until == edges[i]) gaps[^1] = (gaps[^1].From, edges[i + 1]);
            else gaps.Add((edges[i], edges[i + 1]));
        }
        return gaps;
    }

    private static string For(IReadOnlyList<string> bodies) =>
        bodies.Count == Vocabulary.Bodies.Count ? "" : $"（{string.Join("、", bodies)}）";

    private static string Say(IReadOnlyList<(DateTimeOffset From, DateTimeOffset Until)> gaps, DateTimeOffset until)
    {
        var next = gaps[0]; // the first to come is the first to mend
        var first = $"{Moment(next.From)}から{(next.Until == until ? "先ずっと" : $"{Moment(next.Until)}まで")}";
        return gaps.Count == 1 ? first : string.Create(CultureInfo.InvariantCulture, $"{first}、ほか{gaps.Count - 1}回");
    }

    internal static string Moment(DateTimeOffset at)
    {
        var here = InJapan.Here(at);
        return string.Create(CultureInfo.InvariantCulture, $"{here.Month}/{here.Day}({InJapan.Weekday(here.DayOfWeek)}) {here:HH:mm}");
    }
}
