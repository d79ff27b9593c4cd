namespace SakuraIncident.Server.Boards;

/// <summary>
/// Decides how far the log may be told in order. Numbers are taken before they are committed and may never be: a missing number is
/// dead only when none of the transactions that held the sequence's lock just after it was first missed is still alive, and the
/// rows have been read once more after that was seen.
/// </summary>
public sealed class LogOrder(long position)
{
    private const int MostMarks = 32;
    private readonly List<Mark> marks = [];

    /// <summary>Everything up to here has been taken or is dead.</summary>
    public long Position { get; private set; } = position;

    /// <summary>A number is missing: look at the holders of the lock before the next read.</summary>
    public bool IsWaiting => marks.Count > 0;

    /// <param name="holders">Transactions that hold the sequence's lock, seen after the last read and before the next.</param>
    public void Look(IReadOnlyCollection<string> holders)
    {
        foreach (var mark in marks)
        {
            if (mark.Holders is null) mark.Holders = [.. holders];
            else mark.Holders.IntersectWith(holders);
        }
    }

    /// <summary>Takes what may be told now.</summary>
    /// <param name="rows">Read after the last look: all after <see cref="Position"/>, ascending, or the first of them.</param>
    /// <param name="isAll">No row was left out at the end.</param>
    public IReadOnlyList<LoggedEvent> Take(IReadOnlyList<LoggedEvent> rows, bool isAll)
    {
        var settled = marks.FindLast(m => m.Holders is { Count: 0 })?.Through ?? Position;
        var taken = new List<LoggedEvent>(rows.Count);
        foreach (var row in rows)
        {
            if (row.Sequence > settled)
            {
                Position = Math.Max(Position, settled);
                if (row.Sequence != Position + 1) break;
            }
            Position = row.Sequence;
            taken.Add(row);
        }
        if (isAll) Position = Math.Max(Position, settled);
        marks.RemoveAll(m => m.Through <= Position);
        if (rows.Count > 0 && rows[^1].Sequence > Position) Miss(rows[^1].Sequence);
        return taken;
    }

    /// <summary>All numbers up to here were given out before the next look.</summary>
    public void Miss(long through)
    {
        if (marks.Count > 0 && marks[^1].Through >= through) return;
        if (marks.Count == MostMarks || (marks.Count > 0 && marks[^1].Holders is null)) marks.RemoveAt(marks.Count - 1);
        marks.Add(new Mark(through));
    }

    /// <summary>To decide on, and to throw away where what was decided could not be handed on.</summary>
    public LogOrder Copy()
    {
        var copy = new LogOrder(Position);
        copy.marks.AddRange(marks.Select(m => new Mark(m.Through) { Holders = m.Holders is null ? null : [.. m.Holders] }));
        return copy;
    }

    private sealed class Mark(long through)
    {
        public long Through { get; } = through;

        /// <summary>Null: not looked since the number was first missed.</summary>
        public HashSet<string>? Holders { get; set; }
    }
}
