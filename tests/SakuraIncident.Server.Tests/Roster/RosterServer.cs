using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Plans;

namespace SakuraIncident.Server.Tests.Roster;

/// <summary>A server with a database of its own, since a changed roster would change other tests.</summary>
internal sealed class RosterServer(WebApplication app, Uri address, string database) : IAsyncDisposable
{
    private readonly List<IDisposable> callers = [];

    public PlanLibrary Plans => app.Services.GetRequiredService<PlanLibrary>();

    public Uri Address => address;

    public string Database => database;

    public static async Task<RosterServer> StartAsync(TestDatabase postgres, string? playbooks = null) =>
        await OnAsync(await postgres.CreateDatabaseAsync(), playbooks);

    /// <summary>Another node, or the same after a restart.</summary>
    public static async Task<RosterServer> OnAsync(string database, string? playbooks = null)
    {
        var (app, address) = await SakuraHost.StartAsync(database, playbooks: playbooks);
        return new RosterServer(app, address, database);
    }

    public async Task<ApiCaller> CallerAsync(string role = "admin", string? person = null)
    {
        var caller = new ApiCaller(address, await app.Services.GetRequiredService<Tokens>().CreateAsync($"test-{role}", role, person));
        callers.Add(caller);
        return caller;
    }

    /// <summary>The same, at a browser.</summary>
    public async Task<PageReader> ReaderAsync(string role = "admin", string? person = null)
    {
        var reader = new PageReader(address, await app.Services.GetRequiredService<Tokens>().CreateAsync($"test-{role}", role, person));
        callers.Add(reader);
        return reader;
    }

    public async Task<IReadOnlyList<string>> AuditAsync()
    {
        await using var connection = new NpgsqlDataSourceBuilder(database).Build().CreateConnection();
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select what || ' ' || coalesce(who, '') || ' ' || path from sakura.audit order by id", connection);
        var rows = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var caller in callers) caller.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}

internal static class RosterAnswers
{
    /// <summary>Who is on duty as CSIRT, by the roster at a moment.</summary>
    public static async Task<string?> OnDutyAsync(this ApiCaller api, string at) => (await RoleAsync(api, "csirt", at))
        .GetProperty("onDuty").EnumerateArray().Select(p => p.GetProperty("person").GetString()).SingleOrDefault();

    public static async Task<IReadOnlyList<string?>> CalledAsync(this ApiCaller api, string role, string at) =>
        [.. (await RoleAsync(api, role, at)).GetProperty("candidates").EnumerateArray().Select(c => c.GetProperty("person").GetString())];

    private static async Task<JsonElement> RoleAsync(ApiCaller api, string role, string at) =>
        (await api.GetAsync($"/api/roster?at={Uri.EscapeDataString(at)}")).Ok()
            .GetProperty("roles").EnumerateArray().First(r => r.GetProperty("role").GetString() == role);
}
