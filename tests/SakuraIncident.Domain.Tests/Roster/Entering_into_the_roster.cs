using FluentAssertions;
using SakuraIncident.Domain.Roster;
using Xunit;
using static SakuraIncident.Domain.Tests.Japan;

namespace SakuraIncident.Domain.Tests.Roster;

public class Entering_into_the_roster
{
    private static readonly DateTimeOffset From = At("2026-11-25 17:15");
    private static readonly DateTimeOffset Until = At("2026-11-26 08:30");

    [Fact]
    public void What_makes_sense_may_stand()
    {
        City.NightAndDay().FaultsOf(new Absence("b", From, Until, null)).Should().BeEmpty();
        City.NightAndDay().FaultsOf(new ShiftException("csirt", "d", From, Until)).Should().BeEmpty();
        City.NightAndDay().FaultsOf(new Swap("csirt", "b", "d", From, Until)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("2026-11-25 17:15", "until")]
    [InlineData("2026-11-25 17:14", "until")]
    [InlineData("2027-11-30 17:16", "until")]
    [InlineData("2400-01-01 00:00", "until")]
    public void A_span_ends_after_it_begins_and_within_370_days(string until, string field) =>
        City.Of().FaultsOf(new Absence("a", From, At(until), null)).Select(f => f.Field).Should().Equal(field);

    [Fact]
    public void Exactly_370_days_are_allowed() => City.Of().FaultsOf(new Absence("a", From, From.AddDays(370), null)).Should().BeEmpty();

    [Fact]
    public void Everybody_named_must_be_known() =>
        City.NightAndDay().FaultsOf(new Swap("csirt", "x", "y", From, Until)).Select(f => f.Field).Should().Equal("person", "with");

    [Fact]
    public void An_absence_within_another_says_nothing_new()
    {
        var roster = City.Of() with { Absences = [new("a", From, Until, null)] };

        roster.FaultsOf(new Absence("a", From.AddHours(1), Until, null)).Select(f => f.Field).Should().Equal("from");
        roster.FaultsOf(new Absence("a", From.AddHours(1), Until.AddHours(1), null)).Should().BeEmpty("it becomes longer");
        roster.FaultsOf(new Absence("b", From, Until, null)).Should().BeEmpty();
    }

    [Fact]
    public void Two_exceptions_cannot_stand_for_one_time()
    {
        var roster = City.NightAndDay() with { Exceptions = [new("csirt", "d", From, Until)] };

        roster.FaultsOf(new ShiftException("csirt", "a", Until.AddMinutes(-1), Until.AddHours(1))).Select(f => f.Field).Should().Equal("from");
        roster.FaultsOf(new ShiftException("csirt", "a", Until, Until.AddHours(1))).Should().BeEmpty();
        roster.FaultsOf(new ShiftException("legal", "a", From, Until)).Should().BeEmpty();
    }

    [Fact]
    public void Nobody_is_put_on_duty_while_he_is_absent() =>
        (City.NightAndDay() with { Absences = [new("d", From.AddDays(-1), Until, null)] })
            .FaultsOf(new ShiftException("csirt", "d", From, Until)).Select(f => f.Field).Should().Equal("person");

    [Fact]
    public void A_trade_needs_two_people_and_a_duty()
    {
        City.NightAndDay().FaultsOf(new Swap("csirt", "b", "b", From, Until)).Select(f => f.Field).Should().Equal("with");
        City.NightAndDay().FaultsOf(new Swap("csirt", "a", "d", From, Until)).Select(f => f.Field).Should().Equal("from");
        City.NightAndDay().FaultsOf(new Swap("legal", "b", "c", From, Until)).Select(f => f.Field).Should().Equal("from");
        (City.NightAndDay() with { Swaps = [new("csirt", "c", "d", From, Until)] })
            .FaultsOf(new Swap("csirt", "b", "d", From.AddHours(1), Until)).Select(f => f.Field).Should().Equal("from");
    }
}
