using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;

namespace SakuraIncident.Cli;

/// <summary>Options and arguments that several verbs share.</summary>
internal static class Options
{
    public const string JsonName = "--json";

    public static Option<bool> Json() => new(JsonName) { Description = "サーバーの JSON をそのまま出す (断られたときは標準エラーに)" };

    public static Argument<string> Incident() => new("ID") { Description = "番号 (R8-0042) か UUID" };

    public static Option<string?> Reason() => new("--reason") { Description = "理由" };

    public static Option<string[]> Zones() =>
        new("--zone") { Description = "区域: mynumber, lgwan, internet, cloud, paper (複数可)", AllowMultipleArgumentsPerToken = true };

    /// <summary>A moment: ISO 8601, or HH:mm of today in Japan.</summary>
    public static Option<DateTimeOffset?> Moment(Desk desk, string name, string description) => new(name)
    {
        Description = $"{description} (ISO 8601 または今日の HH:mm)",
        CustomParser = result =>
        {
            var text = TextOf(result);
            if (Moments.TryParse(text, desk.Now, out var moment)) return moment;

            result.AddError($"{name} の時刻「{text}」を読めません。2026-11-24T14:32 や 14:32 のように書いてください。");
            return null;
        },
    };

    /// <summary>How many times as fast: a number above 0, with a point in every language of the machine.</summary>
    public static Option<double?> Speed(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            var text = TextOf(result);
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) && speed > 0 && double.IsFinite(speed))
                return speed;

            result.AddError($"{name} に「{text}」は使えません。0 より大きい数を書いてください。");
            return null;
        },
    };

    /// <summary>One of the contract's words.</summary>
    public static Option<T?> Word<T>(string name, string description) where T : struct, Enum
    {
        var option = new Option<T?>(name)
        {
            Description = description,
            HelpName = string.Join('|', WordsOf<T>()),
            CustomParser = result => Read<T>(result, name),
        };
        option.CompletionSources.Clear(); // the enum's names are not the contract's words
        option.CompletionSources.Add([.. WordsOf<T>()]);
        return option;
    }

    /// <summary>One of the contract's words, at its place.</summary>
    public static Argument<T> WordArgument<T>(string name) where T : struct, Enum
    {
        var argument = new Argument<T>(name)
        {
            Description = string.Join(", ", WordsOf<T>()),
            CustomParser = result => Read<T>(result, name) ?? default,
        };
        argument.CompletionSources.Clear();
        argument.CompletionSources.Add([.. WordsOf<T>()]);
        return argument;
    }

    public static IReadOnlyList<string>? SaidOrNull(string[]? said) => said is { Length: > 0 } ? said : null;

    private static T? Read<T>(ArgumentResult result, string name) where T : struct, Enum
    {
        var text = TextOf(result);
        foreach (var value in Enum.GetValues<T>())
            if (text.Equals(WordOf(value), StringComparison.OrdinalIgnoreCase)) return value;

        result.AddError($"{name} に「{text}」は使えません。{string.Join("、", WordsOf<T>())} のどれかです。");
        return null;
    }

    private static IEnumerable<string> WordsOf<T>() where T : struct, Enum => Enum.GetValues<T>().Select(WordOf);

    private static string WordOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string TextOf(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
}
