using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace SakuraIncident.Benchmarks;

/// <summary>One thing that was measured.</summary>
/// <param name="Raw">The limit, measured in the same run; null where there is none.</param>
/// <param name="RawIs">What the limit is.</param>
/// <param name="Aim">What is aimed at, in words.</param>
public sealed record Figure(string What, double Value, string Unit, double? Raw = null, string? RawIs = null, string? Aim = null)
{
    public double? Ratio => Raw is > 0 ? Value / Raw : null;
}

public static class Results
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Prints the table and writes <c>bench/results/NAME.json</c>.</summary>
    public static void Write(string name, IReadOnlyList<Figure> figures)
    {
        var table = new Table().Title(name).AddColumns("何を", "値", "素の限界", "比", "目標");
        foreach (var f in figures)
            table.AddRow(new Text(f.What), new Text($"{Number(f.Value)} {f.Unit}"), new Text(f.Raw is { } raw ? $"{Number(raw)} ({f.RawIs})" : "–"),
                new Text(f.Ratio is { } ratio ? Number(ratio) : "–"), new Text(f.Aim ?? "–"));
        AnsiConsole.Write(table);

        Directory.CreateDirectory(Path.Combine("bench", "results"));
        var result = new { name, measuredAt = DateTimeOffset.UtcNow, cores = Environment.ProcessorCount, figures };
        File.WriteAllText(Path.Combine("bench", "results", $"{name}.json"), JsonSerializer.Serialize(result, Json) + "\n");
    }

    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }

    private static string Number(double value) =>
        value.ToString(value >= 100 ? "N0" : value >= 10 ? "N1" : "N2", CultureInfo.InvariantCulture);
}
