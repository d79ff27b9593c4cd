using FluentAssertions;
using SakuraIncident.Domain.Roster;
using Xunit;
using static SakuraIncident.Domain.Tests.Japan;

namespace SakuraIncident.Domain.Tests.Roster;

public class Deputies_and_quiet_hours
{
    [Theory]
    [InlineData("2026-03-31 23:59:59", "a c")]
    [InlineData("2026-04-01 00:00", "a b c")]
    [InlineData("2026-06-30 23:59:59", "a b c")]
    [InlineData("2026-07-01 00:00", "a c")]
    public void A_deputy_with_a_term_stands_in_on_its_days_only(string at, string called) =>
        (City.Of(City.Holding("ciso", ["a"], "b", "c") with { Terms = [new("b", Day("2026-04-01"), Day("2026-06-30"))] }))
            .Called("ciso", at).Should().Equal(called.Split(' '));

    [Fact]
    public void The_authority_moves_on_in_the_order_of_the_deputies()
    {
        var noon = At("2026-11-25 12:00");
        var roster = City.Of(City.Holding("ciso", ["a"], "b", "c")) with
        {
            Absences = [new("a", noon, noon.AddHours(3), null), new("b", noon.AddHours(1), noon.AddHours(2), null)],
        };

        Holding("b", 0).Should().BeTrue();
        Holding("c", 0).Should().BeFalse("the first deputy is there");
        Holding("c", 1).Should().BeTrue();
        Holding("c", 2).Should().BeFalse();
        Holding("b", 3).Should().BeFalse("the holder is back");

        bool Holding(string person, int hours) => roster.RolesOf(person, noon.AddHours(hours)).Contains("ciso");
    }

    [Fact]
    public void A_deputy_whose_term_is_over_keeps_nobody_from_the_authority()
    {
        var noon = At("2026-11-25 12:00");
        var roster = City.Of(City.Holding("ciso", ["a"], "b", "c") with { Terms = [new("b", null, Day("2026-10-31"))] }) with
        {
            Absences = [new("a", noon, noon.AddHours(1), null)],
        };

        roster.RolesOf("c", noon).Should().Equal("ciso");
        roster.RolesOf("b", noon).Should().BeEmpty();
        roster.ActingFor("ciso", "mayor", "c", noon).Should().Be("a");
        roster.ActingFor("ciso", "mayor", "b", noon).Should().BeNull();
    }

    [Theory]
    [InlineData("2026-12-31 21:59:59", true)]
    [InlineData("2026-12-31 22:00", false)]
    [InlineData("2027-01-01 00:00", false)]
    [InlineData("2027-01-01 05:59:59", false)]
    [InlineData("2027-01-01 06:00", true)]
    public void In_quiet_hours_only_grave_incidents_call(string at, bool called)
    {
        var roster = Quiet("a", "22:00", "06:00", City.Of(City.Holding("legal", ["a"], "b")));

        roster.Called("legal", at, wakes: false).Should().Equal(called ? ["a", "b"] : ["b"]);
        roster.Called("legal", at, wakes: true).Should().Equal("a", "b");
    }

    [Fact]
    public void Quiet_hours_by_day_do_not_reach_into_the_night()
    {
        var roster = Quiet("a", "12:00", "13:00", City.Of(City.Holding("legal", ["a"])));

        roster.Called("legal", "2026-11-25 12:30", wakes: false).Should().BeEmpty();
        roster.Called("legal", "2026-11-25 13:00", wakes: false).Should().Equal("a");
        roster.Called("legal", "2026-11-25 03:00", wakes: false).Should().Equal("a");
    }

    [Fact]
    public void Whoever_is_on_duty_is_called_in_his_quiet_hours_too() =>
        Quiet("b", "22:00", "06:00", City.NightAndDay()).Called("csirt", "2026-11-25 03:00", wakes: false).Should().Equal("b", "a");

    [Fact]
    public void Edges_of_a_large_city_are_found_at_once()
    {
        var people = Enumerable.Range(0, 2000).Select(i => $"p{i}").ToList();
        var midnight = TimeOnly.MinValue;
        var roster = new DutyRoster(
            people.ToDictionary(p => p, p => new Person(p, p, "mayor", "", "", [new Channel("product", null)], false) { Quiet = new(new(22, 0), new(6, 0)) }),
            [.. Enumerable.Range(0, 400).Select(r => new RoleHolding($"r{r}", null, [people[r]], [people[r + 1]], Day("2026-04-01"), null, true))],
            [.. Enumerable.Range(0, 4000).Select(i => new Shift($"r{i % 400}", people[i % 2000], City.EveryDay, midnight.AddHours(i % 24), midnight.AddHours(i % 24 + 8), null, null))],
            [.. people.Select((p, i) => new Absence(p, At("2026-08-01 00:00").AddDays(i % 30), At("2026-08-06 00:00").AddDays(i % 30), null))])
        {
            Rotations = [.. Enumerable.Range(0, 400).Select(r => new Rotation($"r{r}", ["p1", "p2"], 7, new(8, 30), Day("2026-04-01"), null))],
        };

        var edges = roster.Edges(At("2026-04-01 00:00"), At("2027-04-01 00:00"));

        edges.Should().HaveCount((365 * 24) + 53, "every hour something begins, and 53 hand-overs lie between the hours");
    }

    private static DutyRoster Quiet(string person, string from, string to, DutyRoster roster) => roster with
    {
        People = roster.People.ToDictionary(p => p.Key, p => p.Key == person ? p.Value with { Quiet = new(City.Time(from), City.Time(to)) } : p.Value),
    };
}
