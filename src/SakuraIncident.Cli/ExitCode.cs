namespace SakuraIncident.Cli;

/// <summary>The contract's exit codes.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int BadUsage = 2;
    public const int Unreachable = 3;
    public const int Interrupted = 130;
}
