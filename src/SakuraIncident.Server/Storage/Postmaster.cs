using System.Diagnostics;
using Npgsql;

namespace SakuraIncident.Server.Storage;

/// <summary>How the cluster's PostgreSQL is found.</summary>
internal enum PostmasterState
{
    /// <summary>No process.</summary>
    Absent,

    /// <summary>It starts, recovers or stops; it will be something else soon.</summary>
    Busy,

    /// <summary>A process that nobody can connect to.</summary>
    Deaf,

    /// <summary>It takes connections.</summary>
    Answering
}

/// <summary>The main process of the cluster's PostgreSQL, which outlives the server that started it.</summary>
internal sealed class Postmaster(ClusterFolder folder, string connectionString)
{
    private string PidFile => Path.Combine(folder.DataPath, "postmaster.pid");

    public int? LivingProcess => LivingProcessOf(folder.DataPath);

    /// <summary>The running process of a data folder. A number that was given to another process since does not count.</summary>
    public static int? LivingProcessOf(string dataPath)
    {
        if (ReadOrNull(Path.Combine(dataPath, "postmaster.pid")) is not { } file
            || !int.TryParse(file.Split('\n')[0], out var pid))
            return null;

        return OperatingSystem.IsLinux() ? RunsIn(pid, file) ? pid : null
            : IsPostgres(pid) ? pid
            : null;
    }

    public async Task<PostmasterState> ObserveAsync(CancellationToken cancellation)
    {
        if (LivingProcess is null)
            return PostmasterState.Absent;

        try
        {
            var once = new NpgsqlConnectionStringBuilder(connectionString)
            {
                Pooling = false,
                Timeout = 5,
                Database = PrivateCluster.MaintenanceDatabase
            };
            await using var connection = new NpgsqlConnection(once.ConnectionString);
            await connection.OpenAsync(cancellation);
            return PostmasterState.Answering;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.CannotConnectNow)
        {
            return PostmasterState.Busy;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new ClusterException(
                $"PostgreSQL({folder.Path})のパスワードがcluster.jsonと合いません。cluster.jsonをバックアップから戻してください。", refused);
        }
        catch (NpgsqlException)
        {
            return PostmasterState.Deaf;
        }
    }

    /// <summary>Starts it; pg_ctl gives it a session of its own, so that Ctrl-C at the terminal does not reach it.</summary>
    /// <returns>Null, or why it did not start.</returns>
    public async Task<string?> StartAsync(CancellationToken cancellation)
    {
        // LivingProcess said that the file is stale; PostgreSQL itself would trust a reused number.
        await folder.MustAsync("rm", ["-f", "pgdata/postmaster.pid"], cancellation);
        var started = await folder.Account.RunAsync(
            folder.Binaries["pg_ctl"],
            // Relative paths, because pg_ctl hands them to a shell.
            ["start", "-D", "pgdata", "-l", "log/start.log", "-w", "-t", "3600", "-s"],
            cancellation,
            folder.Path);
        return started.Succeeded ? null : LastFatalLine() ?? started.LastWord;
    }

    /// <summary>Stops it: open transactions are rolled back, what was committed is on disk.</summary>
    public async Task StopAsync()
    {
        foreach (var (mode, seconds) in new[] { ("fast", "20"), ("immediate", "5") })
        {
            if (LivingProcess is null)
                return;

            await folder.Account.RunAsync(
                folder.Binaries["pg_ctl"],
                ["stop", "-D", "pgdata", "-m", mode, "-w", "-t", seconds, "-s"],
                CancellationToken.None,
                folder.Path);
        }
    }

    private string? LastFatalLine() =>
        new DirectoryInfo(folder.LogPath).EnumerateFiles("*.log")
            .OrderByDescending(f => f.LastWriteTimeUtc)
            .Take(2)
            .Select(f => File.ReadLines(f.FullName).LastOrDefault(l => l.Contains("FATAL", StringComparison.Ordinal)))
            .FirstOrDefault(l => l is not null);

    private static bool RunsIn(int pid, string pidFile)
    {
        // "1234 (postgres) S ...": a dead process that nobody has collected yet (Z) still has its number.
        if (ReadOrNull($"/proc/{pid}/stat") is not { } stat
            || !stat.Contains("(postgres)", StringComparison.Ordinal)
            || stat[(stat.LastIndexOf(')') + 2)..] is ['Z' or 'X', ..])
            return false;

        try
        {
            // A postmaster works in its data folder, so its own way to the file leads to the same file.
            return File.ReadAllText($"/proc/{pid}/cwd/postmaster.pid") == pidFile;
        }
        catch (UnauthorizedAccessException)
        {
            return true; // root in a container may not look there
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsPostgres(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string? ReadOrNull(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
