using System.Text;

namespace SakuraIncident.Cli;

/// <summary>What the command sees of the machine it runs on.</summary>
/// <param name="Interactive">A person looks at <paramref name="Out"/>; otherwise a pipe or a file takes it.</param>
/// <param name="Variable">An environment variable by its name.</param>
public sealed record Surroundings(
    TextWriter Out, TextWriter Error, bool Interactive, bool ErrorInteractive, Func<string, string?> Variable, TimeProvider Time)
{
    public static Surroundings OfThisProcess()
    {
        // Console's own encoding follows the locale; a city's server often runs with LANG=C, and Japanese would become question marks.
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new(
            new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true },
            new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true },
            !Console.IsOutputRedirected, !Console.IsErrorRedirected, Environment.GetEnvironmentVariable, TimeProvider.System);
    }
}
