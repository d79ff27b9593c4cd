using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace SakuraIncident.Benchmarks;

/// <summary>The built server as a process on the run's database, and a signed-in caller of it.</summary>
public sealed class Bench(Cluster cluster, string server) : IAsyncDisposable
{
    private Process? process;

    public Cluster Cluster => cluster;

    public string Token { get; private set; } = "";

    public HttpClient Http { get; private set; } = new();

    public Uri Address => Http.BaseAddress!;

    /// <returns>Seconds to <c>/readyz</c>.</returns>
    public async Task<double> StartAsync()
    {
        var port = FreePort();
        var since = Stopwatch.StartNew();
        process = Run(["up", "--port", port.ToString(CultureInfo.InvariantCulture)]);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var address = new Uri($"http://127.0.0.1:{port}");
        using var probe = new HttpClient { BaseAddress = address };
        while (!await IsReadyAsync(probe))
        {
            if (process.HasExited) throw new InvalidOperationException($"The server ended with {process.ExitCode}.");
            await Task.Delay(25); // each look costs the machine that starts
        }
        var seconds = since.Elapsed.TotalSeconds;
        if (Token.Length == 0) Token = await CreateTokenAsync();
        Http.Dispose();
        Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 })
        {
            BaseAddress = address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token) },
        };
        return seconds;
    }

    public async Task StopAsync()
    {
        if (process is null) return;
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>Resident memory of the server in MB.</summary>
    public double ResidentMegabytes()
    {
        process!.Refresh();
        return process.WorkingSet64 / 1024d / 1024d;
    }

    /// <summary>Seconds that the runtime takes to load the server's program and to refuse a wrong word.</summary>
    public Task<double> BareStartAsync() => VerbAsync("up", "--port", "none");

    /// <summary>Seconds that a verb of the server's program takes, to its end.</summary>
    public async Task<double> VerbAsync(params string[] words)
    {
        var since = Stopwatch.StartNew();
        using var verb = Run(words, quiet: true);
        verb.BeginErrorReadLine();
        await verb.StandardOutput.ReadToEndAsync();
        await verb.WaitForExitAsync();
        return since.Elapsed.TotalSeconds;
    }

    /// <summary>Posts, and answers what came; a refusal is an exception.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new InvalidOperationException($"{path}: {(int)response.StatusCode} {text}");
    }

    public async Task<JsonElement> GetAsync(string path) => JsonElement.Parse(await Http.GetStringAsync(path));

    /// <summary>Opens an incident and answers its id.</summary>
    public async Task<string> OpenAsync() =>
        (await PostAsync("/api/incidents", new { title = "測定用の事案", category = "other" })).GetProperty("id").GetString()!;

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Http.Dispose();
    }

    private async Task<string> CreateTokenAsync()
    {
        using var create = Run(["token", "create", "--name", "bench", "--role", "admin"]);
        var token = (await create.StandardOutput.ReadToEndAsync()).Trim();
        await create.WaitForExitAsync();
        return token;
    }

    private Process Run(IEnumerable<string> words, bool quiet = false)
    {
        var start = new ProcessStartInfo("dotnet", [server, .. words]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = quiet };
        start.Environment["SAKURA_DATABASE"] = cluster.ConnectionString;
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    }

    private static async Task<bool> IsReadyAsync(HttpClient probe)
    {
        try
        {
            using var response = await probe.GetAsync("/readyz");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
