using System.Security.Cryptography;
using System.Text;

namespace SakuraIncident.Server.Storage;

/// <summary>The folder that holds the private cluster: <c>pgdata</c>, <c>log</c> and, where its path is short, <c>socket</c>.</summary>
internal sealed class ClusterFolder
{
    private const int LongestSocketPath = 107;
    private const string OutsideParent = "/var/lib/sakura-incident";

    private ClusterFolder(string path, ClusterAccount account, PostgresBinaries binaries)
    {
        Path = path;
        Account = account;
        Binaries = binaries;
    }

    public string Path { get; }

    public ClusterAccount Account { get; }

    public PostgresBinaries Binaries { get; }

    public string DataPath => System.IO.Path.Combine(Path, "pgdata");

    public string LogPath => System.IO.Path.Combine(Path, "log");

    /// <summary>Where a cluster of this data directory goes when its account cannot reach the directory.</summary>
    public static string OutsideOf(string dataDirectory) => System.IO.Path.Combine(
        OutsideParent, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataDirectory)))[..16]);

    /// <summary>Finds the folder of a data directory, or makes it where the cluster's account can reach it.</summary>
    public static async Task<ClusterFolder> OpenAsync(
        string dataDirectory, ClusterRecord? record, CancellationToken cancellation)
    {
        var inside = System.IO.Path.Combine(dataDirectory, "cluster");
        var outside = OutsideOf(dataDirectory);
        var path = record is not null ? System.IO.Path.Combine(dataDirectory, record.Folder)
            : IsMade(outside) ? outside
            : inside;

        var account = await ClusterAccount.ForAsync(path, cancellation);
        var binaries = await PostgresBinaries.FindAsync(MajorOf(path), cancellation);
        if (await MakeAsync(path, account, cancellation))
            return new ClusterFolder(path, account, binaries);

        if (IsMade(path))
            throw new ClusterException(
                $"利用者「{account.UserName}」は「{path}」に入れません。上のフォルダーに実行権(chmod a+x)を付けてください。");

        if (path != outside && await MakeAsync(outside, account, cancellation))
        {
            Directory.Delete(path);
            return new ClusterFolder(outside, account, binaries);
        }

        throw new ClusterException($"利用者「{account.UserName}」が使えるデータの場所がありません({path}、{outside})。");
    }

    /// <summary>Makes the database files, in one step: a start that was cut short leaves none.</summary>
    public async Task InitialiseAsync(string password, CancellationToken cancellation)
    {
        if (IsMade(Path))
            return;

        await MustAsync("rm", ["-rf", "pgdata.new"], cancellation);
        await MustAsync("mkdir", ["-p", "log"], cancellation);
        // Not as an argument, which everyone could read. (initdb may not reopen a pipe that root made.)
        await MustAsync("sh", ["-c", "umask 077; cat > password.new"], cancellation, password + "\n");
        await MustAsync(
            Binaries["initdb"],
            [
                "--pgdata=pgdata.new", $"--username={PrivateCluster.Owner}", "--pwfile=password.new",
                "--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8",
                // macOS has no C.UTF-8; both sort by code point.
                $"--locale={(OperatingSystem.IsMacOS() ? "C" : "C.UTF-8")}", "--lc-messages=C",
                "--text-search-config=simple"
            ],
            cancellation);
        await MustAsync("rm", ["-f", "password.new"], cancellation);
        await MustAsync("tee", ["-a", "pgdata.new/postgresql.conf"], cancellation, "\ninclude = 'sakura.conf'\n");
        await MustAsync("mv", ["pgdata.new", "pgdata"], cancellation);
    }

    /// <summary>Writes the settings that the product answers for, anew before each start.</summary>
    public Task ConfigureAsync(string socket, CancellationToken cancellation) => MustAsync(
        "tee",
        ["pgdata/sakura.conf"],
        cancellation,
        $"""
        # Written by SakuraIncident before each start; own settings belong into postgresql.auto.conf (ALTER SYSTEM).
        listen_addresses = ''
        unix_socket_directories = '{socket}'
        unix_socket_permissions = 0700
        port = {PrivateCluster.Port}
        max_connections = 120
        password_encryption = 'scram-sha-256'
        fsync = on
        full_page_writes = on
        synchronous_commit = on
        jit = off
        timezone = 'UTC'
        log_timezone = 'UTC'
        logging_collector = on
        log_directory = '../log'
        log_filename = 'postgresql-%a.log'
        log_truncate_on_rotation = on
        log_rotation_age = 1d
        log_rotation_size = 0

        """);

    /// <summary>
    /// A folder for the socket that only the cluster's account may enter: in the cluster's folder, or below /tmp
    /// where that path would be too long for a socket or hold characters that a connection string splits at.
    /// </summary>
    /// <param name="known">The folder of the run before, kept while it is usable, so that open pools stay right.</param>
    public async Task<string> SocketAsync(string? known, CancellationToken cancellation)
    {
        var inside = System.IO.Path.Combine(Path, "socket");
        if (IsFitForSocket(inside))
        {
            await MustAsync("mkdir", ["-p", "-m", "0700", inside], cancellation);
            return inside;
        }

        if (known is not null && (await Account.RunAsync("test", ["-O", known], cancellation)).Succeeded)
            return known;

        var made = await Account.RunAsync("mktemp", ["-d", "/tmp/sakura-XXXXXXXXXX"], cancellation);
        return made.Succeeded
            ? made.Output
            : throw new ClusterException($"PostgreSQLのソケットの場所を作れません: {made.LastWord}");
    }

    /// <summary>Runs a program in this folder as the cluster's account and insists on its success.</summary>
    public async Task MustAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellation, string input = "")
    {
        var result = await Account.RunAsync(program, arguments, cancellation, Path, input);
        if (!result.Succeeded)
            throw new ClusterException(
                $"PostgreSQLの準備に失敗しました({System.IO.Path.GetFileName(program)}): {result.LastWord}");
    }

    private static bool IsFitForSocket(string folder) =>
        Encoding.UTF8.GetByteCount($"{folder}/.s.PGSQL.{PrivateCluster.Port}") <= LongestSocketPath
        && folder.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_');

    private static bool IsMade(string folder) => MajorOf(folder) is not null;

    private static int? MajorOf(string folder)
    {
        var version = System.IO.Path.Combine(folder, "pgdata", "PG_VERSION");
        return File.Exists(version) && int.TryParse(File.ReadAllText(version), out var major) ? major : null;
    }

    /// <summary>Makes the folder and answers whether the account can work in it.</summary>
    private static async Task<bool> MakeAsync(string path, ClusterAccount account, CancellationToken cancellation)
    {
        var self = new ClusterAccount(UserName: null);
        if (!Directory.Exists(path))
        {
            await self.RunAsync("mkdir", ["-p", System.IO.Path.GetDirectoryName(path)!], cancellation);
            await self.RunAsync("mkdir", ["-m", "0700", path], cancellation);
        }

        if (account.UserName is { } user)
            await self.RunAsync("chown", [$"{user}:", path], cancellation);

        return (await account.RunAsync("test", ["-w", path, "-a", "-x", path], cancellation)).Succeeded;
    }
}
