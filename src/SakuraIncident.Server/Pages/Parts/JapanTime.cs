using System.Globalization;
using SakuraIncident.Domain;

namespace SakuraIncident.Server.Pages.Parts;

/// <summary>Moments as a person in Japan reads them. Japan is at +09:00 all year; weekday names are ours, since no culture is loaded.</summary>
public static class JapanTime
{
    private const int FirstYearOfReiwa = 2019;

    /// <summary><c>14:32</c></summary>
    public static string Clock(DateTimeOffset moment) => Format(moment, "HH:mm");

    /// <summary><c>11/24(火)</c></summary>
    public static string Day(DateTimeOffset moment) => $"{Format(moment, "M/d")}({Weekday(moment)})";

    /// <summary><c>11/24(火) 14:32</c></summary>
    public static string Short(DateTimeOffset moment) => $"{Day(moment)} {Clock(moment)}";

    /// <summary><c>令和8年11月24日(火) 14:32</c></summary>
    public static string Long(DateTimeOffset moment)
    {
        var there = InJapan.Here(moment);
        return string.Create(CultureInfo.InvariantCulture,
            $"令和{there.Year - FirstYearOfReiwa + 1}年{there.Month}月{there.Day}日({Weekday(moment)}) {Clock(moment)}");
    }

    /// <summary>For the attribute <c>datetime</c> and for live.js.</summary>
    public static string Machine(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>For <c>&lt;input type="datetime-local"&gt;</c>.</summary>
    public static string Input(DateTimeOffset moment) => Format(moment, "yyyy-MM-ddTHH:mm");

    public static bool SameDay(DateTimeOffset a, DateTimeOffset b) => InJapan.Day(a) == InJapan.Day(b);

    /// <summary>How long until, or since, a deadline: <c>残り 27:40</c>, <c>超過 6:12</c>. live.js counts on in the same form.</summary>
    public static string Until(DateTimeOffset due, DateTimeOffset now)
    {
        var left = (long)Math.Floor((due - now).TotalSeconds);
        return left >= 0 ? $"残り {Digits(left)}" : $"超過 {Digits(-left)}";
    }

    /// <summary>How long ago, by the minute: <c>34分</c>, <c>3時間12分</c>, <c>1日21時間</c>.</summary>
    public static string Since(DateTimeOffset from, DateTimeOffset now)
    {
        var minutes = Math.Max(0, (long)(now - from).TotalMinutes);
        return minutes switch
        {
            < 1 => "1分未満",
            < 60 => Invariant($"{minutes}分"),
            < 1440 => Invariant($"{minutes / 60}時間{minutes % 60}分"),
            _ => Invariant($"{minutes / 1440}日{minutes % 1440 / 60}時間"),
        };
    }

    private static string Digits(long seconds) => seconds switch
    {
        >= 86400 => Invariant($"{seconds / 86400}日{seconds % 86400 / 3600}時間"),
        >= 3600 => Invariant($"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}"),
        _ => Invariant($"{seconds / 60}:{seconds % 60:00}"),
    };

    private static string Format(DateTimeOffset moment, string format) => InJapan.Here(moment).ToString(format, CultureInfo.InvariantCulture);

    private static string Weekday(DateTimeOffset moment) => InJapan.Weekday(InJapan.Here(moment).DayOfWeek);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
