using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace SakuraIncident.Cli;

/// <summary>What is wrong with the arguments, in Japanese and one line; System.CommandLine says it in English only.</summary>
internal static partial class UsageText
{
    /// <returns>Null: they can be used.</returns>
    public static string? Of(ParseResult parsed, IReadOnlyList<string> args) =>
        (Mistyped(parsed, args) ?? BeforeItsVerb(parsed) ?? Unusable(parsed)) is { } fault
            ? $"使い方が正しくありません: {fault} ({string.Join(' ', [.. Path(parsed.CommandResult), "--help"])})"
            : null;

    // System.CommandLine takes an option that it does not know for text; an incident with the title "--drill" would call people.
    private static string? Mistyped(ParseResult parsed, IReadOnlyList<string> args)
    {
        // The value in --title=--text is no word of its own, and is meant.
        var words = args.TakeWhile(a => a != "--").ToHashSet(StringComparer.Ordinal);
        var mistyped = parsed.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash)
            .FirstOrDefault(t => t.Type == TokenType.Argument && words.Contains(t.Value) && LikeAnOption().IsMatch(t.Value));
        if (mistyped is null) return null;

        var fault = $"「{mistyped.Value}」というオプションはありません。";
        var taker = parsed.CommandResult.Children.OfType<OptionResult>().FirstOrDefault(o => o.Tokens.Contains(mistyped));
        if (taker is not null)
            return $"{fault}{taker.Option.Name} の値として書くときは {taker.Option.Name}={mistyped.Value} としてください。";

        return parsed.UnmatchedTokens.Contains(mistyped.Value) ? fault : $"{fault}文として書くときは「--」の後に置いてください。";
    }

    // "page R8-0071 acknowledge p1" would be read as "page acknowledge p1": what stands before the verb belongs to nobody.
    private static string? BeforeItsVerb(ParseResult parsed)
    {
        for (var at = parsed.CommandResult.Parent; at is CommandResult above; at = at.Parent)
        {
            var before = above.Children.FirstOrDefault(c => c is ArgumentResult { Tokens.Count: > 0 } or OptionResult { Implicit: false });
            if (before is null) continue;

            var what = before switch
            {
                OptionResult option => option.Option.Name,
                _ => string.Join(' ', before.Tokens.Select(t => t.Value)),
            };
            var verb = parsed.CommandResult.Command;
            return $"「{what}」は {verb.Name} の後に書きます: {HelpText.Usage(verb, Path(parsed.CommandResult))}";
        }

        return null;
    }

    private static string? Unusable(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0) return null;

        // An unknown word also leaves the verb out; the word is what one wants to hear of.
        var unknown = parsed.UnmatchedTokens.Count > 0;
        return string.Join(" ", parsed.Errors.Where(e => !unknown || !NoVerb().IsMatch(e.Message)).Select(InJapanese).Distinct());
    }

    private static IReadOnlyList<string> Path(CommandResult result)
    {
        var path = new List<string>();
        for (SymbolResult? at = result; at?.Parent is not null; at = at.Parent)
            if (at is CommandResult command) path.Insert(0, command.Command.Name);
        return ["sakura", .. path];
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
        // Of an argument, System.CommandLine names the command that it belongs to.
        var taker = error.SymbolResult is ArgumentResult { Parent: CommandResult } argument ? argument.Argument.Name : unparsable.Groups[2].Value;
        return $"{taker} に「{unparsable.Groups[1].Value}」は使えません。{choices}";
    }

    // Two dashes, or one and a word of letters: "-1", "- item" and "-端末" are text. A Japanese keyboard and a word processor make
    // other dashes of the typed ones; such a word is an option only where ASCII letters follow.
    [GeneratedRegex("^(?:--.*|[-‐‑‒–—―−－ー]+[a-z][a-z0-9-]*(?:=.*)?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline, 1000)]
    private static partial Regex LikeAnOption();

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
