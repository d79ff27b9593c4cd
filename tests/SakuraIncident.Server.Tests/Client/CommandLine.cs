using SakuraIncident.Cli;

namespace SakuraIncident.Server.Tests.Client;

/// <summary>How a run of the command ended, and what it printed.</summary>
public sealed record Ran(int Code, string Out, string Error);

/// <summary>The command <c>sakura</c>, run as from a pipe.</summary>
internal static class CommandLine
{
    /// <param name="token">Null: an administrator's.</param>
    public static async Task<Ran> RunAsync(SakuraHost host, string[] args, string? server = null, string? token = null)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        token ??= await host.TokenAsync("admin");
        var code = await Sakura.Run(args, new(
            output, error, Interactive: false, ErrorInteractive: false,
            name => name switch { "SAKURA_URL" => server ?? host.Address.ToString(), "SAKURA_TOKEN" => token, _ => null },
            TimeProvider.System));
        return new(code, output.ToString(), error.ToString());
    }
}
