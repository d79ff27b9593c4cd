using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace SakuraIncident.Tests;

/// <summary>The built server as a process of its own, with its private PostgreSQL, on a free port: to be killed, stopped, started again.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly StringBuilder output = new();
    private Process? process;
    private HttpClient? http;

    public static string Root { get; } = FindRoot();

    /// <summary>A data folder of its own, which is gone at the end.</summary>
    public string Data { get; private init; } = "";

    public Uri Address { get; private init; } = null!;

    /// <summary>Everything that the server wrote, first passwords included.</summary>
    public string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    public int ProcessId => process!.Id;

    /// <summary>Signed in as admin by a token of the real verb.</summary>
    public HttpClient Http => http!;

    /// <summary>Where the plan is; the shipped one unless told.</summary>
    public string Playbooks { get; private init; } = Path.Combine(Root, "playbooks");

    public static async Task<RunningServer> StartAsync(string? data = null, string? playbooks = null)
    {
        var server = new RunningServer
        {
            // Readable by others, as a folder in a clone is: PostgreSQL, which is another user, can reach it.
            Data = Directory.CreateDirectory(data ?? Path.Combine(Path.GetTempPath(), $"sakura-test-{Guid.NewGuid():N}")).FullName,
            Address = new Uri($"http://127.0.0.1:{FreePort()}/"),
            Playbooks = playbooks ?? Path.Combine(Root, "playbooks"),
        };
        await server.StartAgainAsync();
        var token = (await RunAsync(server.Verb("token", "create", "--name", "test", "--role", "admin", "--data", server.Data))).Output.Trim();
        server.http = new HttpClient
        {
            BaseAddress = server.Address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        return server;
    }

    /// <summary>Starts the server on the same data and port, and waits until it is ready.</summary>
    public async Task StartAgainAsync()
    {
        process = Process.Start(Verb("up", "--port", $"{Address.Port}", "--data", Data, "--playbooks", Playbooks))!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await ReadyAsync();
    }

    public async Task ReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        await UntilAsync(
            async () =>
            {
                if (process!.HasExited) throw new InvalidOperationException("The server has ended: " + Output);
                return (await client.GetAsync("readyz")).IsSuccessStatusCode;
            }, "the server is ready");
    }

    /// <summary>SIGKILL: no farewell.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Ctrl-C. The exit code.</summary>
    public async Task<int> InterruptAsync()
    {
        await RunAsync(new ProcessStartInfo("kill", ["-INT", $"{process!.Id}"]));
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    /// <summary>The process id of the private PostgreSQL; null: none runs on this data.</summary>
    public int? Postgres()
    {
        var file = Directory.EnumerateFiles(Data, "postmaster.pid", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }).FirstOrDefault();
        if (file is null || !int.TryParse(File.ReadLines(file).First(), out var id)) return null;
        return Directory.Exists($"/proc/{id}") ? id : null;
    }

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var reply = await Http.PostAsJsonAsync(path, body);
        return JsonElement.Parse(await reply.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
    }

    public async Task<JsonElement> PostCsvAsync(string path, byte[] file)
    {
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new("text/csv") } };
        using var reply = await Http.PostAsync(path, content);
        return JsonElement.Parse(await reply.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
    }

    public async Task<JsonElement> GetAsync(string path) => JsonElement.Parse(await Http.GetStringAsync(path));

    public ProcessStartInfo Verb(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        start.ArgumentList.Add(Path.Combine(Root, "src", "SakuraIncident.Server", "bin", "Debug", "net10.0", "SakuraIncident.Server.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment.Remove("SAKURA_DATABASE");
        return start;
    }

    public static async Task<(int Code, string Output, string Errors)> RunAsync(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var run = Process.Start(start)!;
        var written = run.StandardOutput.ReadToEndAsync();
        var errors = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();
        return (run.ExitCode, await written, errors);
    }

    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (await condition()) return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // not yet
            }
            if (since.Elapsed > Patience) throw new TimeoutException($"Waited in vain until {what}.");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        if (process is { HasExited: false }) await InterruptAsync();
        else if (Postgres() is not null)
        {
            await StartAgainAsync(); // adopts what a killed server left, and ends it in order
            await InterruptAsync();
        }
        process?.Dispose();
        Directory.Delete(Data, recursive: true);
    }

    private void Keep(string? line)
    {
        lock (output) output.AppendLine(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SakuraIncident.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
