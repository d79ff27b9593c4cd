using System.Diagnostics;
using System.Globalization;
using SakuraIncident.Domain.Assurance;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Benchmarks;

/// <summary>The plan check: of the shipped city by its verb, and of a large one in four sizes, beside asking once at every edge who holds each role. Medians.</summary>
public static class Plan
{
    private static readonly DateTimeOffset From = new(2026, 11, 25, 3, 0, 0, TimeSpan.Zero);
    private const int Days = 60;
    private const int Rounds = 5;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Bench bench)
    {
        var verbs = new List<double>();
        var bare = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            verbs.Add(await bench.VerbAsync("plan", "check"));
            bare.Add(await bench.BareStartAsync());
        }
        var figures = new List<Figure>
        {
            new("同梱の計画(sakura plan check、起動から)p50", Results.Percentile(verbs, 0.5), "秒", Results.Percentile(bare, 0.5), "起動のみ", "2秒未満"),
        };
        Check(8); // compiled
        foreach (var part in new[] { 8, 4, 2, 1 }) figures.Add(Check(part));
        return figures;
    }

    private static Figure Check(int part)
    {
        var (plan, roster) = LargeCity.Of(2000 / part, 400 / part, Math.Max(4, 60 / part));
        var (checking, raw) = (new List<double>(), new List<double>());
        var (findings, edges, held) = (0, 0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var since = Stopwatch.GetTimestamp();
            findings = PlanCheck.Run(plan, roster, From).Findings.Count;
            checking.Add(Stopwatch.GetElapsedTime(since).TotalSeconds);
            since = Stopwatch.GetTimestamp();
            (edges, held) = AskAll(roster);
            raw.Add(Stopwatch.GetElapsedTime(since).TotalSeconds);
        }
        return new(
            string.Create(CultureInfo.InvariantCulture, $"職員{2000 / part}、役割{400 / part}、対応手順{plan.Playbooks.Count}(変わり目{edges}、候補{held}、指摘{findings})"),
            Results.Percentile(checking, 0.5), "秒", Results.Percentile(raw, 0.5), "変わり目ごとに担当者を一度引く", part == 1 ? "30秒未満" : null);
    }

    private static (int Edges, int Held) AskAll(DutyRoster roster)
    {
        var (count, held) = (0, 0);
        foreach (var role in roster.Holdings.Select(h => h.Role).Distinct())
        {
            var own = roster.Only(role);
            foreach (var edge in own.Edges(From, From.AddDays(Days)))
            {
                count++;
                held += own.WhoHolds(role, "mayor", edge).Count;
            }
        }
        return (count, held);
    }
}
