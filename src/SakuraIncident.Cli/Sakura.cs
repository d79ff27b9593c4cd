using System.CommandLine;
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
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && !AsksForHelp(parsed))
            return desk.BadUsage(UsageText.Of(parsed));

        return await parsed.InvokeAsync(
            new() { Output = surroundings.Out, Error = surroundings.Error, EnableDefaultExceptionHandler = false }, cancel)
            .ConfigureAwait(false);
    }

    private static bool AsksForHelp(ParseResult parsed) =>
        parsed.Tokens.Any(t => t is { Type: TokenType.Option, Value: "--help" or "-h" or "-?" or "--version" });
}
