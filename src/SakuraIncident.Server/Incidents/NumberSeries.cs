using System.Globalization;
using System.Text.RegularExpressions;
using Marten;
using Npgsql;
using SakuraIncident.Domain;

namespace SakuraIncident.Server.Incidents;

/// <summary>
/// Incident numbers by fiscal year in Japan: <c>R8-0042</c>, drills <c>K8-0001</c>. Taken in the opening's own transaction, so that a
/// rolled-back opening leaves no gap; the row's lock makes openings of one series follow each other.
/// </summary>
public sealed partial class NumberSeries
{
    private const int ReiwaBegan = 2018; // 令和元年 is 2019

    public async Task<string> NextAsync(IDocumentSession session, bool drill, DateTimeOffset now, CancellationToken cancellation)
    {
        var series = SeriesOf(drill, now);
        await using var command = new NpgsqlCommand(
            """
            insert into sakura.number_series (series, last) values ($1, 1)
            on conflict (series) do update set last = sakura.number_series.last + 1 returning last
            """, session.Connection)
        { Parameters = { new() { Value = series } } };
        var number = (int)(await command.ExecuteScalarAsync(cancellation))!;
        return string.Create(CultureInfo.InvariantCulture, $"{series}-{number:0000}");
    }

    /// <summary>Whether a number is one of these series, now or in another year: no other system's incident may take it.</summary>
    public static bool HasForm(string number) => Form().IsMatch(number);

    [GeneratedRegex("^[RK]\\d+-\\d+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form();

    /// <summary>The fiscal year runs from April 1 to March 31.</summary>
    public static string SeriesOf(bool drill, DateTimeOffset now)
    {
        var day = InJapan.Here(now);
        var year = day.Month >= 4 ? day.Year : day.Year - 1;
        return string.Create(CultureInfo.InvariantCulture, $"{(drill ? 'K' : 'R')}{year - ReiwaBegan}");
    }
}
