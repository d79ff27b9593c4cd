using FluentAssertions;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Plans;

namespace SakuraIncident.Server.Tests.Plans;

public class The_shipped_plan
{
    private static readonly PlanReading Reading = PlanFiles.Load(PlanFolder.Shipped);

    private static EmergencyPlan Plan => ((PlanReading.Sound)Reading).Plan;

    private static DutyRoster Roster => ((PlanReading.Sound)Reading).Roster;

    private static IEnumerable<Step> Steps => Plan.Playbooks.Values.SelectMany(p => p.Steps);

    [Fact]
    public void is_sound() => Reading.Should().BeOfType<PlanReading.Sound>().Which.Warnings.Should().BeEmpty();

    [Fact]
    public void has_a_playbook_for_every_kind_that_it_promises() =>
        Plan.Playbooks.Keys.Should().Contain(["general", "ransomware", "misdirected", "disaster"]);

    [Fact]
    public void says_of_every_step_who_until_when_what_to_record_how_and_why() =>
        Steps.Where(s => s.Due is null || s.Record is null || s.Guide is null || s.Serves.Count == 0).Select(s => s.Id).Should().BeEmpty();

    [Fact]
    public void has_three_steps_or_more_in_every_phase() =>
        Plan.Playbooks.Values.SelectMany(p => Enum.GetValues<Phase>().Select(f => p.Steps.Count(s => s.Phase == f))).Should().OnlyContain(n => n >= 3);

    [Fact]
    public void has_a_playbook_of_its_own_for_every_kind_of_incident() =>
        Plan.Playbooks.Keys.Should().BeEquivalentTo(Vocabulary.Categories.Select(c => c.Id).Where(c => c != "other").Append("general"));

    /// <summary>Outside the shared blocks: titles that stand in more than half of the playbooks are the blocks'.</summary>
    [Fact]
    public void is_not_the_same_playbook_seventeen_times()
    {
        var shared = Steps.GroupBy(s => s.Title).Where(g => g.Count() > Plan.Playbooks.Count / 2).Select(g => g.Key).ToHashSet();
        var own = Plan.Playbooks.Values.ToDictionary(p => p.Id, p => p.Steps.Select(s => s.Title).Where(t => !shared.Contains(t)).ToHashSet());
        foreach (var (a, titles) in own)
            foreach (var (b, others) in own.Where(o => string.CompareOrdinal(o.Key, a) > 0))
                ((double)titles.Intersect(others).Count() / Math.Min(titles.Count, others.Count)).Should().BeLessThanOrEqualTo(0.6, $"{a} and {b} are different kinds of incident");
    }

    [Fact]
    public void keeps_what_comes_before_containment_short() =>
        Steps.Where(s => s.Phase == Phase.Detection).Select(s => s.Due!.Value).Should().OnlyContain(due => due <= TimeSpan.FromMinutes(30));

    [Fact]
    public void isolates_ransomware_before_it_preserves_evidence()
    {
        var ransomware = Plan.Playbooks["ransomware"];

        ransomware.Find("isolate")!.After.Should().Equal("confirm");
        ransomware.Find("preserve-evidence")!.After.Should().Equal("isolate");
        ransomware.Find("cut-path")!.When.Zone.Should().Equal("lgwan");
        ransomware.Find("stop-service")!.Should().Match<Step>(s => s.Kind == StepKind.Approval && s.Role == "ciso");
        ransomware.Find("police")!.Kind.Should().Be(StepKind.Decision);
    }

    [Theory]
    [InlineData("ransomware", "lgwan", Severity.Critical)]
    [InlineData("ransomware", "mynumber", Severity.Critical)]
    [InlineData("ransomware", "internet", Severity.High)]
    [InlineData("misdirected", "paper", Severity.Low)]
    [InlineData("phishing", "internet", Severity.Moderate)]
    public void knows_how_severe_an_incident_is_at_least(string category, string zone, Severity least) =>
        Plan.LeastSeverity(FactsOf(category, [zone])).Should().Be(least);

    [Fact]
    public void takes_an_incident_in_two_zones_more_seriously() =>
        Plan.LeastSeverity(FactsOf("malware", ["lgwan", "internet"])).Should().Be(Severity.High);

    [Theory]
    [InlineData(100, false, Severity.Moderate)]
    [InlineData(101, false, Severity.High)]
    [InlineData(1, true, Severity.High)]
    public void takes_personal_data_more_seriously(int greatest, bool myNumber, Severity least)
    {
        var data = new PersonalData(0, greatest, false, false, false, myNumber, false, false, null);

        Plan.LeastSeverity(FactsOf("misdirected", ["paper"]) with { PersonalData = data }).Should().Be(least);
    }

    [Theory]
    [InlineData(Severity.Critical)]
    [InlineData(Severity.High)]
    public void calls_the_second_rung_within_ten_minutes(Severity severity)
    {
        var ladder = Plan.Ladders[severity];

        ladder.Acknowledge.Should().BeLessThanOrEqualTo(TimeSpan.FromMinutes(5));
        ladder.Within.Should().BeLessThanOrEqualTo(TimeSpan.FromMinutes(10));
        ladder.Rungs.Should().Equal("csirt", "csirt-lead", "chief-officer", "ciso");
    }

    [Fact]
    public void has_every_duty_of_the_contract() =>
        Plan.Duties.Select(d => d.Id).Should().BeEquivalentTo(
            "internal-first-report", "prefecture", "ppc-preliminary", "ppc-final", "my-number-preliminary", "my-number-final",
            "notify-persons", "lgwan-operator", "police", "contractor-notice", "publication", "assembly-notice");

    [Fact]
    public void starts_the_duties_that_the_facts_ask_for()
    {
        var hundred = new PersonalData(0, 101, false, false, false, false, false, false, null);
        var city = FactsOf("misdirected", ["paper"]) with { PersonalData = hundred };

        Started(city).Should().Contain(["ppc-preliminary", "ppc-final", "notify-persons"]).And.NotContain("my-number-final");
        Started(city with { PersonalData = hundred with { Greatest = 100 } }).Should().NotContain("ppc-preliminary");
        Started(city with { PersonalData = hundred with { Recovered = true } }).Should().NotContain("ppc-preliminary");
        Started(city with { Body = "assembly" }).Should().Contain("assembly-notice").And.NotContain(["ppc-preliminary", "ppc-final", "notify-persons"]);
        Started(city with { PersonalData = hundred with { Greatest = 1, MyNumber = true } }).Should()
            .Contain(["my-number-preliminary", "my-number-final"]).And.NotContain("ppc-final");
        Started(FactsOf("ransomware", ["lgwan"])).Should().Contain(["lgwan-operator", "police", "internal-first-report"]);
        Started(FactsOf("ransomware", ["lgwan"]) with { Choices = new Dictionary<string, string> { ["police"] = "none" } })
            .Should().NotContain("police");
    }

    [Fact]
    public void counts_the_final_report_in_days()
    {
        var final = Plan.Duties.Single(d => d.Id == "ppc-final");

        (final.Term.Day, final.Term.Rolls).Should().Be((30, true));
        (final.LongerTerm!.Day, final.LongerTerm.Rolls, final.LongerWhen!.Unlawful).Should().Be((60, true, true));
        Plan.Duties.Single(d => d.Id == "ppc-preliminary").Should().Match<Domain.Duties.DutyRule>(d => d.Warn == 3 && d.Term.Day == 5 && !d.Term.Rolls);
    }

    [Fact]
    public void has_somebody_on_duty_at_every_minute_of_the_week()
    {
        var duty = Roster.Shifts.Where(s => s.Role == "csirt" && s.Ends is null).ToList();
        var uncovered = Enumerable.Range(0, 7 * 24 * 60).Where(minute => !duty.Any(s => Covers(s, minute)));

        uncovered.Should().BeEmpty();
    }

    [Fact]
    public void has_for_every_role_somebody_who_is_reached_in_the_product() =>
        Vocabulary.Roles.Select(r => r.Id).Where(r => r != "lead").Where(role => !Roster.Holdings.Any(h =>
                h.Role == role && h.Holders.Any(p => Roster.People[p] is { External: false, Channels: [{ Kind: "product" }, ..] })))
            .Should().BeEmpty();

    [Theory]
    [InlineData("2020-07-24", "スポーツの日")]
    [InlineData("2021-08-09", "振替休日")]
    [InlineData("2026-05-06", "振替休日")]
    [InlineData("2026-09-22", "国民の休日")]
    [InlineData("2026-09-23", "秋分の日")]
    [InlineData("2026-12-29", "年末年始の閉庁日")]
    [InlineData("2027-01-03", "年末年始の閉庁日")]
    [InlineData("2027-03-22", "振替休日")]
    [InlineData("2032-09-21", "国民の休日")]
    [InlineData("2035-12-31", "年末年始の閉庁日")]
    public void knows_the_closed_days(string day, string title) =>
        Plan.Calendar.Holidays[DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)].Should().Be(title);

    [Theory]
    [InlineData("2020-10-12")]
    [InlineData("2021-07-19")]
    [InlineData("2026-05-07")]
    [InlineData("2026-12-28")]
    [InlineData("2027-01-04")]
    public void knows_the_open_days(string day) =>
        Plan.Calendar.Holidays.Should().NotContainKey(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));

    private static IEnumerable<string> Started(Facts facts) => Plan.Duties.Where(d => d.When.Holds(facts)).Select(d => d.Id);

    private static Facts FactsOf(string category, IReadOnlyList<string> zones) =>
        new(category, "mayor", zones, Severity.Low, new Impact(null, null, null), null, new Dictionary<string, string>());

    private static bool Covers(Shift shift, int minute)
    {
        return shift.Days.Any(day =>
        {
            var from = ((int)day * 1440) + (int)shift.From.ToTimeSpan().TotalMinutes;
            var length = ((int)(shift.To.ToTimeSpan() - shift.From.ToTimeSpan()).TotalMinutes + 1440) % 1440;
            return (minute - from + 10080) % 10080 < (length == 0 ? 1440 : length);
        });
    }
}
