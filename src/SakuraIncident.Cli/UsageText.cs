using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace SakuraIncident.Cli;

/// <summary>What is wrong with the arguments, in Japanese and one line; System.CommandLine says it in English only.</summary>
internal static partial class UsageText
{
    public static string Of(ParseResult parsed)
    {
        // An unknown word also leaves the verb out; the word is what one wants to hear of.
        var unknown = parsed.UnmatchedTokens.Count > 0;
        var reasons = parsed.Errors.Where(e => !unknown || !NoVerb().IsMatch(e.Message)).Select(InJapanese).Distinct();
        var path = new List<string>();
        for (SymbolResult? at = parsed.CommandResult; at?.Parent is not null; at = at.Parent)
            if (at is CommandResult command) path.Insert(0, command.Command.Name);
        return $"使い方が正しくありません: {string.Join(" ", reasons)} (sakura {string.Join(' ', [.. path, "--help"])})";
    }

    private static string InJapanese(ParseError error)
    {
        var message = error.Message;
        if (NoVerb().IsMatch(message)) return "何をするか (動詞) を書いてください。";
        if (Required().Match(message) is { Success: true } required) return $"{required.Groups[1].Value} が必要です。";
        if (NoValue().Match(message) is { Success: true } value)
            return $"{(error.SymbolResult is ArgumentResult { Argument.Name: var name } ? name : value.Groups[1].Value)} が必要です。";
        if (Unknown().Match(message) is { Success: true } word) return $"「{word.Groups[1].Value}」は分かりません。";
        if (Unparsable().Match(message) is not { Success: true } unparsable) return message;

        var choices = unparsable.Groups[3].Success ? $" {string.Join("、", Words().Split(unparsable.Groups[3].Value.Trim()))} のどれかです。" : "";
        return $"{unparsable.Groups[2].Value} に「{unparsable.Groups[1].Value}」は使えません。{choices}";
    }

    [GeneratedRegex("^Required command was not provided", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NoVerb();

    [GeneratedRegex("^Option '(.+)' is required", RegexOptions.None, 1000)]
    private static partial Regex Required();

    [GeneratedRegex("^Required argument missing for (?:command|option): '(.+)'", RegexOptions.None, 1000)]
    private static partial Regex NoValue();

    [GeneratedRegex("^Unrecognized command or argument '(.*)'", RegexOptions.Singleline, 1000)]
    private static partial Regex Unknown();

    [GeneratedRegex(
        "^Cannot parse argument '(.*)' for (?:command|option) '(.+?)' as expected type '[^']*'\\.?(?: Did you mean one of the following\\?(.*))?",
        RegexOptions.Singleline, 1000)]
    private static partial Regex Unparsable();

    [GeneratedRegex("\\s+", RegexOptions.None, 1000)]
    private static partial Regex Words();
}
