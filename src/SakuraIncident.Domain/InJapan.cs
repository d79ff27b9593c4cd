namespace SakuraIncident.Domain;

/// <summary>Days and times of Japan, which has had one offset and no summer time since 1952.</summary>
internal static class InJapan
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(9);
    private static readonly string[] Weekdays = ["日", "月", "火", "水", "木", "金", "土"];

    public static DateTimeOffset Here(DateTimeOffset moment) => moment.ToOffset(Offset);

    public static DateOnly Day(DateTimeOffset moment) => DateOnly.FromDateTime(Here(moment).DateTime);

    public static DateTimeOffset At(DateOnly day, TimeOnly time) => new(day.ToDateTime(time), Offset);

    public static string Weekday(DayOfWeek day) => Weekdays[(int)day];
}
