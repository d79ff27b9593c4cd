using FluentAssertions;
using SakuraIncident.Domain.Assurance;
using SakuraIncident.Domain.Roster;
using Xunit;

namespace SakuraIncident.Domain.Tests.Assurance;

/// <summary>Where the week is thin.</summary>
public sealed class Hours_of_the_week
{
    private static readonly DateTimeOffset Monday = Japan.At("2026-11-30 00:00");

    [Fact]
    public void all_have_as_many_as_hold_the_rungs()
    {
        var hours = WeekHours.Of(SamplePlan.Plan, SamplePlan.Roster, Monday);

        hours.Should().HaveCount(168);
        (hours[0].Day, hours[0].Hour, hours[^1].Day, hours[^1].Hour).Should().Be((DayOfWeek.Monday, 0, DayOfWeek.Sunday, 23));
        hours.Should().OnlyContain(h => h.Fewest == 4);
    }

    [Fact]
    public void show_an_absence_of_one_night_in_its_hours_alone()
    {
        var away = SamplePlan.Roster with { Absences = [new Absence("fujita", Japan.At("2026-12-06 22:30"), Japan.At("2026-12-07 01:00"), null)] };

        var thin = WeekHours.Of(SamplePlan.Plan, away, Monday).Where(h => h.Fewest == 3).ToList();

        thin.Select(h => (h.Day, h.Hour)).Should().BeEquivalentTo([(DayOfWeek.Sunday, 22), (DayOfWeek.Sunday, 23), (DayOfWeek.Monday, 0)]);
        thin.Single(h => h.Hour == 22).At.Should().Be(Japan.At("2026-12-06 22:30"));
    }
}
