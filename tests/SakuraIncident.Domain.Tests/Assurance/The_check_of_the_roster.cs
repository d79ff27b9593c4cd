using CsCheck;
using FluentAssertions;
using SakuraIncident.Domain.Assurance;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Domain.Tests.Roster;
using Xunit;
using static SakuraIncident.Domain.Tests.Assurance.SmallPlans;

namespace SakuraIncident.Domain.Tests.Assurance;

/// <summary>What the check says of the days ahead is what the engine does in them, in random plans in which everything is tried.</summary>
public class The_check_of_the_roster
{
    private static readonly string[] Bodies = ["mayor", "assembly"];
    private static readonly IReadOnlyList<DateTimeOffset> Moments = [.. Enumerable.Range(0, 16).Select(i => From + (i * Grid))];

    [Fact]
    public void Finds_the_fewest_people_whose_absence_leaves_nobody_to_call() => Gen.Select(AnyPlan, AnyRoster).Sample((plan, roster) =>
    {
        var found = PlanCheck.Run(plan, roster, From);

        var fewest = Subsets([.. roster.People.Keys]).OrderBy(s => s.Count).First(absent => CallsNobody(plan, Without(roster, absent)));
        found.Endurance.Fewest.Should().Be(fewest.Count);
        Opened(plan, Without(roster, found.Endurance.People), found.Endurance.At, found.Endurance.Body).Pages.Should().BeEmpty("they are the ones who would be missed");
        Codes(found).Contains("too-few-people").Should().Be(fewest.Count <= plan.Limits!.Absentees);
    }, iter: 150);

    [Fact]
    public void Finds_every_smallest_set_of_means_whose_failure_leaves_nobody_to_call() => Gen.Select(AnyPlan, AnyRoster).Sample((plan, roster) =>
    {
        var silent = Subsets([.. Means.All.Select(m => m.Id)]).Where(down => down.Count > 0 && CallsNobody(plan, WithoutMeans(roster, down))).ToList();
        var smallest = silent.Where(set => !silent.Any(other => other.Count < set.Count && other.All(set.Contains))).ToList();

        var found = PlanCheck.Run(plan, roster, From);

        found.Endurance.Means.Select(Text).Should().BeEquivalentTo(smallest.Select(Text));
        Codes(found).Contains("too-few-means").Should().Be(smallest.Any(s => s.Count <= plan.Limits!.Means));
    }, iter: 100);

    [Fact]
    public void Knows_how_late_the_second_rung_and_the_next_one_after_the_silent_are_called() =>
        Gen.Select(AnyPlan, AnyRoster, Gen.Int[0, 2879].Array[40]).Sample((plan, roster, minutes) =>
        {
            foreach (var severity in new[] { Severity.Critical, Severity.High })
            {
                var engine = new Engine(plan, roster);
                var ladder = plan.Ladders[severity];
                // The exact worst is an opening from which a call falls on a change of the roster; the minutes are tried as well.
                var end = From + plan.Limits!.Ahead;
                var openings = Moments.Append(end).SelectMany(m => Enumerable.Range(0, 6).Select(back => m - (back * ladder.Acknowledge)))
                    .Concat(minutes.Select(m => From.AddMinutes(m))).Where(at => at >= From && at < end).ToList();
                var climbs = Bodies.SelectMany(body => openings.Select(at => engine.CallsInVain(at, body, severity))).ToList();
                var second = climbs.Select(c => c.Where(call => call.Level > 1).Select(call => (TimeSpan?)call.After).FirstOrDefault()).Max();
                var next = climbs.Where(c => c.Count > plan.Limits!.Absentees).Select(c => c[plan.Limits!.Absentees].After).DefaultIfEmpty().Max();

                var found = PlanCheck.Run(plan, roster, From);

                if (severity == Severity.Critical) found.Endurance.SecondRung.Should().Be(second);
                Found("second-rung-late").Should().Be(second > plan.Limits!.SecondRung);
                Found("reach-late").Should().Be(next > plan.Limits.Reach);

                bool Found(string code) => found.Findings.Any(f => f.Code == code && f.About.Ladder == severity);
            }
        }, iter: 100);

    /// <summary>Just before a hand-over the one who goes and the one who comes are both called, and both keep silent.</summary>
    [Fact]
    public void Knows_that_a_hand_over_makes_the_second_rung_later()
    {
        var (morning, evening) = (City.Shift("a", "00:00", "12:00"), City.Shift("b", "12:00", "00:00"));
        var roster = City.Of(City.Holding("csirt", []) with { ByShift = true }, City.Holding("ciso", ["c"], "d")) with { Shifts = [morning, evening] };
        var ladder = SamplePlan.Plan.Ladders[Severity.Critical] with { Acknowledge = TimeSpan.FromMinutes(6), Within = TimeSpan.FromMinutes(20), Rungs = ["csirt", "ciso"] };
        var plan = SamplePlan.Plan with { Ladders = Enum.GetValues<Severity>().ToDictionary(s => s, _ => ladder) };

        new Engine(plan, roster).CallsInVain(From.AddHours(12).AddMinutes(-1), "mayor", Severity.Critical).Select(c => c.Person).Should().Equal("a", "b", "c", "d");

        var found = PlanCheck.Run(plan, roster, From);
        found.Endurance.SecondRung.Should().Be(TimeSpan.FromMinutes(12));
        found.Findings.Should().Contain(f => f.Code == "second-rung-late" && f.Reason.Contains("12分後"));
    }

    [Fact]
    public void Finds_every_role_that_somebody_does_not_hold_or_that_nobody_can_stand_in_for() => Gen.Select(AnyPlan, AnyRoster).Sample((plan, roster) =>
    {
        var roles = plan.Ladders.Values.SelectMany(l => l.Rungs).Concat(plan.Playbooks.Values.SelectMany(b => b.Steps).Select(s => s.Role)).Distinct().ToList();
        var present = roster with { Absences = [] };
        var onlyDuty = present with { Holdings = [.. roster.Holdings.Select(h => h with { Holders = [], Deputies = [] })] };

        var found = PlanCheck.Run(plan, roster, From);

        About("role-not-held").Should().BeEquivalentTo(roles.Where(r => Sometime(at => roster.WhoHolds(r, at.Body, at.Moment).Count == 0)));
        About("no-deputy").Should().BeEquivalentTo(roles.Where(r => Sometime(at => present.WhoHolds(r, at.Body, at.Moment).Count == 1)));
        About("nobody-on-duty").Should().BeEquivalentTo(roles.Where(r => Sometime(at => IsByShift(r, at) && onlyDuty.WhoHolds(r, at.Body, at.Moment).Count == 0)));

        IEnumerable<string?> About(string code) => found.Findings.Where(f => f.Code == code).Select(f => f.About.Role).Distinct();

        bool IsByShift(string role, (DateTimeOffset Moment, string Body) at) => roster.Holdings.Any(h =>
            h.Role == role && h.ByShift && (h.Body is null || h.Body == at.Body)
            && !(h.Until < DateOnly.FromDateTime(at.Moment.ToOffset(TimeSpan.FromHours(9)).DateTime)));
    }, iter: 300);

    [Fact]
    public void Loses_nothing_that_decides_who_holds_a_role_when_it_looks_at_one_role_alone() => AnyRoster.Sample(roster =>
    {
        foreach (var role in roster.Holdings.Select(h => h.Role).Distinct())
        {
            var own = roster.Only(role);
            foreach (var (at, body) in Moments.SelectMany(m => Bodies.Select(b => (m, b))))
                foreach (var wakes in new[] { true, false })
                    own.WhoHolds(role, body, at, wakes).Should().Equal(roster.WhoHolds(role, body, at, wakes));
            own.Edges(From, From + Ahead).Should().BeSubsetOf(roster.Edges(From, From + Ahead));
        }
    }, iter: 300);

    private static bool CallsNobody(EmergencyPlan plan, DutyRoster roster) => Sometime(at => Opened(plan, roster, at.Moment, at.Body).Pages.IsEmpty);

    private static bool Sometime(Func<(DateTimeOffset Moment, string Body), bool> isSo) => Moments.Any(m => Bodies.Any(b => isSo((m, b))));

    private static Incident Opened(EmergencyPlan plan, DutyRoster roster, DateTimeOffset at, string body) => new Engine(plan, roster).Open(at, body, Severity.Critical);

    private static DutyRoster Without(DutyRoster roster, IEnumerable<string> absent) => roster with
    {
        Absences = [.. roster.Absences, .. absent.Select(p => new Absence(p, From.AddDays(-1), From + Ahead, null))],
    };

    private static DutyRoster WithoutMeans(DutyRoster roster, IReadOnlyList<string> down) => roster with
    {
        People = roster.People.ToDictionary(p => p.Key, p => p.Value with { Channels = [.. p.Value.Channels.Where(c => !NeedsOf(c.Kind).Any(down.Contains))] }),
    };

    private static string[] NeedsOf(string kind) => kind switch
    {
        "product" => ["city-network"],
        "mail" => ["mail", "city-network"],
        "chat" => ["chat", "internet"],
        _ => [kind],
    };

    private static IEnumerable<string> Codes(PlanVerdict found) => found.Findings.Select(f => f.Code);

    private static string Text(IEnumerable<string> set) => string.Join('+', set.Order());

    private static IEnumerable<IReadOnlyList<string>> Subsets(IReadOnlyList<string> of) =>
        Enumerable.Range(0, 1 << of.Count).Select(mask => of.Where((_, i) => (mask & (1 << i)) != 0).ToList());
}
