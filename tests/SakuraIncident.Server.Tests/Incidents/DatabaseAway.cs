using System.Diagnostics;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using SakuraIncident.Server.Identity;

namespace SakuraIncident.Server.Tests.Incidents;

/// <summary>The database goes and comes back under a running server.</summary>
public sealed class A_database_that_is_away(TestDatabase postgres)
{
    [Fact]
    public async Task is_503_with_retry_after_and_is_taken_up_again_when_it_returns()
    {
        var database = await postgres.CreateDatabaseAsync();
        var (app, address) = await SakuraHost.StartAsync(database);
        await using var _ = app;
        var token = await app.Services.GetRequiredService<Tokens>().CreateAsync("t", "admin", null);
        using var api = new ApiCaller(address, token);
        await api.OpenAsync("other", null);

        await postgres.CutAsync(database);
        var away = await api.PostAsync("/api/incidents", new { title = "切断中", category = "other" });
        var list = await api.GetAsync("/api/incidents");
        using var ready = await api.Http.GetAsync("/readyz");
        await postgres.RestoreAsync(database);
        var since = Stopwatch.StartNew();
        ApiReply reply;
        do reply = await api.PostAsync("/api/incidents", new { title = "復旧後", category = "other" });
        while (reply.Status == 503 && since.Elapsed < TimeSpan.FromSeconds(30));

        away.Status.Should().Be(503);
        away.RetryAfter.Should().NotBeNull();
        away.Json.GetProperty("detail").GetString().Should().Contain("データベース");
        list.Status.Should().Be(503);
        ((int)ready.StatusCode, ready.Headers.RetryAfter is null).Should().Be((503, false));
        reply.Status.Should().Be(201);
        (await api.GetAsync("/api/incidents")).Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("title").GetString())
            .Should().Equal("復旧後", "試験の事案");
        await app.StopAsync();
    }
}
