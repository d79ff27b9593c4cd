using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace SakuraIncident.Server.Registers;

/// <summary>A column of a register's CSV file.</summary>
/// <param name="Key">How the program calls it.</param>
/// <param name="Names">What its heading may be, in Japanese or as an id; the first one is what is said to people.</param>
/// <param name="Needed">The file must have it, and every line must say something in it.</param>
public sealed record CsvColumn(string Key, IReadOnlyList<string> Names, bool Needed = false, int Most = 200);

/// <summary>What is wrong, and where.</summary>
/// <param name="Line">Of the file, the heading is line 1; 0: the file as a whole.</param>
public sealed record CsvFault(int Line, string? Column, string Reason)
{
    public override string ToString() => Line == 0 ? Reason : Column is null ? $"{Line}行目: {Reason}" : $"{Line}行目「{Column}」: {Reason}";
}

/// <summary>One line, column by column. A column that the file does not have is absent; one that is empty is "".</summary>
public sealed record CsvLine(int Number, IReadOnlyDictionary<string, string> Values)
{
    public string this[string key] => Values.GetValueOrDefault(key, "");

    public bool Has(string key) => Values.ContainsKey(key);
}

/// <summary>
/// A register as CSV (RFC 4180), as spreadsheets save it: UTF-8 with or without a mark, or Shift_JIS (CP932). One fault, and nothing of
/// it is to be taken.
/// </summary>
public sealed record CsvTable(IReadOnlyList<CsvLine> Lines, IReadOnlyList<CsvFault> Faults)
{
    public const int MostBytes = 2 * 1024 * 1024;
    private const int MostLines = 20_000;
    private const string Remarks = "備考";

    public static CsvTable Read(byte[] file, IReadOnlyList<CsvColumn> columns)
    {
        if (TextOf(file) is not { } text) return Broken("文字コードが UTF-8 でも Shift_JIS でもありません。「CSV UTF-8」で保存し直してください。");
        var faults = new List<CsvFault>();
        var lines = new List<CsvLine>();
        var settings = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = bad => faults.Add(new CsvFault(bad.Context.Parser?.RawRow ?? 0, null, "引用符の使い方が正しくありません。")),
            Mode = CsvMode.RFC4180,
            TrimOptions = TrimOptions.Trim,
        };
        using var parser = new CsvParser(new StringReader(text), settings);
        if (!parser.Read()) return Broken("ファイルが空です。");
        if (Heading(parser.Record!, columns, faults) is not { } heading) return new CsvTable([], faults);

        while (parser.Read())
        {
            if (lines.Count == MostLines) return Broken($"行が多すぎます({MostLines:#,0}行まで)。");
            if (parser.Record!.All(string.IsNullOrWhiteSpace)) continue;
            Read(parser.Record!, FirstLine(parser), heading, faults, lines);
        }
        if (lines.Count == 0 && faults.Count == 0) return Broken("見出しの下に行がありません。");
        return new CsvTable(lines, faults);
    }

    /// <summary>What is made of each line, where nothing is wrong with it; no id stands twice. Faults in the order of the lines.</summary>
    /// <param name="columns">One of them has the key <c>id</c>.</param>
    /// <param name="read">Says by key what is wrong.</param>
    public static (IReadOnlyList<T> Entries, IReadOnlyList<CsvFault> Faults) Read<T>(
        byte[] file, IReadOnlyList<CsvColumn> columns, Func<CsvLine, Action<string, string>, T> read, Func<T, string> idOf)
    {
        var table = Read(file, columns);
        var faults = table.Faults.ToList();
        var entries = new List<T>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in table.Lines)
        {
            var wrong = faults.Count;
            var entry = read(line, Wrong);
            if (lines.TryGetValue(idOf(entry), out var first)) Wrong("id", $"{first}行目と同じ{NameOf("id")}です。");
            else lines[idOf(entry)] = line.Number;
            if (faults.Count == wrong) entries.Add(entry);

            void Wrong(string key, string reason) => faults.Add(new CsvFault(line.Number, NameOf(key), reason));
        }
        return (entries, [.. faults.OrderBy(f => f.Line)]);

        string NameOf(string key) => columns.First(c => c.Key == key).Names[0];
    }

    /// <summary>Where a record begins: the reader knows where it ends, and a quoted value may go over lines.</summary>
    private static int FirstLine(CsvParser parser) => parser.RawRow - parser.RawRecord.AsSpan().TrimEnd("\r\n").Count('\n');

    private static CsvTable Broken(string reason) => new([], [new CsvFault(0, null, reason)]);

    /// <returns>The column of each field, null for one that is passed over; null as a whole: the heading cannot be used.</returns>
    private static List<CsvColumn?>? Heading(string[] names, IReadOnlyList<CsvColumn> columns, List<CsvFault> faults)
    {
        var heading = new List<CsvColumn?>();
        foreach (var name in names.Select(n => n.Normalize(NormalizationForm.FormKC).Trim()))
        {
            var column = columns.FirstOrDefault(c => c.Names.Contains(name, StringComparer.OrdinalIgnoreCase));
            if (column is null && name != Remarks) faults.Add(new CsvFault(1, null, $"列「{Shorten(name)}」は使いません。使える列は {string.Join("、", columns.Select(c => c.Names[0]))}、{Remarks} です。"));
            if (column is not null && heading.Contains(column)) faults.Add(new CsvFault(1, null, $"列「{column.Names[0]}」が二つあります。"));
            heading.Add(column);
        }
        foreach (var missing in columns.Where(c => c.Needed && !heading.Contains(c)))
            faults.Add(new CsvFault(1, null, $"列「{missing.Names[0]}」がありません。"));
        return faults.Count == 0 ? heading : null;
    }

    private static void Read(string[] fields, int number, List<CsvColumn?> heading, List<CsvFault> faults, List<CsvLine> lines)
    {
        if (fields.Length != heading.Count)
        {
            faults.Add(new CsvFault(number, null, $"列が {fields.Length} 個です({heading.Count} 個のはずです)。"));
            return;
        }
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (column, field) in heading.Zip(fields))
        {
            if (column is null) continue;
            var value = field.Normalize(NormalizationForm.FormC).Trim();
            if (FaultOf(value, column) is { } reason) faults.Add(new CsvFault(number, column.Names[0], reason));
            values[column.Key] = value;
        }
        lines.Add(new CsvLine(number, values));
    }

    private static string? FaultOf(string value, CsvColumn column)
    {
        if (value.Contains('\n') || value.Contains('\r')) return "改行が入っています。引用符(\")が閉じているか確かめてください。";
        if (value.Any(char.IsControl) || value.Contains('\uFFFD')) return "使えない文字(制御文字など)が入っています。";
        if (value.Length > column.Most) return $"{column.Most}文字以内にしてください。";
        return value.Length == 0 && column.Needed ? "記入してください。" : null;
    }

    /// <returns>Null: neither of the encodings.</returns>
    private static string? TextOf(byte[] file)
    {
        var start = file.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file, start, file.Length - start);
        }
        catch (DecoderFallbackException)
        {
            // It is not UTF-8; what is left is Shift_JIS, as Japanese spreadsheets save.
        }
        try
        {
            return start == 0 ? CodePagesEncodingProvider.Instance.GetEncoding(932, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!.GetString(WithoutNecRows(file)) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>
    /// Rows ED and EE hold the kanji of IBM's rows FA to FC a second time (NEC selection of IBM extensions): some programs write 髙 and 﨑
    /// there, and the decoder knows them only in their other place.
    /// </summary>
    private static byte[] WithoutNecRows(byte[] file)
    {
        const int Kanji = 360, RowLength = 188, FirstInIbmRows = 0x5C - 0x40;
        var text = (byte[])file.Clone();
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] is not ((>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xFC))) continue;
            var (row, cell) = (text[i] - 0xED, text[i + 1] - (text[i + 1] >= 0x80 ? 0x41 : 0x40));
            if (row is 0 or 1 && (row * RowLength) + cell is >= 0 and < Kanji and var index)
            {
                var there = index + FirstInIbmRows;
                text[i] = (byte)(0xFA + (there / RowLength));
                text[i + 1] = (byte)((there % RowLength) + (there % RowLength >= 63 ? 0x41 : 0x40));
            }
            i++;
        }
        return text;
    }

    internal static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
