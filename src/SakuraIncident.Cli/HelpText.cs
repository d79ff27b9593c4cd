using System.CommandLine;
using System.CommandLine.Invocation;

namespace SakuraIncident.Cli;

/// <summary>
/// <c>--help</c> in Japanese. System.CommandLine's own is English, and shows the arguments of a verb before the verbs below it, where
/// they are not taken.
/// </summary>
internal sealed class HelpText : SynchronousCommandLineAction
{
    private const string Indent = "  ";

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(command.Description);
        output.WriteLine();
        output.WriteLine("使い方:");
        foreach (var usage in Usages(command)) output.WriteLine(Indent + usage);
        Section(output, "引数:", [.. command.Arguments.Select(a => (Of(a), a.Description))]);
        Section(output, "オプション:", [.. OptionsOf(command).Select(o => (Of(o), DescriptionOf(o)))]);
        Section(output, "動詞:", [.. command.Subcommands.Select(c => (Usage(c, [c.Name]), c.Description))]);
        return ExitCode.Done;
    }

    /// <summary>How a command is written, after the path that leads to it.</summary>
    public static string Usage(Command command, IReadOnlyList<string> path) => string.Join(' ', [.. path, .. command.Arguments.Select(Of)]);

    private static IEnumerable<string> Usages(Command command)
    {
        var path = Path(command);
        return command.Action is null
            ? [$"{string.Join(' ', path)} 動詞 …"]
            : [$"{Usage(command, path)} [オプション]", .. command.Subcommands.Select(c => $"{Usage(c, [.. path, c.Name])} [オプション]")];
    }

    private static IReadOnlyList<string> Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } above ? [.. Path(above), command.Name] : ["sakura"];

    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(o => o.Recursive));

    private static string Of(Argument argument) => argument.Arity.MinimumNumberOfValues == 0 ? $"[<{argument.Name}>]" : $"<{argument.Name}>";

    private static string Of(Option option)
    {
        // -h before --help; System.CommandLine's further spellings of it (-?, /h) need not be read.
        var names = string.Join(", ", [.. option.Aliases.Where(a => a is ['-', >= 'a' and <= 'z']), option.Name]);
        if (option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0) return names;

        var value = option.ValueType == typeof(bool?) ? "<true|false>" : $"<{option.HelpName ?? option.Name.TrimStart('-')}>";
        return option.Arity.MinimumNumberOfValues == 0 ? $"{names} [{value}]" : $"{names} {value}";
    }

    private static string DescriptionOf(Option option) => option switch
    {
        System.CommandLine.Help.HelpOption => "この説明を表示する",
        VersionOption => "版を表示する",
        { Required: true } => $"{option.Description} (必須)",
        _ => option.Description ?? "",
    };

    private static void Section(TextWriter output, string head, IReadOnlyList<(string Left, string? Right)> rows)
    {
        if (rows.Count == 0) return;

        var width = rows.Max(r => r.Left.Length);
        output.WriteLine();
        output.WriteLine(head);
        foreach (var (left, right) in rows) output.WriteLine($"{Indent}{left.PadRight(width)}{Indent}{right}");
    }
}
