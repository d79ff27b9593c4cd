using System.Text;
using System.Text.Json;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Incidents;

namespace SakuraIncident.Server.Http;

/// <summary>Reads the fields of a JSON body, one after the other, and collects what is wrong with each.</summary>
public sealed class Fields(JsonElement body, string path = "")
{
    public const int TitleLength = 200;
    public const int TextLength = 20_000;
    public const int ShortLength = 500;

    private readonly SortedDictionary<string, List<string>> errors = new(StringComparer.Ordinal);

    public bool AreValid => errors.Count == 0;

    public IReadOnlyDictionary<string, string[]> Errors => errors.ToDictionary(e => e.Key, e => e.Value.ToArray());

    public void Wrong(string field, string reason)
    {
        var name = path + field;
        if (!errors.TryGetValue(name, out var reasons)) errors[name] = reasons = [];
        reasons.Add(reason);
    }

    public bool Has(string field) => Find(field) is not null;

    /// <summary>Text, NFC, within its length, without control characters but line breaks and tabs. Absent or null: null.</summary>
    public string? Text(string field, int most, bool required = false)
    {
        if (Find(field) is not { } value)
        {
            if (required) Wrong(field, $"「{field}」を記入してください。");
            return null;
        }
        if (value.ValueKind != JsonValueKind.String) return Refuse(field, $"「{field}」は文字列で書いてください。");
        var text = value.GetString()!;
        if (text.Length > most * 4) return Refuse(field, $"「{field}」は{most}文字以内にしてください。");
        if (text.EnumerateRunes().Any(r => r.Value == 0xFFFD) && text.Any(char.IsSurrogate)) return Refuse(field, $"「{field}」に使えない文字があります。");
        if (!Characters.AreText(text)) return Refuse(field, NoControl(field));
        text = text.Normalize(NormalizationForm.FormC).Trim();
        if (text.Length > most) return Refuse(field, $"「{field}」は{most}文字以内にしてください。");
        if (text.Length > 0) return text;
        return required || Has(field) ? Refuse(field, $"「{field}」を記入してください。") : null;
    }

    /// <summary>One of the words of the domain.</summary>
    public string? Word(string field, IReadOnlyList<(string Id, string Title)> words, bool required = false)
    {
        if (Text(field, ShortLength, required) is not { } text) return null;
        return Vocabulary.Knows(words, text)
            ? text
            : Refuse(field, $"「{field}」の値「{Shorten(text)}」は使えません。使えるのは {string.Join("、", words.Select(w => w.Id))} です。");
    }

    public IReadOnlyList<string>? Words(string field, IReadOnlyList<(string Id, string Title)> words)
    {
        if (Texts(field, 50) is not { } texts) return null;
        foreach (var text in texts.Where(t => !Vocabulary.Knows(words, t)))
            Wrong(field, $"「{field}」の値「{Shorten(text)}」は使えません。使えるのは {string.Join("、", words.Select(w => w.Id))} です。");
        return texts;
    }

    public IReadOnlyList<string>? Texts(string field, int most)
    {
        if (Find(field) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(v => v.ValueKind != JsonValueKind.String))
        {
            Wrong(field, $"「{field}」は文字列の並びで書いてください。");
            return null;
        }
        var texts = value.EnumerateArray().Select(v => v.GetString()!.Normalize(NormalizationForm.FormC).Trim()).Distinct().ToList();
        if (texts.Count > most || texts.Any(t => t.Length is 0 or > ShortLength))
            Wrong(field, $"「{field}」は{most}個以内の、空でない{ShortLength}文字以内の文字列で書いてください。");
        if (!texts.All(Characters.AreText)) Wrong(field, NoControl(field));
        return texts;
    }

    /// <summary>Texts by name, as in <c>{"occurred": "…"}</c>.</summary>
    public IReadOnlyDictionary<string, string>? Named(string field, int most)
    {
        if (Find(field) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() > most)
        {
            Wrong(field, $"「{field}」は {{…}} の形で、{most}個以内にしてください。");
            return null;
        }
        var part = new Fields(value, $"{path}{field}.");
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in value.EnumerateObject().Select(p => p.Name))
            if (part.Text(name, TextLength) is { } text) texts[name] = text;
        foreach (var (name, reasons) in part.errors) errors[name] = reasons;
        return texts;
    }

    public T? Enum<T>(string field, bool required = false)
        where T : struct, System.Enum
    {
        if (Text(field, ShortLength, required) is not { } text) return null;
        foreach (var value in System.Enum.GetValues<T>())
            if (JsonNamingPolicy.CamelCase.ConvertName(value.ToString()) == text) return value;
        var names = System.Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName);
        Wrong(field, $"「{field}」の値「{Shorten(text)}」は使えません。使えるのは {string.Join("、", names)} です。");
        return null;
    }

    public DateTimeOffset? Moment(string field, bool required = false)
    {
        if (Text(field, ShortLength, required) is not { } text) return null;
        if (ApiJson.TryParse(text, out var moment)) return moment;
        Wrong(field, ApiJson.MomentExpected(field));
        return null;
    }

    public bool? Flag(string field)
    {
        if (Find(field) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Wrong(field, $"「{field}」は true か false で書いてください。");
        return null;
    }

    public int? Number(string field)
    {
        if (Find(field) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)) return number;
        Wrong(field, $"「{field}」は整数で書いてください。");
        return null;
    }

    public double? Amount(string field)
    {
        if (Find(field) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)) return number;
        Wrong(field, $"「{field}」は数で書いてください。");
        return null;
    }

    /// <summary>A part of the body; what is wrong in it is told here under <c>part.field</c>.</summary>
    public T? Part<T>(string field, Func<Fields, T> read)
        where T : class
    {
        if (Find(field) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Object)
        {
            Wrong(field, $"「{field}」は {{…}} の形で書いてください。");
            return null;
        }
        var part = new Fields(value, $"{path}{field}.");
        var result = read(part);
        foreach (var (name, reasons) in part.errors) errors[name] = reasons;
        return result;
    }

    private JsonElement? Find(string field) =>
        body.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string? Refuse(string field, string reason)
    {
        Wrong(field, reason);
        return null;
    }

    /// <summary>What a person reads whose text holds control characters.</summary>
    public static string NoControl(string field) => $"「{field}」に制御文字は使えません。";

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
