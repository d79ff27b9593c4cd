using FluentAssertions;
using SakuraIncident.Server.Boards;

namespace SakuraIncident.Server.Tests.Boards;

/// <summary>How far the log may be told, by rule alone.</summary>
public sealed class The_order_of_the_log
{
    [Fact]
    public void waits_for_a_missing_number_as_long_as_its_taker_may_live()
    {
        var order = new LogOrder(0);
        Take(order, 1, 3).Should().Equal(1);
        order.Look(["4/7"]);
        Take(order, 3).Should().BeEmpty();
        order.Look(["4/7", "5/1"]);
        Take(order, 2, 3).Should().Equal(2, 3);
        order.IsWaiting.Should().BeFalse();
    }

    [Fact]
    public void passes_a_number_whose_taker_has_ended_without_it()
    {
        var order = new LogOrder(0);
        Take(order, 1, 3);
        order.Look(["4/7"]);
        Take(order, 3, 4).Should().BeEmpty();
        order.Look(["5/1"]); // somebody who came later does not count
        Take(order, 3, 4).Should().Equal(3, 4);
    }

    [Fact]
    public void does_not_pass_on_a_read_that_was_made_before_the_look()
    {
        var order = new LogOrder(0);
        Take(order, 1, 3).Should().Equal(1); // no look since 2 was missed
        Take(order, 3).Should().BeEmpty();
        order.Look([]);
        Take(order, 2, 3).Should().Equal(2, 3); // 2 was committed between the read that missed it and the look
    }

    [Fact]
    public void passes_nothing_beyond_the_rows_of_a_read_that_was_cut_off()
    {
        var order = new LogOrder(0);
        Take(order, 1, 9);
        order.Look([]);
        order.Take(Rows(3, 5), isAll: false).Select(e => e.Sequence).Should().Equal(3, 5);
        order.Position.Should().Be(5);
        order.Look([]);
        Take(order, 7, 9).Should().Equal(7, 9);
    }

    [Fact]
    public void forgets_what_a_thrown_away_copy_took()
    {
        var order = new LogOrder(0);
        Take(order.Copy(), 1, 2);
        Take(order, 1, 2).Should().Equal(1, 2);
    }

    private static IEnumerable<long> Take(LogOrder order, params long[] sequences) =>
        order.Take(Rows(sequences), isAll: true).Select(e => e.Sequence);

    private static List<LoggedEvent> Rows(params long[] sequences) =>
        sequences.Select(s => new LoggedEvent(s, Guid.Empty, 1, "NoteAdded")).ToList();
}
