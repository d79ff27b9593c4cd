using System.Collections.Concurrent;
using System.Text.Json;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SakuraIncident.Server.Tests.Plans;
using SakuraIncident.Server.Tests.Roster;

namespace SakuraIncident.Server.Tests.Incidents;

/// <summary>自動: another program is told, its answer is recorded, and nothing ever waits for it.</summary>
public sealed class An_automation(TestDatabase postgres)
{
    [Fact]
    public async Task tells_the_other_program_again_until_it_answers_and_records_what_it_said_once()
    {
        await using var other = await Other.StartAsync(refusals: 1);
        using var folder = Plan(other.Address);
        await using var server = await RosterServer.StartAsync(postgres, folder.Directory);
        using var api = await server.CallerAsync();

        var incident = await api.OpenAsync("other", "lgwan");
        var step = await Until(api, incident, s => s.GetProperty("state").GetString() == "done");

        step.GetProperty("record").GetString().Should().Be("200 受付 17");
        other.Got.Should().HaveCount(2).And.OnlyContain(g => g.Body.GetProperty("number").GetString() == incident.GetProperty("number").GetString());
        other.Got.Select(g => g.Key).Distinct().Should().ContainSingle("a second try is no second incident");
        var events = (await api.GetAsync($"/api/incidents/{incident.GetProperty("id").GetString()}/events")).Ok().GetProperty("items").EnumerateArray();
        events.Count(e => e.GetProperty("type").GetString() == "AutomationAnswered").Should().Be(1);
    }

    [Fact]
    public async Task that_fails_holds_nothing_back()
    {
        using var folder = Plan(new Uri("http://127.0.0.1:9/")); // nobody listens there
        await using var server = await RosterServer.StartAsync(postgres, folder.Directory);
        using var api = await server.CallerAsync();

        var incident = await api.OpenAsync("other", "lgwan");
        var path = $"/api/incidents/{incident.GetProperty("id").GetString()}";

        foreach (var step in incident.GetProperty("steps").EnumerateArray().Where(s => s.GetProperty("phase").GetString() == "detection" && !s.GetProperty("optional").GetBoolean()))
            await api.PostAsync($"{path}/steps/{step.GetProperty("id").GetString()}/skip", new { reason = "訓練のため" });
        (await api.PostAsync($"{path}/assessment", new { impact = new { confidentiality = "none", integrity = "none", availability = "none" }, reason = "影響なし" })).Ok();
        (await api.PostAsync($"{path}/phase", new { to = "containment" })).Ok().GetProperty("phase").GetString().Should().Be("containment");
    }

    private static PlanFolder Plan(Uri address)
    {
        var folder = new PlanFolder();
        folder.Replace("general.yaml", "detection:\n", $"detection:\n    - automation: tell-monitoring\n      title: 監視の仕組みに知らせる\n      role: csirt\n      call: {address}\n      serves: [P2-6(7)]\n");
        return folder;
    }

    private static async Task<JsonElement> Until(ApiCaller api, JsonElement incident, Func<JsonElement, bool> holds)
    {
        for (var i = 0; i < 600; i++)
        {
            var now = (await api.GetAsync($"/api/incidents/{incident.GetProperty("id").GetString()}")).Ok();
            var step = now.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("id").GetString() == "tell-monitoring");
            if (holds(step)) return step;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException("The automation did not answer.");
    }

    /// <summary>The other program: it refuses some times, then answers.</summary>
    private sealed class Other(WebApplication app) : IAsyncDisposable
    {
        public ConcurrentQueue<(string Key, JsonElement Body)> Got { get; } = new();

        public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

        public static async Task<Other> StartAsync(int refusals)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            var other = new Other(app);
            app.MapPost("/", async (HttpContext http) =>
            {
                other.Got.Enqueue((http.Request.Headers["Idempotency-Key"].ToString(), await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body)));
                return other.Got.Count > refusals ? Results.Text("受付 17") : Results.StatusCode(503);
            });
            await app.StartAsync();
            return other;
        }

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }
}
