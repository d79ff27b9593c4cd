using System.Collections.Concurrent;
using System.Text.Json;
using FluentAssertions;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace SakuraIncident.Server.Tests.Boards;

/// <summary>The live board over its public hub.</summary>
public sealed class The_live_board(SakuraHost host)
{
    [Fact]
    public async Task tells_a_change_in_sequence_and_after_a_return_only_what_was_missed()
    {
        using var api = await host.CallerAsync();
        var token = await host.TokenAsync("csirt");
        var told = new ConcurrentQueue<JsonElement>();
        await using var first = await ConnectAsync(token, told);
        var board = await first.InvokeAsync<JsonElement>("Watch", null);

        var incident = await api.OpenAsync("other", null);
        var id = incident.GetProperty("id").GetString();
        await Until(() => told.Any(c => c.GetProperty("row").GetProperty("id").GetString() == id));
        told.Select(c => c.GetProperty("sequence").GetInt64()).Should().BeInAscendingOrder().And.OnlyContain(s => s > board.GetProperty("sequence").GetInt64());
        var seen = told.Max(c => c.GetProperty("sequence").GetInt64());
        await first.StopAsync();

        var noted = (await api.PostAsync($"/api/incidents/{id}/notes", new { text = "留守中の記録" })).Ok();
        await using var second = await ConnectAsync(token, told);
        var missed = await second.InvokeAsync<JsonElement>("Watch", seen);

        missed.GetProperty("rows").EnumerateArray().Single(r => r.GetProperty("id").GetString() == id)
            .GetProperty("version").GetInt32().Should().Be(noted.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task says_each_version_of_a_row_once_and_with_the_answer_a_sequence_that_covers_it()
    {
        using var api = await host.CallerAsync();
        var token = await host.TokenAsync("csirt");
        var id = (await api.OpenAsync("other", null)).GetProperty("id").GetString();
        for (var i = 0; i < 10; i++)
        {
            var told = new ConcurrentQueue<JsonElement>();
            await using var watcher = await ConnectAsync(token, told);
            var noting = api.PostAsync($"/api/incidents/{id}/notes", new { text = $"記録 {i}" });
            if (i % 2 == 0) await noting; // just committed, or in between
            var answer = await watcher.InvokeAsync<JsonElement>("Watch", null);
            var noted = (await noting).Ok();

            bool IsLast(JsonElement row) => Version(row) == Version(noted);
            List<JsonElement> RowsOf(IEnumerable<JsonElement> rows) => [.. rows.Where(r => r.GetProperty("id").GetString() == id)];
            var answered = RowsOf(answer.GetProperty("rows").EnumerateArray()).Should().ContainSingle().Subject;
            if (IsLast(answered))
                answer.GetProperty("sequence").GetInt64().Should().BeGreaterThanOrEqualTo(noted.GetProperty("sequence").GetInt64());
            else await Until(() => RowsOf(told.Select(c => c.GetProperty("row"))).Any(IsLast));
            (await api.PostAsync($"/api/incidents/{id}/notes", new { text = "次の記録" })).Ok();
            await Until(() => RowsOf(told.Select(c => c.GetProperty("row"))).Any(r => Version(r) > Version(noted)));

            RowsOf(told.Select(c => c.GetProperty("row"))).Append(answered).Select(Version).Should().OnlyHaveUniqueItems();
        }
    }

    [Fact]
    public async Task never_shows_a_row_to_one_who_may_not_see_it()
    {
        using var api = await host.CallerAsync();
        var told = new ConcurrentQueue<JsonElement>();
        await using var stranger = await ConnectAsync(await host.TokenAsync("manager"), told);
        (await stranger.InvokeAsync<JsonElement>("Watch", null)).GetProperty("rows").GetArrayLength().Should().Be(0);
        var all = new ConcurrentQueue<JsonElement>();
        await using var csirt = await ConnectAsync(await host.TokenAsync("csirt"), all);
        await csirt.InvokeAsync<JsonElement>("Watch", null);

        var id = (await api.OpenAsync("other", null)).GetProperty("id").GetString();
        await Until(() => all.Any(c => c.GetProperty("row").GetProperty("id").GetString() == id));

        told.Should().BeEmpty();
        var refused = () => stranger.InvokeAsync<JsonElement>("WatchIncident", id, 0);
        await refused.Should().ThrowAsync<HubException>();
    }

    [Theory]
    [InlineData("R8-9999")]
    [InlineData("\0")]
    public async Task says_of_an_unknown_incident_that_it_is_unknown(string id)
    {
        await using var watcher = await ConnectAsync(await host.TokenAsync("csirt"), new());
        var watch = () => watcher.InvokeAsync<JsonElement>("WatchIncident", id, 0);
        await watch.Should().ThrowAsync<HubException>().WithMessage("*見つからない*");
    }

    [Fact]
    public async Task is_closed_to_those_who_are_not_signed_in()
    {
        await using var nobody = new HubConnectionBuilder().WithUrl(new Uri(host.Address, "hubs/board")).Build();
        var start = () => nobody.StartAsync();
        await start.Should().ThrowAsync<HttpRequestException>();
    }

    private async Task<HubConnection> ConnectAsync(string token, ConcurrentQueue<JsonElement> told)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(host.Address, "hubs/board"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(token)).Build();
        connection.On<JsonElement>("BoardChanged", told.Enqueue);
        await connection.StartAsync();
        return connection;
    }

    private static int Version(JsonElement row) => row.GetProperty("version").GetInt32();

    private static async Task Until(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition()) await Task.Delay(20, patience.Token);
    }
}
