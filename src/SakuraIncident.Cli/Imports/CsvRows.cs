using System.Text;

namespace SakuraIncident.Cli.Imports;

/// <summary>A record of a CSV file, or the reason why it is none.</summary>
/// <param name="Line">Where it begins; the first line is 1.</param>
/// <param name="Bytes">How much of the file it is, about, for the progress bar.</param>
internal sealed record CsvRow(int Line, IReadOnlyList<string> Values, string? Damage, int Bytes);

/// <summary>
/// Reads a CSV file (RFC 4180) record by record. An unclosed quote damages its own line and not the rest of the file: the lines
/// after it are read again.
/// </summary>
internal static class CsvRows
{
    // A quoted value may go over lines, but not without end.
    private const int MostLines = 50;

    public static IEnumerable<CsvRow> Read(TextReader reader)
    {
        var again = new Queue<string>();
        var line = 0;
        while (Next() is { } text)
        {
            line++;
            if (text.Length == 0) continue;

            var start = line;
            var taken = new List<string>();
            var values = Split(text);
            var whole = text;
            while (values is null && taken.Count < MostLines && Next() is { } more)
            {
                taken.Add(more);
                whole = $"{whole}\n{more}";
                values = Split(whole);
            }

            if (values is not null)
            {
                line += taken.Count;
                var damage = whole.Contains('\uFFFD', StringComparison.Ordinal) ? "文字コードが UTF-8 ではありません" : null;
                yield return new(start, values, damage, Encoding.UTF8.GetByteCount(whole) + 2);
                continue;
            }

            var rest = again.ToArray();
            again.Clear();
            foreach (var unread in taken.Concat(rest)) again.Enqueue(unread);
            yield return new(start, [], "引用符が閉じていません", Encoding.UTF8.GetByteCount(text) + 2);
        }

        string? Next() => again.TryDequeue(out var unread) ? unread : reader.ReadLine();
    }

    // Null: a quote is still open at the end.
    private static IReadOnlyList<string>? Split(string text)
    {
        var values = new List<string>();
        var value = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            switch (c)
            {
                case '"' when quoted && at + 1 < text.Length && text[at + 1] == '"':
                    value.Append('"');
                    at++;
                    break;
                case '"' when quoted:
                    quoted = false;
                    break;
                case '"' when value.Length == 0:
                    quoted = true;
                    break;
                case ',' when !quoted:
                    values.Add(value.ToString());
                    value.Clear();
                    break;
                default:
                    value.Append(c);
                    break;
            }
        }

        if (quoted) return null;

        values.Add(value.ToString());
        return values;
    }
}
