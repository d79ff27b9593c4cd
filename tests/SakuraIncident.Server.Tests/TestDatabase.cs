using System.Diagnostics;
using Npgsql;
using SakuraIncident.Server.Tests;

[assembly: AssemblyFixture(typeof(TestDatabase))]

namespace SakuraIncident.Server.Tests;

/// <summary>
/// A real PostgreSQL for one test run, reached by a Unix socket. A test class takes it in its constructor and asks for a
/// database of its own with <see cref="CreateDatabaseAsync"/>; the first to ask starts the cluster.
/// </summary>
/// <remarks>
/// The cluster is started and cleaned up by a small shell script that waits for the end of its standard input, which this
/// process holds: however this process ends, killed included, nothing stays behind.
/// </remarks>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string Script = """
        set -e
        trap '' INT TERM HUP
        dir=$(mktemp -d /tmp/sakura-db.XXXXXX)
        trap 'rm -rf "$dir"' EXIT
        "$1/initdb" -D "$dir/data" -U sakura -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
        "$1/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off -c full_page_writes=off \
            -c max_connections=400 -c shared_buffers=64MB -c max_wal_size=256MB >"$dir/log" 2>&1 </dev/null &
        server=$!
        echo "$dir"
        read -r _ || :
        kill -QUIT "$server" || :
        wait "$server" || :
        """;

    private readonly SemaphoreSlim creating = new(1);
    private Process? process;
    private string directory = "";
    private int databases;

    /// <summary>A new and empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        // Two databases cannot be copied from one template at the same moment.
        await creating.WaitAsync();
        try
        {
            if (process is null) await StartAsync();
            var name = $"test{++databases}";
            await ExecuteAsync($"create database {name}");
            return ConnectionString(name);
        }
        finally
        {
            creating.Release();
        }
    }

    /// <summary>The database is away: its connections are cut and new ones refused, until <see cref="RestoreAsync"/>.</summary>
    public async Task CutAsync(string connectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await ExecuteAsync($"alter database {name} with allow_connections false");
        await ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
    }

    public Task RestoreAsync(string connectionString) =>
        ExecuteAsync($"alter database {new NpgsqlConnectionStringBuilder(connectionString).Database} with allow_connections true");

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        creating.Dispose();
        if (process is null) return;
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task StartAsync()
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/tmp",
        };
        foreach (var argument in (string[])["-c", Script, "sh", Binaries()]) start.ArgumentList.Add(argument);
        // PostgreSQL refuses to run as root.
        if (Environment.UserName == "root") start.UserName = "postgres";

        process = Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start.");
        directory = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("initdb failed; its reason is on standard error.");
        await AnswersAsync();
    }

    private async Task AnswersAsync()
    {
        for (var left = 300; ; left--)
        {
            try
            {
                await ExecuteAsync("select 1");
                return;
            }
            catch (NpgsqlException) when (left > 0 && process is { HasExited: false })
            {
                await Task.Delay(100);
            }
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    // Idle connections are given back soon, for each database has a pool of its own.
    private string ConnectionString(string database) =>
        $"Host={directory};Username=sakura;Database={database};Connection Idle Lifetime=10;Connection Pruning Interval=2";

    private static string Binaries()
    {
        string[] places =
        [
            .. Directory.Exists("/usr/lib/postgresql")
                ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var major) ? major : 0).Select(d => d + "/bin")
                : [],
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'),
        ];
        return places.FirstOrDefault(place => File.Exists(Path.Combine(place, "initdb")))
            ?? throw new InvalidOperationException("PostgreSQL's initdb was not found: install PostgreSQL 14 or later.");
    }
}
