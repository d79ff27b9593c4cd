using System.Globalization;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Domain.Assurance;

/// <summary>How much may fail before a critical incident goes unanswered (threats 4 and 5).</summary>
/// <param name="Fewest">The least number of people whose absence leaves nobody to call.</param>
/// <param name="People">Who they are, in the order in which they would have been called.</param>
/// <param name="At">When that is.</param>
/// <param name="InTime">The people who are called within the plan's limit; if all of them keep silent, the next one is called too late.</param>
/// <param name="Means">The smallest sets of means (電話, 庁内ネットワーク …) whose failure leaves nobody to call; empty: no failure does.</param>
/// <param name="SecondRung">The latest first call of the second rung after opening, over all moments; null: there is no second rung.</param>
public sealed record Endurance(
    int Fewest, IReadOnlyList<string> People, DateTimeOffset At, string Body, IReadOnlyList<string> InTime,
    IReadOnlyList<IReadOnlyList<string>> Means, TimeSpan? SecondRung);

/// <summary>Calls out a grave incident at every moment of the days ahead, with the engine's own ladder, and takes people and means away.</summary>
internal static class Enduring
{
    public static (Endurance Endurance, IReadOnlyList<PlanFinding> Findings) Of(
        EmergencyPlan plan, DutyRoster roster, DateTimeOffset from, DateTimeOffset until)
    {
        var limits = plan.Limits ?? PlanLimits.Usual;
        var findings = new List<PlanFinding>();
        var critical = new Climbing(plan.Ladders[Severity.Critical], roster, from, until);
        var second = TooSlow(Severity.Critical, critical, limits, findings);
        TooSlow(Severity.High, new Climbing(plan.Ladders[Severity.High], roster, from, until), limits, findings);

        var worst = critical.Situations.OrderBy(n => n.People.Count).ThenBy(n => n.At).First();
        if (worst.People.Count <= limits.Absentees)
            findings.Add(new(
                "too-few-people", new Subject(Ladder: Severity.Critical),
                $"{worst.People.Count}人が不在になると、緊急の事案で呼べる人がいません（{Staffing.Moment(worst.At)}、{Vocabulary.TitleOf(Vocabulary.Bodies, worst.Body)}）: "
                + $"{string.Join("、", worst.People.Select(roster.NameOf))}。{limits.Absentees}人まで不在でも届くようにしてください。"));
        var means = FewestMeans(critical.Situations, roster);
        foreach (var set in means.Where(set => set.Count <= limits.Means))
            findings.Add(new(
                "too-few-means", new Subject(Ladder: Severity.Critical),
                $"{string.Join("と", set.Select(Roster.Means.TitleOf))}が止まると、緊急の事案を誰にも知らせられません。ほかの連絡手段を登録してください。"));
        var inTime = critical.Calls(worst.At, worst.Body).Where(c => c.After <= limits.Reach).Select(c => c.Person).Distinct().ToList();
        return (new Endurance(worst.People.Count, worst.People, worst.At, worst.Body, inTime, means, second), findings);
    }

    /// <summary>The latest call of the second rung; and what is found where it, or the call after as many silent people as there may be, comes too late.</summary>
    private static TimeSpan? TooSlow(Severity severity, Climbing climbing, PlanLimits limits, List<PlanFinding> findings)
    {
        var (second, secondAt, nth, nthAt) = ((TimeSpan?)null, DateTimeOffset.MinValue, TimeSpan.Zero, DateTimeOffset.MinValue);
        foreach (var (at, body) in climbing.Openings(limits.Absentees + 1))
        {
            var (rung, calls) = ((TimeSpan?)null, 0);
            foreach (var call in climbing.Calls(at, body))
            {
                if (call.Level > 1) rung ??= call.After;
                if (calls++ == limits.Absentees && call.After > nth) (nth, nthAt) = (call.After, at);
                if (rung is not null && calls > limits.Absentees) break;
            }
            if (rung is not null && !(rung <= second)) (second, secondAt) = (rung, at);
        }
        if (second > limits.SecondRung)
            findings.Add(new(
                "second-rung-late", new Subject(Ladder: severity),
                $"「{Vocabulary.TitleOf(severity)}」で誰も応答しないとき、第2段を呼ぶのが開始から{Minutes(second.Value)}分後になります（{Staffing.Moment(secondAt)}）。{Minutes(limits.SecondRung)}分以内にしてください。"));
        if (nth > limits.Reach)
            findings.Add(new(
                "reach-late", new Subject(Ladder: severity),
                $"「{Vocabulary.TitleOf(severity)}」で続けて{limits.Absentees}人が応答しないとき、次の人を呼ぶのが開始から{Minutes(nth)}分後になります（{Staffing.Moment(nthAt)}）。{Minutes(limits.Reach)}分以内にしてください。"));
        return second;
    }

    /// <summary>The smallest sets of means that silence everybody at some moment: all of them, none containing another.</summary>
    private static List<IReadOnlyList<string>> FewestMeans(IReadOnlyList<Situation> situations, DutyRoster roster)
    {
        var all = Roster.Means.All.Select(m => m.Id).ToList();
        var sets = Enumerable.Range(1, (1 << all.Count) - 1).Select(mask => all.Where((_, i) => (mask & (1 << i)) != 0).ToList()).OrderBy(s => s.Count);
        var found = new List<IReadOnlyList<string>>();
        foreach (var set in sets)
        {
            if (found.Any(f => f.All(set.Contains))) continue;
            var down = set.ToHashSet(StringComparer.Ordinal);
            if (situations.Any(n => n.People.All(p => !roster.People[p].CanBeReached(down)))) found.Add(set);
        }
        return found;
    }

    private static string Minutes(TimeSpan time) => time.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture);
}
