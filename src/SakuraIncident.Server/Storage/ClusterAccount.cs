using System.ComponentModel;
using System.Diagnostics;

namespace SakuraIncident.Server.Storage;

/// <summary>
/// The account that PostgreSQL runs under: our own, or an unprivileged one when we are root, since PostgreSQL
/// refuses root. What lies in the cluster's folder is made by this account too, so that root never writes
/// through a path that another account could have bent.
/// </summary>
/// <param name="UserName">Null for our own account.</param>
internal sealed record ClusterAccount(string? UserName)
{
    private const string Unprivileged = "postgres";

    /// <summary>The owner of an existing cluster, else the usual account.</summary>
    public static async Task<ClusterAccount> ForAsync(string clusterFolder, CancellationToken cancellation)
    {
        var own = new ClusterAccount(UserName: null);
        if (!Environment.IsPrivilegedProcess)
            return own;

        if (Directory.Exists(clusterFolder))
        {
            var owner = await own.RunAsync("stat", ["-c", "%U", clusterFolder], cancellation);
            if (owner is { Succeeded: true, Output: var name } && name is not ("root" or "UNKNOWN"))
                return new ClusterAccount(name);
        }

        var known = await own.RunAsync("id", ["-u", Unprivileged], cancellation);
        return known.Succeeded
            ? new ClusterAccount(Unprivileged)
            : throw new ClusterException(
                $"PostgreSQLはrootでは動きません。利用者「{Unprivileged}」を作ってください: useradd --system {Unprivileged}");
    }

    /// <summary>Runs a program to its end as this account; on cancellation the program is ended first.</summary>
    public async Task<CommandResult> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        CancellationToken cancellation,
        string folder = "/",
        string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        if (UserName is not null)
            start.UserName = UserName;

        // A PGDATA or PGPORT of the person who starts us must not lead us to his own PostgreSQL.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";

        using var process = Start(start);
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new CommandResult(process.ExitCode, (await output).Trim(), (await error).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
        catch (IOException) when (process.HasExited)
        {
            // It ended before it read its input; its exit code says why.
            return new CommandResult(process.ExitCode, "", "");
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception refused)
        {
            throw new ClusterException($"「{start.FileName}」を実行できません: {refused.Message}", refused);
        }
    }
}

/// <summary>How a program ended and what it said.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The last line it said, for a message.</summary>
    public string LastWord => (Error.Length > 0 ? Error : Output).Split('\n')[^1];
}
