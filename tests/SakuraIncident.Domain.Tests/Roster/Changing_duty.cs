using CsCheck;
using FluentAssertions;
using SakuraIncident.Domain.Roster;
using Xunit;
using static SakuraIncident.Domain.Tests.Japan;

namespace SakuraIncident.Domain.Tests.Roster;

public class Changing_duty
{
    [Theory]
    [InlineData("2026-12-31 21:59", "b")]
    [InlineData("2026-12-31 22:00", "d")]
    [InlineData("2027-01-01 01:59", "d")]
    [InlineData("2027-01-01 02:00", "b")]
    public void An_exception_stands_instead_of_the_pattern_for_its_span_only(string at, string onDuty)
    {
        var roster = City.NightAndDay() with { Exceptions = [new("csirt", "d", At("2026-12-31 22:00"), At("2027-01-01 02:00"))] };

        roster.OnDuty("csirt", At(at)).Should().Equal(onDuty);
        roster.Called("csirt", at).Should().Equal(onDuty, "a");
    }

    [Fact]
    public void An_exception_counts_where_there_is_no_pattern_at_all()
    {
        var roster = City.Of(City.Holding("legal", ["a"])) with { Exceptions = [new("legal", "d", At("2026-11-25 18:00"), At("2026-11-26 00:00"))] };

        roster.Called("legal", "2026-11-25 23:59:59").Should().Equal("d", "a");
        roster.Called("legal", "2026-11-26 00:00").Should().Equal("a");
        roster.RolesOf("d", At("2026-11-25 20:00")).Should().Equal("legal");
    }

    [Theory]
    [InlineData("2026-11-25 17:14", "b")] // c's day, which b does
    [InlineData("2026-11-25 17:15", "c")] // b's night, which c does
    [InlineData("2026-11-26 08:29", "c")]
    [InlineData("2026-11-26 08:30", "c")] // the trade is over: c's own day
    [InlineData("2026-11-26 17:15", "b")]
    public void Two_who_trade_have_each_other_s_duty(string at, string onDuty)
    {
        var roster = City.NightAndDay() with { Swaps = [new("csirt", "b", "c", At("2026-11-25 08:30"), At("2026-11-26 08:30"))] };

        roster.OnDuty("csirt", At(at)).Should().Equal(onDuty);
    }

    [Fact]
    public void What_was_changed_may_be_traded_on()
    {
        var roster = City.NightAndDay() with
        {
            Exceptions = [new("csirt", "d", At("2026-11-25 17:15"), At("2026-11-26 08:30"))],
            Swaps = [new("csirt", "d", "a", At("2026-11-25 17:15"), At("2026-11-26 00:00"))],
        };

        roster.OnDuty("csirt", At("2026-11-25 23:59")).Should().Equal("a");
        roster.OnDuty("csirt", At("2026-11-26 00:00")).Should().Equal("d");
    }

    [Fact]
    public void Duty_is_told_as_spans_with_what_was_cut_out_of_them()
    {
        var roster = City.NightAndDay() with { Exceptions = [new("csirt", "d", At("2026-11-25 22:00"), At("2026-11-26 02:00"))] };

        roster.DutySpans("csirt", At("2026-11-25 18:00"), At("2026-11-26 09:00")).Should().Equal(
            new DutySpan("csirt", "b", At("2026-11-25 17:15"), At("2026-11-25 22:00")),
            new DutySpan("csirt", "d", At("2026-11-25 22:00"), At("2026-11-26 02:00")),
            new DutySpan("csirt", "b", At("2026-11-26 02:00"), At("2026-11-26 08:30")),
            new DutySpan("csirt", "c", At("2026-11-26 08:30"), At("2026-11-26 17:15")));
    }

    [Fact]
    public void Spans_and_moments_say_the_same_and_nothing_changes_between_edges() =>
        Rosters.Sample(roster =>
        {
            var (from, until) = (At("2026-12-25 00:00"), At("2027-01-10 00:00"));
            var edges = roster.Edges(from, until);
            var spans = roster.DutySpans("csirt", from, until);
            edges[0].Should().Be(from);
            edges.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
            foreach (var (begins, ends) in edges.Zip(edges.Skip(1).Append(until)))
            {
                foreach (var at in new[] { begins, begins + ((ends - begins) / 2), ends.AddTicks(-1) })
                {
                    roster.OnDuty("csirt", at).Order().Should().Equal(spans.Where(s => s.From <= at && at < s.Until).Select(s => s.Person).Distinct().Order());
                    roster.WhoHolds("csirt", "mayor", at, wakes: false).Should().Equal(roster.WhoHolds("csirt", "mayor", begins, wakes: false));
                    roster.RolesOf("d", at).Should().BeEquivalentTo(roster.RolesOf("d", begins));
                }
            }
        }, iter: 150);

    private static readonly Gen<string> Someone = Gen.Int[0, 3].Select(i => "abcd"[i].ToString());
    private static readonly Gen<TimeOnly> TimeOfDay = Gen.Int[0, 24 * 60 - 1].Select(m => new TimeOnly(m / 60, m % 60));
    private static readonly Gen<DateTimeOffset> Moment = Gen.Int[0, 20 * 24 * 60].Select(m => At("2026-12-22 00:00").AddMinutes(m));
    private static readonly Gen<(DateTimeOffset From, DateTimeOffset Until)> Span =
        Gen.Select(Moment, Gen.Int[1, 3000]).Select((from, minutes) => (from, from.AddMinutes(minutes)));

    private static readonly Gen<DutyRoster> Rosters = Gen.Select(
        Gen.Select(Someone, Gen.Int[0, 6].Select(d => (DayOfWeek)d).Array[1, 7], TimeOfDay, TimeOfDay).Select((p, d, f, t) => new Shift("csirt", p, d, f, t, null, null)).Array[0, 4],
        Gen.Select(Someone.Array[1, 3], Gen.Int[1, 8], TimeOfDay, Gen.Int[-20, 20]).Select((p, d, t, s) => new Rotation("csirt", p, d, t, Day("2027-01-01").AddDays(s), null)).Array[0, 2],
        Gen.Select(Someone, Span).Select((p, s) => new ShiftException("csirt", p, s.From, s.Until)).Array[0, 3],
        Gen.Select(Someone, Someone, Span).Select((p, w, s) => new Swap("csirt", p, w, s.From, s.Until)).Array[0, 3],
        Gen.Select(Someone, Span).Select((p, s) => new Absence(p, s.From, s.Until, null)).Array[0, 3],
        Gen.Select(Someone, TimeOfDay, TimeOfDay)).Select((shifts, rotations, exceptions, swaps, absences, quiet) =>
        {
            var city = City.Of(City.Holding("csirt", ["a"], "d") with { ByShift = true, Terms = [new("d", Day("2027-01-01"), Day("2027-01-05"))] });
            return city with
            {
                People = city.People.ToDictionary(p => p.Key, p => p.Key == quiet.Item1 ? p.Value with { Quiet = new(quiet.Item2, quiet.Item3) } : p.Value),
                Shifts = shifts,
                Rotations = rotations,
                Exceptions = exceptions,
                Swaps = swaps,
                Absences = absences,
            };
        });
}
