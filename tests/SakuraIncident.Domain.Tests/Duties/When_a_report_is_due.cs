using FluentAssertions;
using SakuraIncident.Domain.Duties;
using SakuraIncident.Domain.Plans;
using Xunit;
using static SakuraIncident.Domain.Tests.Japan;
using static SakuraIncident.Domain.Tests.SamplePlan;

namespace SakuraIncident.Domain.Tests.Duties;

public class When_a_report_is_due
{
    private static readonly DateTimeOffset Tuesday = At("2026-11-24 14:30");
    private static readonly Dictionary<string, DateTimeOffset> NothingRuns = [];

    [Theory]
    [InlineData("2026-04-01", false, "2026-04-30")]
    [InlineData("2026-04-04", false, "2026-05-07")]
    [InlineData("2026-08-25", false, "2026-09-24")]
    [InlineData("2026-12-01", false, "2027-01-04")]
    [InlineData("2026-12-05", false, "2027-01-04")]
    [InlineData("2026-07-01", true, "2026-08-31")]
    [InlineData("2026-11-24", false, "2026-12-23")]
    [InlineData("2026-11-24", true, "2027-01-22")]
    public void The_final_report_counts_the_day_of_knowing_as_day_one(string known, bool unlawful, string due)
    {
        foreach (var time in new[] { "00:00:00", "08:59:59", "23:59:59" })
        {
            var knownAt = At($"{known} {time}");
            Due("ppc-final", People(101, knownAt) with { Unlawful = unlawful }).DueAt.Should().Be(At($"{due} 23:59:59"));
        }
    }

    [Fact]
    public void An_unlawful_purpose_found_later_moves_the_date_and_keeps_the_clock()
    {
        var running = new Dictionary<string, DateTimeOffset> { ["ppc-final"] = Tuesday };
        var later = Tuesday.AddDays(20);

        var due = DutyCalculation.Of(Plan, Facts(People(101, later) with { Unlawful = true }), Tuesday, later, running).Single(d => d.Id == "ppc-final");

        due.KnownAt.Should().Be(Tuesday);
        due.DueAt.Should().Be(At("2027-01-22 23:59:59"));
        due.How.Should().Contain("60日目").And.Contain("不正の目的").And.Contain("2027/1/22(金)");
    }

    [Fact]
    public void The_preliminary_report_is_not_extended_by_holidays()
    {
        var due = Due("ppc-preliminary", People(101, Tuesday));

        due.WarnAt.Should().Be(At("2026-11-26 23:59:59"));
        due.DueAt.Should().Be(At("2026-11-28 23:59:59"), "the fifth day is a Saturday");
        due.How.Should().Be(
            "個人情報の漏えい等のおそれ、本人の数が100人超(最大101人)。2026/11/24(火)に知った。その日を1日目として5日目は11/28(土)。"
            + "休日による延長はありません。(ppc-preliminaryの根拠)");
    }

    [Fact]
    public void The_reason_says_which_closed_day_moved_the_date() =>
        Due("ppc-final", People(101, At("2026-04-04 10:00"))).How.Should().Contain("祝日(憲法記念日)のため、次の開庁日の5/7(木)");

    public static TheoryData<string, PersonalData?, string, string[]> Cases => new()
    {
        { "nothing is known of personal data", null, "mayor", [] },
        { "100 people are not more than 100", People(100), "mayor", [] },
        { "101 people are", People(101), "mayor", ["ppc-final", "ppc-preliminary"] },
        { "one person, sensitive", People(1) with { Sensitive = true }, "mayor", ["ppc-final", "ppc-preliminary"] },
        { "one person, financial harm", People(1) with { Financial = true }, "education", ["ppc-final", "ppc-preliminary"] },
        { "one person, unlawful purpose", People(1) with { Unlawful = true }, "mayor", ["ppc-final", "ppc-preliminary"] },
        { "my number of one person", People(1) with { MyNumber = true }, "mayor", ["my-number-preliminary"] },
        { "my number of nobody", People(0) with { MyNumber = true }, "mayor", [] },
        { "all recovered before anyone read it", People(5000) with { Sensitive = true, Recovered = true }, "mayor", [] },
        { "the council follows its own ordinance", People(101), "assembly", ["assembly-notice"] },
        { "the council and my number", People(101) with { MyNumber = true }, "assembly", ["assembly-notice", "my-number-preliminary"] },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Facts_and_body_choose_the_duties(string why, PersonalData? data, string body, string[] duties) =>
        DutyCalculation.Of(Plan, Facts(data, body), Tuesday, Tuesday, NothingRuns).Select(d => d.Id)
            .Except(["internal-first-report"]).Order(StringComparer.Ordinal).Should().Equal(duties, why);

    [Theory]
    [InlineData(Severity.Critical, 30)]
    [InlineData(Severity.High, 60)]
    [InlineData(Severity.Low, 1440)]
    public void The_first_report_inside_the_city_counts_from_opening(Severity severity, int minutes)
    {
        var due = DutyCalculation.Of(Plan, Facts(severity: severity), Tuesday, Tuesday.AddMinutes(20), NothingRuns)
            .Single(d => d.Id == "internal-first-report");

        due.DueAt.Should().Be(Tuesday.AddMinutes(minutes));
        due.How.Should().StartWith("事案の発生。11/24(火) 14:30から");
    }

    [Fact]
    public void A_duty_by_the_clock_starts_when_its_facts_are_found()
    {
        var due = DutyCalculation.Of(Plan, Facts(null, "mayor", Severity.Moderate, "lgwan"), Tuesday, Tuesday.AddHours(2), NothingRuns)
            .Single(d => d.Id == "lgwan-operator");

        due.DueAt.Should().Be(Tuesday.AddHours(3));
        due.How.Should().StartWith("LGWAN接続系。");
    }

    [Fact]
    public void Without_a_moment_of_knowing_the_present_one_counts() =>
        DutyCalculation.Of(Plan, Facts(People(101)), Tuesday.AddDays(-1), Tuesday, NothingRuns)
            .Single(d => d.Id == "ppc-final").KnownAt.Should().Be(Tuesday);

    [Fact]
    public void The_text_in_force_on_the_day_of_knowing_judges()
    {
        var before = SamplePlan.Duties.Single(d => d.Id == "ppc-final");
        var narrower = before with { EffectiveFrom = Day("2026-11-25"), When = new Condition { PeopleOver = 1000 }, Term = new DutyTerm(null, 10, false) };
        var plan = Plan with { Duties = [before, narrower] };

        Of(At("2026-11-24 23:59:59"), 101).Should().Equal(At("2026-12-23 23:59:59"));
        Of(At("2026-11-25 00:00:00"), 101).Should().BeEmpty();
        Of(At("2026-11-25 00:00:00"), 1001).Should().Equal(At("2026-12-04 23:59:59"));

        IEnumerable<DateTimeOffset> Of(DateTimeOffset knownAt, int people) =>
            DutyCalculation.Of(plan, Facts(People(people, knownAt)), Tuesday, Tuesday.AddDays(9), NothingRuns).Select(d => d.DueAt);
    }

    [Fact]
    public void A_rule_that_is_not_yet_in_force_asks_for_nothing()
    {
        var plan = Plan with { Duties = [SamplePlan.Duties[0] with { EffectiveFrom = Day("2026-11-25") }] };

        DutyCalculation.Of(plan, Facts(), Tuesday, At("2026-11-24 23:59:59"), NothingRuns).Should().BeEmpty();
    }

    [Theory]
    [InlineData("2026-11-20", "2026-11-20")]
    [InlineData("2026-11-21", "2026-11-24")] // Saturday, Sunday, 勤労感謝の日
    [InlineData("2026-12-28", "2026-12-28")]
    [InlineData("2026-12-29", "2027-01-04")]
    [InlineData("2027-01-03", "2027-01-04")]
    [InlineData("2026-04-30", "2026-04-30")] // the city's own day off does not move the state's dates
    public void The_next_day_on_which_the_state_is_open(string day, string open) =>
        Calendar.NextOpenDay(Day(day)).Should().Be(Day(open));

    private static DutyDue Due(string id, PersonalData data) =>
        DutyCalculation.Of(Plan, Facts(data), Tuesday, data.KnownAt!.Value.AddHours(1), NothingRuns).Single(d => d.Id == id);
}
