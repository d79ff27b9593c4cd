using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace SakuraIncident.Tests;

/// <summary>
/// The built server as a process of its own, with its private PostgreSQL in a directory that is removed afterwards.
/// </summary>
public sealed class RunningServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3); // other work on the machine is no failure

    private readonly StringBuilder _output = new();
    private Process? _process;

    private RunningServer(string data)
    {
        Data = data;
        Address = new Uri($"http://127.0.0.1:{FreePort()}/");
        Http = new HttpClient { BaseAddress = Address };
    }

    /// <summary>Stays the same when the server starts again.</summary>
    public Uri Address { get; }

    /// <summary>The data directory; its parent belongs to this server alone.</summary>
    public string Data { get; }

    /// <summary>Signed in as admin, by a token of the real verb.</summary>
    public HttpClient Http { get; }

    public int ProcessId => _process!.Id;

    /// <summary>What all runs said so far, on both channels.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>The first passwords, by person, as the first start printed them.</summary>
    public IReadOnlyDictionary<string, string> Passwords => Output.Split('\n')
        .Where(l => l.StartsWith("  ", StringComparison.Ordinal))
        .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words.Length >= 3)
        .DistinctBy(words => words[0])
        .ToDictionary(words => words[0], words => words[1]);

    /// <summary>The folder of the private cluster, wherever it is.</summary>
    public string ClusterFolder => Path.Combine(Data, Cluster.GetProperty("folder").GetString()!);

    /// <summary>What the server wrote down about its cluster.</summary>
    public JsonElement Cluster => JsonDocument.Parse(File.ReadAllText(Path.Combine(Data, "cluster.json"))).RootElement;

    /// <summary>The main process of PostgreSQL; null when none runs on this data.</summary>
    public int? Postgres()
    {
        var file = Path.Combine(ClusterFolder, "pgdata", "postmaster.pid");
        return File.Exists(file) && int.TryParse(File.ReadLines(file).First(), CultureInfo.InvariantCulture, out var id) && Processes.IsAlive(id)
            ? id
            : null;
    }

    /// <summary>A server, ready; its data are removed at the end, with the directory's parent.</summary>
    /// <param name="data">A directory, not made yet; null: one of its own.</param>
    public static async Task<RunningServer> StartAsync(string? data = null)
    {
        var server = new RunningServer(data ?? TemporaryPlace());
        try
        {
            await server.StartAgainAsync();
            server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await server.CreateTokenAsync("admin"));
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A data directory, not made yet, that PostgreSQL's account can reach.</summary>
    public static string TemporaryPlace()
    {
        var parent = Directory.CreateTempSubdirectory("sakura-test-").FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(parent, File.GetUnixFileMode(parent) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        return Path.Combine(parent, "data");
    }

    /// <summary>Starts it on the same address and data, and waits until it is ready.</summary>
    public async Task StartAgainAsync()
    {
        _process?.Dispose();
        _process = Process.Start(Verb("up", "--port", Address.Port.ToString(CultureInfo.InvariantCulture)))!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ReadyAsync();
    }

    /// <summary>kill -9 of the server alone.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>kill -9 of PostgreSQL alone.</summary>
    public void KillPostgres() => Signal("KILL", Postgres()!.Value);

    /// <summary>What Ctrl-C does to the server; answers the exit code.</summary>
    public async Task<int> InterruptAsync()
    {
        Signal("INT", ProcessId);
        using var patience = new CancellationTokenSource(Patience);
        await _process!.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Waits for 200 from <c>/readyz</c>.</summary>
    public Task ReadyAsync() => UntilAsync(
        async () =>
        {
            if (_process!.HasExited)
                throw new InvalidOperationException($"The server ended with {_process.ExitCode}:\n{Output}");
            using var answer = await Http.GetAsync("readyz");
            return answer.IsSuccessStatusCode;
        },
        "the server is ready");

    /// <summary>Polls a condition until it holds; nobody listening is not yet.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (await condition()) return;
            }
            catch (HttpRequestException)
            {
                // The server is away.
            }

            if (waited.Elapsed > Patience)
                throw new TimeoutException($"Waited in vain until {what}.");
            await Task.Delay(50);
        }
    }

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await Http.PostAsJsonAsync(path, body);
        return JsonElement.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
    }

    public async Task<JsonElement> GetAsync(string path) => JsonElement.Parse(await Http.GetStringAsync(path));

    /// <summary>The server's program, beside the server and on the same data: a verb, or another server.</summary>
    public ProcessStartInfo Verb(params string[] words)
    {
        // A shell that runs the tests in the background has them, and so the server, ignore Ctrl-C.
        string[] listening = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        var start = new ProcessStartInfo(listening[0], [.. listening[1..], Source.Server, .. words])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        start.Environment.Remove("SAKURA_DATABASE");
        start.Environment["SAKURA_DATA"] = Data;
        start.Environment["SAKURA_PLAYBOOKS"] = Path.Combine(Source.Root, "playbooks");
        return start;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>A bearer token of a role, made by <c>token create</c>.</summary>
    public async Task<string> CreateTokenAsync(string role)
    {
        var (code, output, errors) = await RunAsync(Verb("token", "create", "--name", $"test-{role}-{Guid.NewGuid():N}", "--role", role));
        return code == 0 ? output.Trim() : throw new InvalidOperationException(errors);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_process is { HasExited: false })
            await InterruptAsync();
        _process?.Dispose();

        if (File.Exists(Path.Combine(Data, "cluster.json")))
        {
            if (Postgres() is { } orphan)
            {
                Signal("QUIT", orphan);
                await UntilAsync(() => Task.FromResult(Postgres() is null), "PostgreSQL has ended");
            }

            Directory.Delete(ClusterFolder, recursive: true);
            File.Delete(ClusterFolder + ".lock");
        }

        Directory.Delete(Path.GetDirectoryName(Data)!, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Signal(string signal, int process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output) _output.AppendLine(line.Data);
    }
}
