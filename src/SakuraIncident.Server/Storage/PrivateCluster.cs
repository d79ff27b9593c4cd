using System.Security.Cryptography;
using Npgsql;

namespace SakuraIncident.Server.Storage;

/// <summary>
/// The PostgreSQL that the server runs for itself where none is configured: reachable over a Unix socket only,
/// under a random password, as an unprivileged account. The data directory belongs to one server at a time.
/// </summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    internal const string Owner = "sakura";
    internal const string MaintenanceDatabase = "postgres";
    internal const int Port = 5432; // only a part of the socket's name

    private const string Database = "sakura";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly ClusterFolder _folder;
    private readonly Postmaster _postmaster;
    private readonly string _socket;
    private readonly IReadOnlyList<DirectoryLock> _locks;
    private readonly ILogger _logger;
    private bool _stopped;

    private PrivateCluster(
        ClusterFolder folder, ClusterRecord record, IReadOnlyList<DirectoryLock> locks, ILogger logger)
    {
        _folder = folder;
        _socket = record.Socket;
        _locks = locks;
        _logger = logger;
        ConnectionString = ConnectionStringOf(record);
        _postmaster = new Postmaster(folder, ConnectionString);
    }

    /// <summary>Leads to the product's database, as its owner.</summary>
    public string ConnectionString { get; }

    /// <summary>Takes the data directory and brings its PostgreSQL up: makes, adopts or recovers it.</summary>
    /// <param name="dataDirectory">Made when missing.</param>
    /// <exception cref="ClusterException">It cannot be had; the message is for the person at the terminal.</exception>
    public static async Task<PrivateCluster> StartAsync(
        string dataDirectory, ILogger logger, CancellationToken cancellation = default)
    {
        if (OperatingSystem.IsWindows())
            throw new ClusterException("Windowsでは、環境変数SAKURA_DATABASEにPostgreSQLの接続文字列を指定してください。");

        dataDirectory = Path.GetFullPath(dataDirectory);
        Make(dataDirectory);
        var locks = new List<DirectoryLock> { Take(Path.Combine(dataDirectory, "lock"), dataDirectory) };
        try
        {
            var known = ClusterRecord.Read(dataDirectory);
            var folder = await ClusterFolder.OpenAsync(dataDirectory, known, cancellation);
            var inside = Path.GetDirectoryName(folder.Path) == dataDirectory;
            // A copied data directory points to the same folder outside; that may have one server only as well.
            if (!inside)
                locks.Add(Take(folder.Path + ".lock", dataDirectory));

            var record = new ClusterRecord(
                inside ? Path.GetFileName(folder.Path) : folder.Path,
                await folder.SocketAsync(known?.Socket, cancellation),
                known?.Password ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)),
                Environment.ProcessId);
            record.Write(dataDirectory);
            await folder.InitialiseAsync(record.Password, cancellation);

            var cluster = new PrivateCluster(folder, record, locks, logger);
            try
            {
                await cluster.BringUpAsync(cancellation);
                await cluster.MakeDatabaseAsync(cancellation);
                return cluster;
            }
            catch (Exception)
            {
                await cluster._postmaster.StopAsync();
                throw;
            }
        }
        catch (Exception)
        {
            locks.ForEach(l => l.Dispose());
            throw;
        }
    }

    /// <summary>Leads to the running cluster of a data directory, for a command beside the server; null when none runs.</summary>
    /// <exception cref="ClusterException">The caller may not read it.</exception>
    public static string? FindConnectionString(string dataDirectory)
    {
        dataDirectory = Path.GetFullPath(dataDirectory);
        return ClusterRecord.Read(dataDirectory) is { } record
            && Postmaster.LivingProcessOf(Path.Combine(dataDirectory, record.Folder, "pgdata")) is not null
                ? ConnectionStringOf(record)
                : null;
    }

    /// <summary>Watches PostgreSQL and brings it up again when it has died; ends with the cancellation.</summary>
    public async Task WatchAsync(CancellationToken cancellation)
    {
        var pause = Poll;
        while (!cancellation.IsCancellationRequested)
        {
            await Task.Delay(pause, cancellation);
            pause = TimeSpan.FromMilliseconds(500);
            if (_postmaster.LivingProcess is not null)
                continue;

            _logger.LogWarning("PostgreSQL is gone; starting it again");
            try
            {
                await BringUpAsync(cancellation);
            }
            catch (ClusterException failed)
            {
                _logger.LogError(failed, "PostgreSQL does not start; trying again");
                pause = TimeSpan.FromSeconds(5);
            }
        }
    }

    /// <summary>Stops PostgreSQL and gives the data directory back. Whoever uses the database must have ended before.</summary>
    public async Task StopAsync()
    {
        if (_stopped)
            return;

        _stopped = true;
        NpgsqlConnection.ClearAllPools();
        await _postmaster.StopAsync();
        if (!_socket.StartsWith(_folder.Path, StringComparison.Ordinal))
            await _folder.Account.RunAsync("rmdir", [_socket], CancellationToken.None);
        foreach (var held in _locks)
            held.Dispose();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static string ConnectionStringOf(ClusterRecord record) => new NpgsqlConnectionStringBuilder
    {
        Host = record.Socket,
        Port = Port,
        Username = Owner,
        Password = record.Password,
        Database = Database,
        ApplicationName = "SakuraIncident",
        MaxAutoPrepare = 200,
        AutoPrepareMinUsages = 2,
        MaxPoolSize = 60 // half of max_connections: commands beside the server have their own pools
    }.ConnectionString;

    /// <summary>Others may pass through, so that PostgreSQL's account reaches its folder; the secrets have modes of their own.</summary>
    private static void Make(string dataDirectory)
    {
        const UnixFileMode passThrough = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        try
        {
            if (!Directory.Exists(dataDirectory) && !OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Path.GetDirectoryName(dataDirectory)!);
                Directory.CreateDirectory(dataDirectory);
                File.SetUnixFileMode(dataDirectory, passThrough); // whatever the umask says
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ClusterException($"データの場所「{dataDirectory}」を作れません: {refused.Message}", refused);
        }
    }

    private static DirectoryLock Take(string path, string dataDirectory)
    {
        try
        {
            return DirectoryLock.TryTake(path) ?? throw new ClusterException(
                $"データの場所「{dataDirectory}」は、動いている別のサーバー(PID {ClusterRecord.Read(dataDirectory)?.Server})が"
                + "使っています。それを止めるか、--data で別の場所を指定してください。");
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new ClusterException(
                $"データの場所「{dataDirectory}」に書き込めません。前に起動した利用者で実行するか、--data で別の場所を指定してください。",
                refused);
        }
    }

    private async Task BringUpAsync(CancellationToken cancellation)
    {
        const int mostStarts = 8;
        var starts = 0;
        var deaf = 0;
        while (true)
        {
            switch (await _postmaster.ObserveAsync(cancellation))
            {
                case PostmasterState.Answering:
                    return;

                // Something holds the process but not its socket: it is of no use to anyone.
                case PostmasterState.Deaf when ++deaf > 50:
                    _logger.LogWarning("PostgreSQL runs but does not answer; stopping it");
                    await _postmaster.StopAsync();
                    deaf = 0;
                    break;

                case PostmasterState.Absent:
                    await _folder.SocketAsync(_socket, cancellation);
                    await _folder.ConfigureAsync(_socket, cancellation);
                    // The children of a killed PostgreSQL hold its shared memory for a moment; hence more than one try.
                    if (await _postmaster.StartAsync(cancellation) is { } reason)
                    {
                        if (++starts == mostStarts)
                            throw new ClusterException($"PostgreSQLを起動できません({_folder.LogPath}): {reason}");
                        await Task.Delay(Poll * (1 << starts), cancellation);
                    }

                    break;
            }

            await Task.Delay(Poll, cancellation);
        }
    }

    private async Task MakeDatabaseAsync(CancellationToken cancellation)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            Pooling = false,
            Database = MaintenanceDatabase
        };
        await using var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var find = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection)
        {
            Parameters = { new NpgsqlParameter { Value = Database } }
        };
        if (await find.ExecuteScalarAsync(cancellation) is not null)
            return;

        await using var make = new NpgsqlCommand($"create database {Database}", connection);
        await make.ExecuteNonQueryAsync(cancellation);
    }
}
