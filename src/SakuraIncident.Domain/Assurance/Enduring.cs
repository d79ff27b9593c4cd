using System.Globalization;
using SakuraIncident.Domain.Escalation;
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

/// <summary>Calls out a critical incident at every moment of the days ahead, with the engine's own ladder, and takes people and means away.</summary>
internal static class Enduring
{
    public static (Endurance Endurance, IReadOnlyList<PlanFinding> Findings) Of(
        EmergencyPlan plan, DutyRoster roster, DateTimeOffset from, DateTimeOffset until)
    {
        var limits = plan.Limits ?? PlanLimits.Usual;
        var findings = new List<PlanFinding>();
        var nights = Nights(plan, roster, from, until, Severity.Critical);
        foreach (var (severity, called) in new[] { (Severity.Critical, nights), (Severity.High, Nights(plan, roster, from, until, Severity.High)) })
            if (called.MaxBy(n => SecondRung(n.Calls)) is { } slowest
                && SecondRung(slowest.Calls) is { } second && second > limits.SecondRung)
                findings.Add(new(
                    "second-rung-late", new Subject(Ladder: severity),
                    $"「{Vocabulary.TitleOf(severity)}」で誰も応答しないとき、第2段を呼ぶのが開始から{Minutes(second)}分後になります（{Staffing.Moment(slowest.At)}）。{Minutes(limits.SecondRung)}分以内にしてください。"));

        var worst = nights.OrderBy(n => n.People.Count).ThenBy(n => n.At).First();
        var means = FewestMeans(nights, roster);
        if (worst.People.Count <= limits.Absentees)
            findings.Add(new(
                "too-few-people", new Subject(Ladder: Severity.Critical),
                $"{worst.People.Count}人が不在になると、緊急の事案で呼べる人がいません（{Staffing.Moment(worst.At)}、{Vocabulary.TitleOf(Vocabulary.Bodies, worst.Body)}）: "
                + $"{string.Join("、", worst.People.Select(roster.NameOf))}。{limits.Absentees}人まで不在でも届くようにしてください。"));
        foreach (var set in means.Where(set => set.Count <= limits.Means))
            findings.Add(new(
                "too-few-means", new Subject(Ladder: Severity.Critical),
                $"{string.Join("と", set.Select(Roster.Means.TitleOf))}が止まると、緊急の事案を誰にも知らせられません。ほかの連絡手段を登録してください。"));
        return (
            new Endurance(
                worst.People.Count, worst.People, worst.At, worst.Body,
                [.. worst.Calls.Where(c => c.After <= limits.Reach).Select(c => c.Person).Distinct()], means,
                nights.Max(n => SecondRung(n.Calls))),
            findings);
    }

    /// <summary>A situation of the roster, and how its ladder is climbed while nobody answers.</summary>
    private sealed record Night(DateTimeOffset At, string Body, IReadOnlyList<string> People, IReadOnlyList<(TimeSpan After, int Level, string Person)> Calls);

    /// <summary>Each different situation once: who holds the rungs, at its first moment.</summary>
    private static IReadOnlyList<Night> Nights(EmergencyPlan plan, DutyRoster roster, DateTimeOffset from, DateTimeOffset until, Severity severity)
    {
        var ladder = plan.Ladders[severity];
        var own = roster.Only([.. ladder.Rungs]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var nights = new List<Night>();
        foreach (var at in own.Edges(from, until))
            foreach (var (body, _) in Vocabulary.Bodies)
            {
                var holders = ladder.Rungs.ToDictionary(role => role, role => own.WhoHolds(role, body, at), StringComparer.Ordinal);
                if (!seen.Add(string.Join('/', ladder.Rungs.Select(role => string.Join(',', holders[role].Select(c => c.Person)))))) continue;
                var people = ladder.Rungs.SelectMany(role => holders[role]).Select(c => c.Person).Distinct().ToList();
                nights.Add(new Night(at, body, people, Climb(ladder, holders, people.Count)));
            }
        return nights;
    }

    /// <summary>The calls of the engine's own rule while nobody answers, each as its own answer time runs out.</summary>
    private static List<(TimeSpan After, int Level, string Person)> Climb(Ladder ladder, Dictionary<string, IReadOnlyList<Candidate>> holders, int people)
    {
        var start = DateTimeOffset.UnixEpoch;
        var calls = new List<(TimeSpan, int, string)>();
        var climb = new List<Page>();
        for (var now = start; calls.Count < people; now += ladder.Acknowledge)
        {
            var next = Calling.Next(
                ladder.Rungs, climb, new HashSet<string>(), role => holders[role], now, ladder.Acknowledge, ladder.Within, again: false);
            if (next.Call is not { } call) break;
            climb.Add(new Page(
                $"p{climb.Count + 1}", "ladder", call.Role, call.Candidate.Person, call.Candidate.ActingFor, call.Level, PageState.Unanswered, now, now, false));
            calls.Add((now - start, call.Level, call.Candidate.Person));
        }
        return calls;
    }

    private static TimeSpan? SecondRung(IReadOnlyList<(TimeSpan After, int Level, string Person)> calls) =>
        calls.Where(c => c.Level > 1).Select(c => (TimeSpan?)c.After).Min();

    /// <summary>The smallest sets of means that silence everybody at some moment: all of them, none containing another.</summary>
    private static List<IReadOnlyList<string>> FewestMeans(IReadOnlyList<Night> nights, DutyRoster roster)
    {
        var all = Roster.Means.All.Select(m => m.Id).ToList();
        var sets = Enumerable.Range(1, (1 << all.Count) - 1).Select(mask => all.Where((_, i) => (mask & (1 << i)) != 0).ToList()).OrderBy(s => s.Count);
        var found = new List<IReadOnlyList<string>>();
        foreach (var set in sets)
        {
            if (found.Any(f => f.All(set.Contains))) continue;
            var down = set.ToHashSet(StringComparer.Ordinal);
            if (nights.Any(n => n.People.All(p => !roster.People[p].CanBeReached(down)))) found.Add(set);
        }
        return found;
    }

    private static string Minutes(TimeSpan time) => time.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture);
}
