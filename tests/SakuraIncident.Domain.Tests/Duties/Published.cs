using SakuraIncident.Domain.Duties;

namespace SakuraIncident.Domain.Tests.Duties;

/// <summary>「国民の祝日」について, as the Cabinet Office publishes it: a substitute or sandwiched day is called 休日 there.</summary>
internal static class Published
{
    public static readonly IReadOnlyDictionary<DateOnly, string> Holidays = File.ReadLines(FindFile()).Skip(1)
        .Select(line => line.Split(',')).ToDictionary(day => Japan.Day(day[0]), day => day[1]);

    public static readonly BusinessCalendar Calendar = new(Holidays, Holidays);

    private static string FindFile()
    {
        for (var above = new DirectoryInfo(AppContext.BaseDirectory); above is not null; above = above.Parent)
            if (Path.Combine(above.FullName, "tests", "data", "holidays-2020-2027.csv") is var file && File.Exists(file)) return file;
        throw new FileNotFoundException("tests/data/holidays-2020-2027.csv");
    }
}
