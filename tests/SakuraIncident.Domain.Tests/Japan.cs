using System.Globalization;

namespace SakuraIncident.Domain.Tests;

/// <summary>Moments as people in Japan say them.</summary>
public static class Japan
{
    /// <param name="text"><c>2026-11-24 14:30</c>, or with seconds.</param>
    public static DateTimeOffset At(string text) =>
        new DateTimeOffset(DateTime.Parse(text, CultureInfo.InvariantCulture), TimeSpan.FromHours(9)).ToUniversalTime();

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
