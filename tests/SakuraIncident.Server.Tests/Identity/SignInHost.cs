using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Identity;

namespace SakuraIncident.Server.Tests.Identity;

/// <summary>A server with nothing but sign-in, on a database of its own, and a browser-like client.</summary>
public sealed partial class SignInHost : IAsyncDisposable
{
    private readonly WebApplication running;

    private SignInHost(WebApplication app, string connectionString, IReadOnlyList<NewAccount> accounts)
    {
        running = app;
        ConnectionString = connectionString;
        Passwords = accounts.ToDictionary(a => a.Person, a => a.Password);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = NewClient();
    }

    public string ConnectionString { get; }

    public IReadOnlyDictionary<string, string> Passwords { get; }

    public Uri Address { get; }

    /// <summary>Keeps cookies, follows no redirect.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => running.Services;

    /// <summary>The staff: 田中 (csirt), 鈴木 (no role), and a contact outside.</summary>
    public static DutyRoster Roster { get; } = new(
        new Dictionary<string, Person>
        {
            ["tanaka"] = new("tanaka", "田中 一郎", "mayor", "総務部", "主査", [new("product", null)], false),
            ["suzuki"] = new("suzuki", "鈴木 花子", "mayor", "税務課", "主事", [new("product", null)], false),
            ["vendor"] = new("vendor", "株式会社 架空", "mayor", "", "", [new("phone", "0000-00-0000")], true),
        },
        [new RoleHolding("csirt", null, ["tanaka"], [], null, null, false)], [], []);

    public static async Task<SignInHost> StartAsync(TestDatabase server, string? connectionString = null)
    {
        connectionString ??= await server.CreateDatabaseAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(NpgsqlDataSource.Create(connectionString));
        builder.Services.AddIdentity(_ => Roster);
        var app = builder.Build();

        await ExecuteAsync(connectionString, IdentityTables.Ddl);
        var accounts = await app.Services.GetRequiredService<Accounts>().EnsureAsync(Roster);
        app.UseIdentity();
        app.MapSignIn();
        app.MapGet("/healthz", () => "ok").AllowAnonymous();
        app.MapGet("/", (HttpContext http) => $"状況ボード {http.Signed().Name}");
        foreach (var path in (string[])["/api/who", "/hubs/board"])
        {
            app.MapGet(path, (HttpContext http) =>
                $"{http.Signed().Actor.Kind} {http.Signed().Actor.Id} {http.Signed().Name} {string.Join(',', http.Signed().Roles)}");
        }
        await app.StartAsync();
        return new SignInHost(app, connectionString, accounts);
    }

    public HttpClient NewClient() => NewClient(new CookieContainer());

    public HttpClient NewClient(CookieContainer cookies) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = Address };

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Opens the page, fills the form, sends it.</summary>
    public static async Task<HttpResponseMessage> SignInAsync(HttpClient client, string person, string password, string returnUrl = "/")
    {
        var page = await client.GetStringAsync($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");
        var fields = HiddenFields().Matches(page).ToDictionary(m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value));
        fields["person"] = person;
        fields["password"] = password;
        return await client.PostAsync("/sign-in", new FormUrlEncodedContent(fields));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await running.DisposeAsync();
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HiddenFields();
}
