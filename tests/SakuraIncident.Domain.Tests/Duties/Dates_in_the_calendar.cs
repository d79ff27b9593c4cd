using FluentAssertions;
using SakuraIncident.Domain.Duties;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Tests.Incidents;
using Xunit;
using static SakuraIncident.Domain.Tests.Japan;
using static SakuraIncident.Domain.Tests.SamplePlan;

namespace SakuraIncident.Domain.Tests.Duties;

/// <summary>Dates of final reports, counted by hand in the calendars of 2020 to 2027: day of knowing, days, date due, and why.</summary>
public class Dates_in_the_calendar
{
    public static TheoryData<string, int, string, string> Dates => new()
    {
        // The worked dates of the product's requirements.
        { "2026-04-01", 30, "2026-04-30", "the day of knowing is day 1: 05-01 would be a day too late" },
        { "2026-04-04", 30, "2026-05-07", "05-03 Sunday and holiday, 05-04, 05-05 holidays, 05-06 substitute" },
        { "2026-08-25", 30, "2026-09-24", "09-23 autumn equinox" },
        { "2026-12-01", 30, "2027-01-04", "12-30 is in the turn of the year" },
        { "2026-12-05", 30, "2027-01-04", "01-03 is the last day of the turn of the year" },
        { "2026-07-01", 60, "2026-08-31", "08-29 Saturday" },
        { "2026-11-24", 30, "2026-12-23", "an ordinary Wednesday" },
        { "2026-11-24", 60, "2027-01-22", "the same, when an unlawful purpose is found: an ordinary Friday" },
        // Turns of the year: closed from 12-29 to 01-03 whatever the weekday.
        { "2021-12-01", 30, "2022-01-04", "12-30; 01-01 and 01-02 are a weekend, 01-03 is closed" },
        { "2022-12-02", 30, "2023-01-04", "12-31; 01-01 is a Sunday with its substitute on 01-02" },
        { "2022-12-05", 30, "2023-01-04", "01-03 itself" },
        { "2023-11-30", 30, "2024-01-04", "12-29, a Friday, is the first closed day" },
        { "2023-11-29", 30, "2023-12-28", "12-28 is the last open day" },
        { "2025-11-01", 60, "2026-01-05", "12-30; after 01-03, a Saturday, comes Sunday 01-04" },
        { "2025-12-03", 30, "2026-01-05", "01-01; 01-03 and 01-04 are a weekend" },
        { "2026-10-31", 60, "2027-01-04", "12-29" },
        { "2026-11-02", 60, "2027-01-04", "12-31" },
        { "2026-11-04", 60, "2027-01-04", "01-02, a Saturday" },
        { "2026-11-06", 60, "2027-01-04", "01-04, a Monday, is open" },
        { "2026-11-30", 30, "2027-01-04", "12-29" },
        { "2026-12-06", 30, "2027-01-04", "01-04 is open" },
        // Golden Week.
        { "2022-04-04", 30, "2022-05-06", "05-03 to 05-05, then an open Friday" },
        { "2022-04-06", 30, "2022-05-06", "05-05" },
        { "2023-04-04", 30, "2023-05-08", "05-03 to 05-05 are followed by a weekend" },
        { "2024-04-04", 30, "2024-05-07", "05-03 to 05-05, Sunday's holiday is made up for on 05-06" },
        { "2024-04-05", 30, "2024-05-07", "05-04, a Saturday and a holiday" },
        { "2025-04-04", 30, "2025-05-07", "05-04 is a Sunday: its substitute is 05-06, after the holiday of 05-05" },
        { "2026-03-05", 60, "2026-05-07", "05-03" },
        { "2026-03-07", 60, "2026-05-07", "05-05" },
        { "2026-03-31", 30, "2026-04-30", "04-29 is a holiday" },
        { "2027-04-04", 30, "2027-05-06", "05-03, a Monday, to 05-05" },
        { "2027-04-06", 30, "2027-05-06", "05-05" },
        // Silver Week: a day between two holidays is closed.
        { "2020-08-22", 30, "2020-09-23", "09-20 Sunday, 09-21 and 09-22 holidays" },
        { "2020-08-23", 30, "2020-09-23", "09-21" },
        { "2026-08-20", 30, "2026-09-18", "the Friday before is open" },
        { "2026-08-21", 30, "2026-09-24", "09-19, a Saturday: five closed days in a row" },
        { "2026-08-23", 30, "2026-09-24", "09-21, then the sandwiched 09-22, then 09-23" },
        { "2026-07-25", 60, "2026-09-24", "09-22 is no holiday by itself: it lies between two" },
        { "2027-08-22", 30, "2027-09-21", "09-20; 09-21 lies between 09-20 and 09-22, an open day: open" },
        { "2027-08-25", 30, "2027-09-24", "09-23" },
        // Moved for the Olympic games of 2020 and 2021.
        { "2020-06-23", 30, "2020-07-22", "the day before" },
        { "2020-06-24", 30, "2020-07-27", "07-23 and 07-24, then a weekend" },
        { "2021-06-23", 30, "2021-07-26", "07-22 and 07-23, then a weekend" },
        { "2021-06-20", 30, "2021-07-19", "the third Monday of July was not a holiday that year" },
        { "2020-09-13", 30, "2020-10-12", "nor the second Monday of October" },
        { "2021-07-10", 30, "2021-08-10", "08-08 was a Sunday and the Mountain Day, 08-09 its substitute" },
        { "2021-07-11", 30, "2021-08-10", "08-09" },
        // Substitutes after a Sunday.
        { "2020-01-24", 30, "2020-02-25", "02-22 Saturday, 02-23 holiday on a Sunday, 02-24 substitute" },
        { "2024-01-13", 30, "2024-02-13", "02-11 Sunday, 02-12" },
        { "2024-07-13", 30, "2024-08-13", "08-11 Sunday, 08-12" },
        { "2024-08-24", 30, "2024-09-24", "09-22, the equinox, was a Sunday" },
        { "2024-10-05", 30, "2024-11-05", "11-03 Sunday, 11-04" },
        { "2025-01-25", 30, "2025-02-25", "02-23 Sunday, 02-24" },
        { "2025-10-25", 30, "2025-11-25", "11-23 Sunday, 11-24" },
        { "2026-10-24", 30, "2026-11-24", "11-22 Sunday, 11-23 holiday on a Monday" },
        { "2027-02-20", 30, "2027-03-23", "03-21, the equinox, is a Sunday, 03-22" },
        { "2027-01-21", 60, "2027-03-23", "the same by sixty days" },
        // Februaries.
        { "2024-01-31", 30, "2024-02-29", "the leap day is a day" },
        { "2024-02-01", 30, "2024-03-01", "February had 29 days" },
        { "2024-01-01", 60, "2024-02-29", "31 and 29 are sixty" },
        { "2023-12-31", 60, "2024-02-28", "known in the last minute of the year" },
        { "2020-02-01", 30, "2020-03-02", "03-01 Sunday" },
        { "2025-02-01", 30, "2025-03-03", "28 days, then 03-02 Sunday" },
        { "2026-01-14", 30, "2026-02-12", "the day after a holiday is open" },
    };

    [Theory, MemberData(nameof(Dates))]
    public void Are_those_that_one_counts_by_hand(string known, int days, string due, string why)
    {
        var facts = Facts(People(101, At($"{known} 23:59:59")) with { Unlawful = days == 60 });

        Due("ppc-final", facts).DueAt.Should().Be(At($"{due} 23:59:59"), why);
        Naive(Day(known), days).Should().Be(Day(due), "a second way of counting agrees");
        if (Published.Calendar.WhyClosed(Day(known).AddDays(days - 1)) is { } closed)
            Due("ppc-final", facts).How.Should().Contain($"{closed}のため、次の開庁日");
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(60, true)]
    public void Agree_with_a_naive_count_for_every_day_of_seven_years(int days, bool unlawful)
    {
        for (var known = Day("2020-01-01"); known < Day("2027-10-01"); known = known.AddDays(1))
            Due("ppc-final", Facts(People(101, At($"{known:yyyy-MM-dd} 12:00")) with { Unlawful = unlawful })).DueAt.Should().Be(At($"{Naive(known, days):yyyy-MM-dd} 23:59:59"));
    }

    [Theory]
    [InlineData("2026-04-29", "2026-05-01", "2026-05-03")] // Golden Week: neither date is moved
    [InlineData("2026-09-18", "2026-09-20", "2026-09-22")]
    [InlineData("2026-12-28", "2026-12-30", "2027-01-01")]
    [InlineData("2024-02-27", "2024-02-29", "2024-03-02")]
    public void Of_a_preliminary_report_warn_on_day_three_and_lapse_after_day_five(string known, string warned, string lapsed)
    {
        var incident = Case.Opened(plan: Counting);
        incident.Now = At($"{known} 20:00");
        incident.When(new Assess(null, null, null, null, new PersonalDataReport(0, 101, null, null, null, null, null, null, incident.Now), "評価"));

        State(At($"{warned} 23:59:58")).Should().Be(DutyState.Running);
        State(At($"{warned} 23:59:59")).Should().Be(DutyState.Warned);
        State(At($"{lapsed} 23:59:58")).Should().Be(DutyState.Warned);
        State(At($"{lapsed} 23:59:59")).Should().Be(DutyState.Lapsed);

        DutyState State(DateTimeOffset at)
        {
            incident.Now = at;
            foreach (var key in new[] { "duty-warning:ppc-preliminary", "duty:ppc-preliminary" }) incident.When(new PassDeadline(key));
            return incident.Incident.Duties.Single(d => d.Id == "ppc-preliminary").State;
        }
    }

    /// <summary>A city hospital follows the private rule: more than 1,000 people; sensitive data of one patient all the same.</summary>
    [Theory]
    [InlineData(1000, false, null)]
    [InlineData(1001, false, "2026-05-07")]
    [InlineData(1, true, "2026-05-07")]
    public void Of_a_hospital_begin_with_more_than_a_thousand_people(int people, bool sensitive, string? due)
    {
        var hospital = new Condition { Body = ["public-enterprise"], PersonalData = true, Any = [new() { Sensitive = true }, new() { PeopleOver = 1000 }] };
        var plan = Counting with { Duties = [SamplePlan.Duties.Single(d => d.Id == "ppc-final") with { When = hospital }] };
        var facts = Facts(People(people, At("2026-04-04 09:00")) with { Sensitive = sensitive }, "public-enterprise");

        DutyCalculation.Of(plan, facts, At("2026-04-04 09:00"), At("2026-04-04 09:00"), NothingRuns).Select(d => d.DueAt)
            .Should().Equal(due is null ? [] : [At($"{due} 23:59:59")]);
    }

    [Fact]
    public void Of_my_number_begin_with_one_person_and_go_beside_those_of_personal_data()
    {
        var facts = Facts(People(1, At("2026-12-29 10:00")) with { MyNumber = true });

        Due("my-number-preliminary", facts).DueAt.Should().Be(At("2027-01-02 23:59:59"), "no closed day moves it");
        Started(facts).Should().NotContain("ppc-preliminary", "one person, nothing sensitive");
        Started(Facts(People(101, At("2026-12-29 10:00")) with { MyNumber = true })).Should().Contain(["ppc-preliminary", "my-number-preliminary"]);
    }

    [Fact]
    public void Of_the_assembly_follow_its_own_ordinance()
    {
        var facts = Facts(People(101, At("2026-12-20 10:00")), "assembly");

        Due("assembly-notice", facts).DueAt.Should().Be(At("2027-01-02 23:59:59"), "fourteen days, not moved");
        Started(facts).Should().NotContain(["ppc-preliminary", "ppc-final"]);
    }

    private static readonly Dictionary<string, DateTimeOffset> NothingRuns = [];

    /// <summary>The duties of today as if they had been in force since 2020.</summary>
    private static readonly EmergencyPlan Counting = Plan with
    {
        Calendar = Published.Calendar,
        Duties = [.. SamplePlan.Duties.Select(d => d with { EffectiveFrom = Day("2020-01-01") })],
    };

    private static DutyDue Due(string id, Facts facts) => Of(facts).Single(d => d.Id == id);

    private static IEnumerable<string> Started(Facts facts) => Of(facts).Select(d => d.Id);

    private static IReadOnlyList<DutyDue> Of(Facts facts)
    {
        var known = facts.PersonalData!.KnownAt!.Value;
        return DutyCalculation.Of(Counting, facts, known, known, NothingRuns);
    }

    /// <summary>Day by day, as on a wall calendar: crosses off the days, then goes on while the office is closed.</summary>
    private static DateOnly Naive(DateOnly known, int days)
    {
        var today = known;
        for (var crossed = 1; crossed < days; crossed++) today = today.AddDays(1);
        while (Published.Holidays.ContainsKey(today) || today.DayOfWeek.ToString().StartsWith('S') || "12-29 12-30 12-31 01-01 01-02 01-03".Contains($"{today:MM-dd}"))
            today = today.AddDays(1);
        return today;
    }
}
