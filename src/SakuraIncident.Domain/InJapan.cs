namespace SakuraIncident.Domain;

/// <summary>Days and times of Japan, which has had one offset and no summer time since 1952.</summary>
public static class InJapan
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(9);

    /// <summary>Years that people can mean for what is to come.</summary>
    private static readonly (int First, int Last) Years = (2000, 2199);

    private static readonly string[] Weekdays = ["日", "月", "火", "水", "木", "金", "土"];

    public static DateTimeOffset Here(DateTimeOffset moment) => moment.ToOffset(Offset);

    public static DateOnly Day(DateTimeOffset moment) => DateOnly.FromDateTime(Here(moment).DateTime);

    /// <summary>In UTC.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time) => new DateTimeOffset(day.ToDateTime(time), Offset).ToUniversalTime();

    public static DateTimeOffset Midnight(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>The moments at which something begins that day and ends: that day, or the next where it ends no later than it begins.</summary>
    public static (DateTimeOffset From, DateTimeOffset Until) Span(DateOnly day, TimeOnly from, TimeOnly to) =>
        (At(day, from), At(to > from ? day : day.AddDays(1), to));

    public static bool IsYearToCome(DateTimeOffset moment) => moment.Year >= Years.First && moment.Year <= Years.Last;

    public static string Weekday(DayOfWeek day) => Weekdays[(int)day];
}
