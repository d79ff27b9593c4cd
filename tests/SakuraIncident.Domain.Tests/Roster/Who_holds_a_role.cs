using FluentAssertions;
using SakuraIncident.Domain.Roster;
using Xunit;
using static SakuraIncident.Domain.Tests.Japan;

namespace SakuraIncident.Domain.Tests.Roster;

public class Who_holds_a_role
{
    private static readonly DayOfWeek[] EveryDay = Enum.GetValues<DayOfWeek>();
    private static readonly DateTimeOffset Noon = At("2026-11-24 12:00"); // a Tuesday

    [Fact]
    public void The_one_on_duty_comes_first_then_holders_then_deputies_each_once()
    {
        var roster = City(new RoleHolding("csirt", null, ["a"], ["b", "c"], null, null, ByShift: true))
            with
        { Shifts = [Daily("b")] };

        roster.WhoHolds("csirt", "mayor", Noon).Should().Equal(new Candidate("b", null), new Candidate("a", null), new Candidate("c", "a"));
    }

    [Fact]
    public void Without_a_duty_roster_shifts_do_not_count()
    {
        var roster = City(Holding("csirt", ["a"], ["b"])) with { Shifts = [Daily("b")] };

        roster.WhoHolds("csirt", "mayor", Noon).Should().Equal(new Candidate("a", null), new Candidate("b", "a"));
    }

    [Fact]
    public void A_deputy_stands_in_for_an_absent_holder_by_name()
    {
        var roster = City(Holding("ciso", ["a"], ["b"])) with { Absences = [new Absence("a", Noon, Noon.AddHours(1), "出張")] };

        roster.WhoHolds("ciso", "mayor", Noon.AddTicks(-1)).Select(c => c.Person).Should().Equal("a", "b");
        roster.WhoHolds("ciso", "mayor", Noon).Should().Equal(new Candidate("b", "a"));
        roster.WhoHolds("ciso", "mayor", Noon.AddHours(1)).Select(c => c.Person).Should().Equal("a", "b");
    }

    [Fact]
    public void The_holding_of_the_body_comes_before_the_one_for_all()
    {
        var roster = City(Holding("officer", ["a"], []), Holding("officer", ["b"], [], body: "education"), Holding("officer", ["c"], [], body: "assembly"));

        roster.WhoHolds("officer", "education", Noon).Select(c => c.Person).Should().Equal("b", "a");
        roster.WhoHolds("officer", "assembly", Noon).Select(c => c.Person).Should().Equal("c", "a");
        roster.WhoHolds("officer", "audit", Noon).Select(c => c.Person).Should().Equal("a");
    }

    [Theory]
    [InlineData("2026-03-31 23:59:59", "a")]
    [InlineData("2026-04-01 00:00:00", "b")]
    public void An_office_changes_hands_at_midnight_in_Japan(string at, string holder)
    {
        var roster = City(
            Holding("ciso", ["a"], []) with { Until = Day("2026-03-31") }, Holding("ciso", ["b"], []) with { From = Day("2026-04-01") });

        roster.WhoHolds("ciso", "mayor", At(at)).Select(c => c.Person).Should().Equal(holder);
    }

    [Theory]
    [InlineData(false, "product", null, true)]
    [InlineData(false, "phone", "090-0000-0001", true)]
    [InlineData(false, "mail", null, false)]
    [InlineData(false, null, null, false)]
    [InlineData(true, "product", null, false)]
    [InlineData(true, "phone", "03-0000-0001", true)]
    [InlineData(true, "mail", " ", false)]
    public void Only_who_has_a_channel_can_be_called(bool external, string? kind, string? address, bool callable)
    {
        var person = new Person("x", "外部", "mayor", "", "", kind is null ? [] : [new Channel(kind, address)], external);
        var roster = City(Holding("contractor", ["x"], [])) with { People = new Dictionary<string, Person> { ["x"] = person } };

        roster.WhoHolds("contractor", "mayor", Noon).Should().HaveCount(callable ? 1 : 0);
    }

    [Fact]
    public void Someone_who_is_not_registered_is_not_called() =>
        City(Holding("legal", ["who"], ["a"])).WhoHolds("legal", "mayor", Noon).Should().Equal(new Candidate("a", "who"));

    [Fact]
    public void A_role_nobody_holds_has_no_candidates() => City().WhoHolds("legal", "mayor", Noon).Should().BeEmpty();

    [Theory]
    // Thursday 2026-12-31, 17:15 until 08:30 of the next day: over the end of the year.
    [InlineData("2026-12-31 17:14:59", false)]
    [InlineData("2026-12-31 17:15:00", true)]
    [InlineData("2027-01-01 00:00:00", true)]
    [InlineData("2027-01-01 08:29:59", true)]
    [InlineData("2027-01-01 08:30:00", false)]
    [InlineData("2027-01-01 17:15:00", false)]
    public void A_night_duty_lasts_until_the_next_morning(string at, bool onDuty) =>
        Shifts(new Shift("csirt", "a", [DayOfWeek.Thursday], new TimeOnly(17, 15), new TimeOnly(8, 30), null, null))
            .OnDuty("csirt", At(at)).Should().HaveCount(onDuty ? 1 : 0);

    [Theory]
    // Saturday night belongs to Saturday, though the week begins on Sunday.
    [InlineData("2026-11-28 23:30", true)]
    [InlineData("2026-11-29 05:59", true)]
    [InlineData("2026-11-29 06:00", false)]
    [InlineData("2026-11-29 23:30", false)]
    public void A_night_duty_crosses_the_end_of_the_week(string at, bool onDuty) =>
        Shifts(new Shift("csirt", "a", [DayOfWeek.Saturday], new TimeOnly(22, 0), new TimeOnly(6, 0), null, null))
            .OnDuty("csirt", At(at)).Should().HaveCount(onDuty ? 1 : 0);

    [Theory]
    [InlineData("2026-11-23 08:30", true)]
    [InlineData("2026-11-24 08:29", true)]
    [InlineData("2026-11-24 08:30", false)]
    public void From_and_to_the_same_is_a_whole_day(string at, bool onDuty) =>
        Shifts(new Shift("csirt", "a", [DayOfWeek.Monday], new TimeOnly(8, 30), new TimeOnly(8, 30), null, null))
            .OnDuty("csirt", At(at)).Should().HaveCount(onDuty ? 1 : 0);

    [Theory]
    [InlineData("2026-11-23 23:00", false)]
    [InlineData("2026-11-24 03:00", false)]
    [InlineData("2026-11-24 23:00", true)]
    [InlineData("2026-11-26 03:00", true)]
    [InlineData("2026-11-26 23:00", false)]
    public void A_pattern_starts_and_ends_with_the_duty_that_begins_that_day(string at, bool onDuty) =>
        Shifts(new Shift("csirt", "a", EveryDay, new TimeOnly(22, 0), new TimeOnly(6, 0), Day("2026-11-24"), Day("2026-11-25")))
            .OnDuty("csirt", At(at)).Should().HaveCount(onDuty ? 1 : 0);

    [Fact]
    public void A_deputy_has_the_authority_only_while_every_holder_is_absent()
    {
        var roster = City(Holding("ciso", ["a", "b"], ["c"])) with
        {
            Absences = [new Absence("a", Noon, Noon.AddHours(2), null), new Absence("b", Noon.AddHours(1), Noon.AddHours(3), null)],
        };

        roster.RolesOf("a", Noon).Should().Equal("ciso");
        roster.RolesOf("c", Noon).Should().BeEmpty();
        roster.RolesOf("c", Noon.AddHours(1)).Should().Equal("ciso");
        roster.RolesOf("c", Noon.AddHours(2)).Should().BeEmpty();
    }

    [Fact]
    public void Who_is_on_duty_has_the_role_for_that_time_only()
    {
        var roster = Shifts(new Shift("csirt", "c", [DayOfWeek.Tuesday], new TimeOnly(8, 30), new TimeOnly(17, 15), null, null));

        roster.RolesOf("c", Noon).Should().Equal("csirt");
        roster.RolesOf("c", Noon.AddDays(1)).Should().BeEmpty();
    }

    private static DutyRoster City(params RoleHolding[] holdings) => new(
        new[] { "a", "b", "c" }.ToDictionary(id => id, id => new Person(id, id, "mayor", "", "", [new Channel("product", null)], false)),
        holdings, [], []);

    private static DutyRoster Shifts(params Shift[] shifts) => City() with { Shifts = shifts };

    private static RoleHolding Holding(string role, string[] holders, string[] deputies, string? body = null) =>
        new(role, body, holders, deputies, null, null, false);

    private static Shift Daily(string person) => new("csirt", person, EveryDay, new TimeOnly(0, 0), new TimeOnly(0, 0), null, null);
}
