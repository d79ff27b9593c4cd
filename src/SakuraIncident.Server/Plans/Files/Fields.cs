using System.Globalization;
using System.Text.RegularExpressions;

namespace SakuraIncident.Server.Plans.Files;

/// <summary>
/// One map of a file, read field by field. What is wrong is added to the problems with its line and reading goes on, so
/// that an official sees everything at once.
/// </summary>
internal sealed partial class Fields(string file, YamlMap map, List<PlanProblem> problems)
{
    private readonly HashSet<string> _known = [];

    public string File { get; } = file;
    public int Line { get; } = map.Line;

    public IEnumerable<string> Keys => map.Entries.Select(e => e.Key);

    public void Problem(int line, string reason) => problems.Add(new PlanProblem(File, line, reason));

    public int LineOf(string key) => Entry(key)?.Line ?? Line;

    public bool Has(string key) => Entry(key) is not null;

    public bool IsMap(string key) => Entry(key)?.Value is YamlMap;

    private YamlEntry? Entry(string key)
    {
        _known.Add(key);
        return map.Entries.FirstOrDefault(e => e.Key == key);
    }

    /// <summary>Every key that nothing asked for is a mistake: a misspelt <c>due</c> must not silently mean "no deadline".</summary>
    public void RefuseTheRest()
    {
        foreach (var entry in map.Entries.Where(e => !_known.Contains(e.Key)))
            Problem(entry.Line, $"項目「{entry.Key}」はここでは使えません（使えるもの: {string.Join("、", _known)}）。");
    }

    public string? Text(string key, bool required = false, int longest = 2000)
    {
        if (Entry(key) is not { } entry)
        {
            if (required) Problem(Line, $"「{key}」がありません。");
            return null;
        }

        return TextOf(entry.Value, $"「{key}」", longest);
    }

    private string? TextOf(YamlValue value, string name, int longest = 200)
    {
        if (value is not YamlScalar scalar)
        {
            Problem(value.Line, $"{name}は文字で書いてください。");
            return null;
        }

        var text = scalar.Value?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            Problem(scalar.Line, $"{name}が空です。");
            return null;
        }

        if (text.Length <= longest) return text;
        Problem(scalar.Line, $"{name}が長すぎます（{text.Length}文字。{longest}文字まで）。");
        return null;
    }

    /// <summary>An id of this file's own: small letters, digits and hyphens.</summary>
    public string? Id(string key)
    {
        if (Text(key, required: true, longest: 60) is not { } id) return null;
        if (IdPattern().IsMatch(id)) return id;
        Problem(LineOf(key), $"「{key}: {id}」は英小文字で始め、英小文字・数字・ハイフンだけで書いてください。");
        return null;
    }

    public string? Word(string key, IReadOnlyList<(string Id, string Title)> words, string kind, bool required = false) =>
        Text(key, required) is { } word && Knows(words, word, kind, LineOf(key)) ? word : null;

    public IReadOnlyList<string>? Words(string key, IReadOnlyList<(string Id, string Title)> words, string kind)
    {
        if (Texts(key) is not { } list) return null;
        foreach (var (line, word) in list) Knows(words, word, kind, line);
        return [.. list.Select(w => w.Text)];
    }

    private bool Knows(IReadOnlyList<(string Id, string Title)> words, string word, string kind, int line)
    {
        if (words.Any(w => w.Id == word)) return true;
        Problem(line, $"{kind}「{word}」はありません（{string.Join("、", words.Select(w => w.Id))} のどれか）。");
        return false;
    }

    public T? OneOf<T>(string key, bool required = false) where T : struct, Enum
    {
        if (Text(key, required) is not { } text) return null;
        foreach (var value in Enum.GetValues<T>())
            if (Names.Of(value) == text) return value;
        Problem(LineOf(key), $"「{key}: {text}」は使えません（{string.Join("、", Enum.GetValues<T>().Select(Names.Of))} のどれか）。");
        return null;
    }

    /// <summary>A list, or one text that stands for a list of one.</summary>
    public IReadOnlyList<(int Line, string Text)>? Texts(string key, bool required = false)
    {
        if (Entry(key) is not { } entry)
        {
            if (required) Problem(Line, $"「{key}」がありません。");
            return null;
        }

        IReadOnlyList<YamlValue> items = entry.Value is YamlList list ? list.Items : [entry.Value];
        if (items.Count == 0) Problem(entry.Line, $"「{key}」が空です。");
        var texts = new List<(int, string)>();
        foreach (var item in items)
        {
            if (TextOf(item, $"「{key}」") is not { } text) continue;
            if (texts.Any(t => t.Item2 == text)) Problem(item.Line, $"「{key}」に「{text}」が二度書かれています。");
            else texts.Add((item.Line, text));
        }

        return texts;
    }

    /// <summary>A list of texts, of which each may stand in a map that says more about it: <c>- { person: kato, from: 2026-04-01 }</c>.</summary>
    /// <param name="name">The map's field that is the text.</param>
    public IReadOnlyList<(int Line, string Text, Fields? More)>? TextsOrMaps(string key, string name)
    {
        if (Entry(key) is not { } entry) return null;
        IReadOnlyList<YamlValue> items = entry.Value is YamlList list ? list.Items : [entry.Value];
        if (items.Count == 0) Problem(entry.Line, $"「{key}」が空です。");
        var texts = new List<(int, string, Fields?)>();
        foreach (var item in items)
        {
            var more = item is YamlMap map ? new Fields(File, map, problems) : null;
            if ((more is null ? TextOf(item, $"「{key}」") : more.Text(name, required: true)) is not { } text) continue;
            if (texts.Any(t => t.Item2 == text)) Problem(item.Line, $"「{key}」に「{text}」が二度書かれています。");
            else texts.Add((item.Line, text, more));
        }

        return texts;
    }

    public bool? Flag(string key)
    {
        if (Text(key) is not { } text) return null;
        if (text is "true" or "false") return text == "true";
        Problem(LineOf(key), $"「{key}」は true か false で書いてください。");
        return null;
    }

    public int? Number(string key, int least, int greatest)
    {
        if (Text(key) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= greatest)
            return number;
        Problem(LineOf(key), $"「{key}: {text}」は{least}から{greatest}までの整数で書いてください。");
        return null;
    }

    public TimeSpan? Duration(string key, bool required = false) =>
        Text(key, required) is { } text ? DurationOf(text, LineOf(key), key) : null;

    public TimeSpan? DurationOf(string text, int line, string key)
    {
        if (Durations.Parse(text) is { } duration) return duration;
        Problem(line, $"「{key}: {text}」は 30s、15m、2h、3d、1h30m のように、0より大きく単位をつけて書いてください。");
        return null;
    }

    public DateOnly? Date(string key, bool required = false)
    {
        if (Text(key, required) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        Problem(LineOf(key), $"「{key}: {text}」は 2026-04-01 のような暦にある日付で書いてください。");
        return null;
    }

    public TimeOnly? Time(string key)
    {
        if (Text(key, required: true) is not { } text) return null;
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        Problem(LineOf(key), $"「{key}: {text}」は 08:30 のような時刻で書いてください。");
        return null;
    }

    public Fields? Map(string key, bool required = false)
    {
        if (Entry(key) is not { } entry)
        {
            if (required) Problem(Line, $"「{key}」がありません。");
            return null;
        }

        return FieldsOf(entry.Value, $"「{key}」");
    }

    public IReadOnlyList<Fields> Maps(string key, bool required = false)
    {
        if (Entry(key) is not { } entry)
        {
            if (required) Problem(Line, $"「{key}」がありません。");
            return [];
        }

        if (entry.Value is YamlList list)
            return [.. list.Items.Select(i => FieldsOf(i, $"「{key}」の各項目")).OfType<Fields>()];
        Problem(entry.Value.Line, $"「{key}」は「- 」で始まる並びで書いてください。");
        return [];
    }

    private Fields? FieldsOf(YamlValue value, string name)
    {
        if (value is YamlMap inner) return new Fields(File, inner, problems);
        Problem(value.Line, $"{name}は「項目: 値」の組で書いてください。");
        return null;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9-]*\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdPattern();
}
