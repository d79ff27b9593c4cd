using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Incidents;

namespace SakuraIncident.Server.Imports;

/// <summary>A batch as the client sends it.</summary>
/// <param name="Rows">Each is read for itself: a damaged one does not spoil the rest.</param>
public sealed record ImportBatch(IReadOnlyList<string?>? Columns, IReadOnlyList<JsonElement>? Rows);

/// <param name="Line">Line of the file, for the one who reads what is said of it.</param>
/// <param name="Ordinal">How many equal rows stand before it in the file.</param>
public sealed record ImportRow(int Line, int Ordinal, IReadOnlyList<string>? Values);

public sealed record DamagedRow(int Line, string Reason);

public sealed record CategoryCount(string Category, string? Playbook, int Rows, int PublicSector);

public sealed record ImportAnswer(
    int Taken, int Unchanged, int Incidents, IReadOnlyList<DamagedRow> Damaged, IReadOnlyList<CategoryCount> Categories);

/// <summary>One row understood: which incident it belongs to, when it was so, and what it says.</summary>
/// <param name="Key">SHA-256 of source, row and ordinal: the same row is taken once.</param>
public sealed record ReadRow(
    int Line, byte[] Key, Guid Incident, string Number, DateTimeOffset At, DateTimeOffset? OccurredAt, string Title, string Category,
    Severity Severity, bool HasPlaybook, bool IsPublicSector, string State, bool IsClosed, IReadOnlyDictionary<string, string> Columns);

/// <summary>The reading of one source.</summary>
public abstract record ImportSource(string Name, IReadOnlyList<string> Needed)
{
    /// <exception cref="FormatException">The row cannot be taken; the message is Japanese.</exception>
    public abstract ReadRow Read(ImportRow row, IReadOnlyDictionary<string, string> columns);

    protected static Guid IdOf(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    protected byte[] KeyOf(ImportRow row, IReadOnlyDictionary<string, string> columns) => SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(new { source = Name, row.Ordinal, values = columns.Values }));
}

/// <summary>An audit log of ServiceNow: one row for each change of state. States are kept verbatim; times have no zone and are read as UTC.</summary>
public sealed record ServiceNow() : ImportSource("servicenow", ["number", "incident_state", "opened_at", "sys_updated_at"])
{
    public override ReadRow Read(ImportRow row, IReadOnlyDictionary<string, string> columns)
    {
        var number = columns["number"].Trim();
        if (number.Length is 0 or > 60) throw new FormatException("番号(number)がありません。");
        if (number.Any(char.IsControl)) throw new FormatException("番号(number)に使えない文字があります。");
        if (number is "." or ".." || number.Any(c => c is '/' or '\\') || Guid.TryParse(number, out _))
            throw new FormatException($"番号(number)「{number}」は、事案を指す番号に使えません。");
        if (NumberSeries.HasForm(number)) throw new FormatException($"番号(number)「{number}」は、この市の事案の番号です。");
        var state = columns["incident_state"];
        if (string.IsNullOrWhiteSpace(state)) throw new FormatException("状態(incident_state)がありません。");
        return new ReadRow(
            row.Line, KeyOf(row, columns), IdOf($"servicenow:{number}"), number, Moment(columns, "sys_updated_at"), Moment(columns, "opened_at"),
            $"{number} {Value(columns, "category")} {Value(columns, "subcategory")}".Trim(), "other", SeverityOf(Value(columns, "priority")), false, false,
            state, state == "Closed", columns);
    }

    private static DateTimeOffset Moment(IReadOnlyDictionary<string, string> columns, string name) =>
        DateTimeOffset.TryParseExact(
            columns[name].Trim(), ["dd-MM-yyyy HH:mm", "d-M-yyyy H:mm", "dd/MM/yyyy HH:mm", "d/M/yyyy HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && moment.Year is >= 1900 and <= 2100
            ? moment
            : throw new FormatException($"日時({name})「{columns[name]}」を読めません。");

    private static string Value(IReadOnlyDictionary<string, string> columns, string name) =>
        columns.TryGetValue(name, out var value) && value != "?" ? value : "";

    private static Severity SeverityOf(string priority) => priority.Length == 0 ? Severity.Low : priority[0] switch
    {
        '1' => Severity.Critical,
        '2' => Severity.High,
        '3' => Severity.Moderate,
        _ => Severity.Low,
    };
}

/// <summary>Publicly known incidents of the VERIS Community Database: one row, one incident, known by its year.</summary>
public sealed record Veris() : ImportSource("veris", ["year", "pattern", "victim.industry.name"])
{
    /// <summary>First match wins. An action of null is any.</summary>
    private static readonly (string? Pattern, string? Action, string Category)[] Rules =
    [
        ("Denial of Service", null, "denial-of-service"), ("Lost and Stolen Assets", null, "lost-or-stolen"),
        ("Privilege Misuse", null, "insider"), ("Payment Card Skimmers", null, "intrusion"), ("Crimeware", null, "malware"),
        ("Miscellaneous Errors", null, "misdirected"), ("Cyber-Espionage", null, "unauthorized-access"),
        ("Web Applications", null, "unauthorized-access"),
        (null, "Malware", "malware"), (null, "Hacking", "unauthorized-access"), (null, "Social", "phishing"), (null, "Physical", "intrusion"),
        (null, "Misuse", "insider"), (null, "Error", "misdirected"), (null, "Environmental", "disaster"),
    ];

    public override ReadRow Read(ImportRow row, IReadOnlyDictionary<string, string> columns)
    {
        if (!int.TryParse(columns["year"].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1900 or > 2100)
            throw new FormatException($"年(year)「{columns["year"]}」を読めません。");
        var pattern = columns["pattern"].Trim();
        var category = CategoryOf(pattern, columns);
        var key = KeyOf(row, columns);
        var number = $"VERIS-{Convert.ToHexString(key.AsSpan(0, 6))}";
        var industry = columns["victim.industry.name"].Trim();
        return new ReadRow(
            row.Line, key, IdOf($"veris:{Convert.ToHexString(key)}"), number, new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero), null,
            $"{pattern} ({industry}, {year})", category ?? "other", Severity.Low, category is not null, industry == "Public", "Reported", true, columns);
    }

    private static string? CategoryOf(string pattern, IReadOnlyDictionary<string, string> columns)
    {
        foreach (var rule in Rules)
            if ((rule.Pattern is null || rule.Pattern == pattern) && (rule.Action is null || columns.GetValueOrDefault($"action.{rule.Action}") == "1"))
                return rule.Category;
        return null;
    }
}
