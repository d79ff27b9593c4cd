using System.Globalization;
using FluentAssertions;
using SakuraIncident.Server.Plans;

namespace SakuraIncident.Server.Tests.Plans;

/// <summary>playbooks/holidays.yaml beside the list that the Cabinet Office publishes, which calls every day that follows from others 休日.</summary>
public class The_holidays
{
    private static readonly Dictionary<DateOnly, string> Published = File
        .ReadLines(Path.Combine(PlanFolder.Shipped, "..", "tests", "data", "holidays-2020-2027.csv")).Skip(1).Select(line => line.Split(','))
        .ToDictionary(day => DateOnly.Parse(day[0], CultureInfo.InvariantCulture), day => day[1]);

    private static readonly IReadOnlyDictionary<DateOnly, string> Calendar = PlanFiles.LoadSound(PlanFolder.Shipped).Plan.Calendar.Holidays;

    private static readonly Dictionary<DateOnly, string> Ours = Calendar
        .Where(day => day.Value != "年末年始の閉庁日").ToDictionary();

    [Fact]
    public void are_those_that_were_published_and_no_others() =>
        Ours.Where(day => day.Key.Year <= 2027).Select(day => (day.Key, day.Value is "振替休日" or "国民の休日" ? "休日" : day.Value)).Order()
            .Should().Equal(Published.Select(day => (day.Key, day.Value)).Order());

    [Fact]
    public void cover_every_year_to_2035_with_the_sixteen_of_the_law() =>
        Enumerable.Range(2020, 16).Select(year => Ours.Count(day => day.Key.Year == year && !day.Value.Contains("休日"))).Should().AllBeEquivalentTo(16);

    [Fact]
    public void close_the_offices_at_the_turn_of_every_year() =>
        Enumerable.Range(2020, 16).SelectMany(year => new[] { (12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3) }.Select(d => new DateOnly(year, d.Item1, d.Item2)))
            .Should().BeSubsetOf(Calendar.Keys);
}
