using System.Globalization;
using System.Text.RegularExpressions;

namespace SakuraIncident.Server.Plans.Files;

/// <summary>Durations as the plan writes them: <c>30s</c>, <c>15m</c>, <c>2h</c>, <c>3d</c>, <c>1h30m</c>; over zero, at most a year.</summary>
internal static partial class Durations
{
    public static TimeSpan? Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success) return null;
        var total = TimeSpan.FromDays(Part(match, "d"), Part(match, "h"), Part(match, "m"), Part(match, "s"));
        return total > TimeSpan.Zero && total <= TimeSpan.FromDays(366) ? total : null;
    }

    private static int Part(Match match, string unit) =>
        match.Groups[unit] is { Success: true, Value: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A(?:(?<d>[0-9]{1,5})d)?(?:(?<h>[0-9]{1,5})h)?(?:(?<m>[0-9]{1,6})m)?(?:(?<s>[0-9]{1,7})s)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}

/// <summary>Values of an enumeration as the files and the API write them.</summary>
internal static class Names
{
    public static string Of<T>(T value) where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
