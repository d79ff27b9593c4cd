using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SakuraIncident.Server.Identity;

[assembly: AssemblyFixture(typeof(SakuraIncident.Server.Tests.SakuraHost))]

namespace SakuraIncident.Server.Tests;

/// <summary>The real server on a real PostgreSQL, listening on a free port, with the shipped plan. One for the whole run.</summary>
public sealed class SakuraHost : IAsyncLifetime
{
    private readonly TestDatabase postgres = new(); // one fixture of an assembly cannot ask for another
    private WebApplication? running;

    public Uri Address { get; private set; } = null!;

    public string Database { get; private set; } = "";

    public IServiceProvider Services => running!.Services;

    public LogCapture Log { get; } = new();

    /// <summary>The repository's folder, found from the test's own.</summary>
    public static string Root { get; } = FindRoot();

    public async ValueTask InitializeAsync()
    {
        Database = await postgres.CreateDatabaseAsync();
        (running, Address) = await StartAsync(Database, Log);
    }

    /// <summary>Another node on a database.</summary>
    public static async Task<(WebApplication App, Uri Address)> StartAsync(
        string database, ILoggerProvider? log = null, string? playbooks = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var options = new ServerOptions("127.0.0.1", 0, "", playbooks ?? Path.Combine(Root, "playbooks"), database, Demo: false);
        var app = Start.Build(options, database, cluster: null, settings);
        if (log is not null) app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        await Start.PrepareAsync(app, reading: null, CancellationToken.None);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return (app, new Uri(address));
    }

    public async Task<string> TokenAsync(string role, string? person = null) =>
        await Services.GetRequiredService<Tokens>().CreateAsync($"test-{role}", role, person);

    /// <summary>A client that is signed in with a token of a role.</summary>
    public async Task<ApiCaller> CallerAsync(string role = "admin", string? person = null) =>
        new(Address, await TokenAsync(role, person));

    public async ValueTask DisposeAsync()
    {
        if (running is not null)
        {
            await running.StopAsync();
            await running.DisposeAsync();
        }
        await postgres.DisposeAsync();
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SakuraIncident.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}

/// <summary>Calls the API as a foreign program would: plain HTTP and JSON.</summary>
public sealed class ApiCaller(Uri address, string token) : IDisposable
{
    public HttpClient Http { get; } = new()
    {
        BaseAddress = address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    public async Task<ApiReply> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body ?? new { }) };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await SendAsync(request);
    }

    public async Task<ApiReply> PostRawAsync(string path, byte[] body, string? contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        if (contentType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await SendAsync(request);
    }

    public Task<ApiReply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public async Task<ApiReply> SendAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        return await SendAsync(request);
    }

    /// <summary>Opens an incident and answers it.</summary>
    public async Task<JsonElement> OpenAsync(string category = "ransomware", string? zone = "lgwan", double? speed = null) =>
        (await PostAsync("/api/incidents", new
        {
            title = "試験の事案",
            category,
            zone,
            drill = speed is null ? null : new { speed },
        })).Ok(201);

    public void Dispose() => Http.Dispose();

    private async Task<ApiReply> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new ApiReply((int)response.StatusCode, text, response.Headers.ETag?.Tag, response.Headers.Location?.ToString(), response.Headers.RetryAfter?.ToString());
    }
}

public sealed record ApiReply(int Status, string Text, string? ETag, string? Location, string? RetryAfter)
{
    public JsonElement Json => JsonElement.Parse(Text);

    public string? Code => Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>The answer, which must have this status.</summary>
    public JsonElement Ok(int status = 200) => Status == status ? Json : throw new InvalidOperationException($"{Status} instead of {status}: {Text}");
}

/// <summary>Everything that the server logged, to look for what must not be there.</summary>
public sealed class LogCapture : ILoggerProvider
{
    private readonly StringBuilder text = new();

    public string Text
    {
        get
        {
            lock (text) return text.ToString();
        }
    }

    public ILogger CreateLogger(string categoryName) => new Line(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Line(LogCapture owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (owner.text) owner.text.Append(category).Append(' ').Append(formatter(state, exception)).Append(' ').Append(exception).Append('\n');
        }
    }
}
