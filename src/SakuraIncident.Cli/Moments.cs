using System.Globalization;

namespace SakuraIncident.Cli;

/// <summary>Times as people in Japan write and read them: fixed +09:00.</summary>
internal static class Moments
{
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);
    private static readonly string[] WithoutZone =
        ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF"];

    private static readonly string[] WithZone =
        ["yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK"];

    /// <summary>ISO 8601 (without a zone: Japan), or <c>HH:mm</c> of today in Japan.</summary>
    public static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset moment)
    {
        var invariant = CultureInfo.InvariantCulture;
        moment = default;
        if (TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], invariant, DateTimeStyles.None, out var time))
        {
            var today = DateOnly.FromDateTime(now.ToOffset(Japan).Date);
            moment = new DateTimeOffset(today.ToDateTime(time), Japan).ToUniversalTime();
            return true;
        }

        if (DateTime.TryParseExact(text, WithoutZone, invariant, DateTimeStyles.None, out var local))
        {
            moment = new DateTimeOffset(local, Japan).ToUniversalTime();
            return true;
        }

        if (!DateTimeOffset.TryParseExact(text, WithZone, invariant, DateTimeStyles.None, out var zoned)) return false;

        moment = zoned.ToUniversalTime();
        return true;
    }

    /// <summary><c>11/24(火) 14:32</c>; of another year with the year before it.</summary>
    public static string Text(DateTimeOffset moment, DateTimeOffset now)
    {
        var there = moment.ToOffset(Japan);
        var year = there.Year == now.ToOffset(Japan).Year ? "" : $"{there.Year}/";
        return $"{year}{there.Month}/{there.Day}({"日月火水木金土"[(int)there.DayOfWeek]}) {there:HH\\:mm}";
    }

    public static string Text(DateTimeOffset? moment, DateTimeOffset now) => moment is { } said ? Text(said, now) : "";

    /// <summary>How long until or since: <c>あと 12分</c>, <c>3時間 5分 超過</c>.</summary>
    public static string Left(DateTimeOffset due, DateTimeOffset now)
    {
        var left = due - now;
        return left >= TimeSpan.Zero ? $"あと {Span(left)}" : $"{Span(-left)} 超過";
    }

    public static string Span(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => $"{(int)span.TotalSeconds}秒",
        { TotalHours: < 1 } => $"{(int)span.TotalMinutes}分",
        { TotalDays: < 1 } => $"{(int)span.TotalHours}時間 {span.Minutes}分",
        _ => $"{(int)span.TotalDays}日 {span.Hours}時間",
    };
}
