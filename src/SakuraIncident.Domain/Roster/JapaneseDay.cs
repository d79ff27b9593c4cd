namespace SakuraIncident.Domain.Roster;

/// <summary>Days and times of Japan, which is at +09:00 all year, as moments.</summary>
internal static class JapaneseDay
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(9);

    public static DateTime Here(DateTimeOffset at) => at.ToOffset(Offset).DateTime;

    public static DateOnly Of(DateTimeOffset at) => DateOnly.FromDateTime(Here(at));

    /// <summary>In UTC.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time) => new DateTimeOffset(day.ToDateTime(time), Offset).ToUniversalTime();

    public static DateTimeOffset Midnight(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>The moments at which something begins that day and ends: that day, or the next where it ends no later than it begins.</summary>
    public static (DateTimeOffset From, DateTimeOffset Until) Span(DateOnly day, TimeOnly from, TimeOnly to) =>
        (At(day, from), At(to > from ? day : day.AddDays(1), to));
}
