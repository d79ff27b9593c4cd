using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace SakuraIncident.Benchmarks;

/// <summary>A PostgreSQL for the run, as safe as in use: fsync and synchronous_commit are on. It ends with this process, however that ends.</summary>
public sealed class Cluster : IAsyncDisposable
{
    private const string Script = """
        set -e
        trap '' INT TERM HUP
        dir=$(mktemp -d "${TMPDIR:-/tmp}/sakura-bench.XXXXXX")
        trap 'rm -rf "$dir"' EXIT
        "$1/initdb" -D "$dir/data" -U sakura -A trust -E UTF8 --locale=C.UTF-8 --data-checksums >/dev/null
        "$1/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c max_connections=200 -c shared_buffers=128MB >"$dir/log" 2>&1 </dev/null &
        server=$!
        echo "$dir"
        read -r _ || :
        kill -INT "$server" || :
        wait "$server" || :
        """;

    private readonly Process process;
    private readonly string directory;

    private Cluster(Process process, string directory) => (this.process, this.directory) = (process, directory);

    public string ConnectionString => $"Host={directory};Username=sakura;Database=sakura;Max Auto Prepare=200;Auto Prepare Min Usages=2";

    public static async Task<Cluster> StartAsync()
    {
        var shell = Run("/bin/sh", ["-c", Script, "sh", Binaries()], input: true);
        var folder = await shell.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("initdb failed.");
        for (var left = 300; ; left--)
        {
            try
            {
                await using var connection = new NpgsqlConnection($"Host={folder};Username=sakura;Database=postgres;Pooling=false");
                await connection.OpenAsync();
                await using var command = new NpgsqlCommand("create database sakura", connection);
                await command.ExecuteNonQueryAsync();
                return new Cluster(shell, folder);
            }
            catch (NpgsqlException) when (left > 0 && !shell.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Transactions a second of a pgbench script.</summary>
    public async Task<double> PgbenchAsync(string script, int clients, int seconds)
    {
        var file = Path.Combine(Path.GetTempPath(), $"sakura-{Guid.NewGuid():N}.sql");
        await File.WriteAllTextAsync(file, script);
        try
        {
            using var pgbench = Run(
                Path.Combine(Binaries(), "pgbench"),
                ["-h", directory, "-U", "sakura", "-n", "-M", "prepared", "-c", $"{clients}", "-j", $"{Math.Min(clients, 2)}", "-T", $"{seconds}", "-f", file, "sakura"],
                input: false);
            var output = await pgbench.StandardOutput.ReadToEndAsync();
            await pgbench.WaitForExitAsync();
            var line = output.Split('\n').First(l => l.StartsWith("tps = ", StringComparison.Ordinal));
            return double.Parse(line[6..].Split(' ')[0], CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static Process Run(string program, IEnumerable<string> arguments, bool input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = input,
            RedirectStandardOutput = true,
            WorkingDirectory = "/tmp",
        };
        if (Environment.UserName == "root") start.UserName = "postgres"; // PostgreSQL refuses to run as root
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    private static string Binaries()
    {
        var places = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var major) ? major : 0).Select(d => d + "/bin")
            : [];
        return places.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .FirstOrDefault(place => File.Exists(Path.Combine(place, "initdb")) && File.Exists(Path.Combine(place, "pgbench")))
            ?? throw new InvalidOperationException("initdb and pgbench were not found: install PostgreSQL 14 or later.");
    }
}
