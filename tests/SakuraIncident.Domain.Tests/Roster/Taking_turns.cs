using FluentAssertions;
using SakuraIncident.Domain.Roster;
using Xunit;
using static SakuraIncident.Domain.Tests.Japan;

namespace SakuraIncident.Domain.Tests.Roster;

public class Taking_turns
{
    [Theory]
    [InlineData("2026-04-01 08:29:59", null)]
    [InlineData("2026-04-01 08:30", "a")]
    [InlineData("2026-04-08 08:29:59", "a")]
    [InlineData("2026-04-08 08:30", "b")]
    [InlineData("2026-04-15 08:30", "c")]
    [InlineData("2026-04-22 08:30", "a")]
    // 39 weeks later: the turn that began on 2026-12-30 goes over the end of the year.
    [InlineData("2026-12-30 08:29", "c")]
    [InlineData("2026-12-31 23:59:59", "a")]
    [InlineData("2027-01-01 00:00", "a")]
    [InlineData("2027-01-06 08:30", "b")]
    public void By_the_week_each_has_seven_days_from_hand_over_to_hand_over(string at, string? onDuty) =>
        OnDuty(City.Turns(7, "2026-04-01", "a", "b", "c"), at).Should().Be(onDuty);

    [Theory]
    // 2028 has a February 29.
    [InlineData("2028-02-28 08:30", "a")]
    [InlineData("2028-02-29 08:29", "a")]
    [InlineData("2028-02-29 08:30", "b")]
    [InlineData("2028-03-01 08:29", "b")]
    [InlineData("2028-03-01 08:30", "a")]
    public void By_the_day_the_leap_day_is_a_day(string at, string onDuty) =>
        OnDuty(City.Turns(1, "2028-02-28", "a", "b"), at).Should().Be(onDuty);

    [Fact]
    public void The_turn_that_began_on_the_last_day_is_finished()
    {
        var rotation = City.Turns(7, "2026-04-01", "a", "b") with { Ends = Day("2026-04-08") };

        OnDuty(rotation, "2026-04-15 08:29").Should().Be("b");
        OnDuty(rotation, "2026-04-15 08:30").Should().BeNull();
    }

    [Fact]
    public void Whose_turn_it_is_is_called_first_and_has_the_role()
    {
        var roster = City.Of(City.Holding("csirt", ["d"]) with { ByShift = true }) with { Rotations = [City.Turns(7, "2026-04-01", "a", "b")] };

        roster.Called("csirt", "2026-04-02 03:00").Should().Equal("a", "d");
        roster.RolesOf("a", At("2026-04-02 03:00")).Should().Equal("csirt");
        roster.RolesOf("b", At("2026-04-02 03:00")).Should().BeEmpty();
    }

    private static string? OnDuty(Rotation rotation, string at) => (City.Of() with { Rotations = [rotation] }).OnDuty("csirt", At(at)).SingleOrDefault();
}
