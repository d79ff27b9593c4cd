using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SakuraIncident.Tests;

namespace SakuraIncident.Browser.Tests;

/// <summary>A running server, and its staff at their browsers.</summary>
public sealed partial class City : IAsyncDisposable
{
    /// <summary>Holds the role <c>csirt</c> at any hour, and sees every incident.</summary>
    public const string Csirt = "sato";

    /// <summary>Holds the role <c>csirt-lead</c>, and may set up the system.</summary>
    public const string Lead = "nakajima";

    private readonly ConcurrentDictionary<string, Task<string>> sessions = new();
    private readonly IBrowser browser;

    private City(RunningServer server, IBrowser browser)
    {
        Server = server;
        this.browser = browser;
    }

    public RunningServer Server { get; }

    public static async Task<City> StartAsync(Chromium chromium, string? playbooks = null) =>
        new(await RunningServer.StartAsync(playbooks: playbooks), chromium.Browser);

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();

    /// <summary>A page of someone who is signed in, in a browser window of its own.</summary>
    public async Task<IPage> OpenAsync(string person, string path, BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.StorageState = await sessions.GetOrAdd(person, SignInAsync);
        return await OpenAsync(path, options);
    }

    /// <summary>A page of nobody.</summary>
    public async Task<IPage> OpenAsync(string path, BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.BaseURL = Server.Address.ToString();
        options.Locale ??= "ja-JP";
        var page = await (await browser.NewContextAsync(options)).NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>By the first password, which the server printed once.</summary>
    public async Task SignInAsync(IPage page, string person)
    {
        await page.GetByLabel("職員ID").FillAsync(person);
        await page.GetByLabel("パスワード").FillAsync(await PasswordOfAsync(person));
        await page.GetByRole(AriaRole.Button, new() { Name = "サインイン" }).ClickAsync();
        await Assertions.Expect(page.Locator(".whoami")).ToBeVisibleAsync();
    }

    public Task<JsonElement> IncidentAsync(string number) => Server.GetAsync($"api/incidents/{number}");

    /// <summary>The data of every event of one type, in order.</summary>
    public async Task<IReadOnlyList<JsonElement>> EventsAsync(string number, string type)
    {
        var answer = await Server.GetAsync($"api/incidents/{number}/events?limit=200");
        return answer.GetProperty("items").EnumerateArray().Where(e => e.GetProperty("type").GetString() == type).Select(e => e.GetProperty("data")).ToList();
    }

    private async Task<string> SignInAsync(string person)
    {
        var page = await OpenAsync("/sign-in");
        await SignInAsync(page, person);
        var session = await page.Context.StorageStateAsync();
        await page.Context.CloseAsync();
        return session;
    }

    private async Task<string> PasswordOfAsync(string person)
    {
        var password = "";
        await RunningServer.UntilAsync(
            () => Task.FromResult((password = PasswordLine().Matches(Server.Output).FirstOrDefault(m => m.Groups[1].Value == person)?.Groups[2].Value ?? "") != ""),
            $"the first password of {person} is printed");
        return password;
    }

    [GeneratedRegex(@"^\s+(\S+)\s+((?:[2-9a-z]{4}-){3}[2-9a-z]{4})\s", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PasswordLine();
}

/// <summary>One city for all tests that do not harm it.</summary>
public sealed class SharedCity(Chromium chromium) : IAsyncLifetime
{
    public City City { get; private set; } = null!;

    public Scenes Scenes { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        City = await City.StartAsync(chromium);
        Scenes = await Scenes.PlayAsync(City);
    }

    public ValueTask DisposeAsync() => City.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class InOneCity : ICollectionFixture<SharedCity>
{
    public const string Name = "city";
}
