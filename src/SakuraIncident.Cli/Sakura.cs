using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using SakuraIncident.Cli.Imports;
using SakuraIncident.Cli.Incidents;

namespace SakuraIncident.Cli;

/// <summary>The command <c>sakura</c>: the verbs that talk to a running server.</summary>
public static class Sakura
{
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> Run(IReadOnlyList<string> args, Surroundings surroundings, CancellationToken cancel = default)
    {
        var desk = new Desk(surroundings);
        var root = new RootCommand("SakuraIncident: 情報セキュリティインシデントへの対応")
        {
            IncidentCommand.Create(desk),
            WatchCommand.Create(desk),
            ReplayCommand.Create(desk),
            ImportCommand.Create(desk),
            DrillCommand.Create(desk),
        };
        root.Options.OfType<HelpOption>().Single().Action = new HelpText();
        // Text that begins with @ is text, not the name of a file with arguments.
        var parsed = root.Parse(args, new() { ResponseFileTokenReplacer = null });
        if (!AsksForHelp(parsed) && UsageText.Of(parsed, args) is { } fault)
            return desk.BadUsage(fault);

        return await parsed.InvokeAsync(
            new() { Output = surroundings.Out, Error = surroundings.Error, EnableDefaultExceptionHandler = false }, cancel)
            .ConfigureAwait(false);
    }

    private static bool AsksForHelp(ParseResult parsed) =>
        parsed.Tokens.Any(t => t is { Type: TokenType.Option, Value: "--help" or "-h" or "-?" or "--version" });
}
