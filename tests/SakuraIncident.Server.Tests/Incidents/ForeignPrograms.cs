using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using FluentAssertions;

namespace SakuraIncident.Server.Tests.Incidents;

/// <summary>What a program that knows only the contract relies on.</summary>
public sealed class A_foreign_program(SakuraHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task reads_the_same_words_and_moments_in_events_as_in_incidents()
    {
        using var api = await host.CallerAsync();
        var opened = await api.OpenAsync("ransomware", "lgwan");
        var path = $"/api/incidents/{opened.GetProperty("number").GetString()}";
        (await api.PostAsync($"{path}/assessment", new { impact = new { confidentiality = "serious" }, personalData = new { greatest = 150 }, reason = "確認" })).Ok();
        (await api.PostAsync($"{path}/close", new { outcome = "falseAlarm", reason = "試験" })).Ok();

        var events = (await api.GetAsync($"{path}/events")).Ok().GetProperty("items").EnumerateArray().ToList();

        Data(events, "IncidentOpened").GetProperty("severity").GetString().Should().BeOneOf("critical", "high");
        Data(events, "FactsAssessed").GetProperty("impact").GetProperty("confidentiality").GetString().Should().Be("serious");
        Data(events, "IncidentClosed").GetProperty("outcome").GetString().Should().Be("falseAlarm");
        var duty = Data(events, "DutyStarted").GetProperty("duty");
        duty.GetProperty("state").GetString().Should().Be("running");
        duty.GetProperty("dueAt").GetString().Should().EndWith("Z");
    }

    [Fact]
    public async Task may_ask_by_HEAD_what_it_may_ask_by_GET()
    {
        using var api = await host.CallerAsync();
        using var stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = api.Http.BaseAddress };
        var path = $"/api/incidents/{(await api.OpenAsync("other", null)).GetProperty("number").GetString()}";

        (await HeadAsync(stranger, "/healthz")).Status.Should().Be(200);
        (await HeadAsync(stranger, "/readyz")).Should().Be((200, 0, null));
        (await HeadAsync(stranger, path)).Status.Should().Be(401);
        (await HeadAsync(api.Http, path)).Should().Match<(int Status, int Length, string? Tag)>(a => a.Status == 200 && a.Length == 0 && a.Tag != null);
        (await HeadAsync(api.Http, $"{path}/notes")).Status.Should().BeOneOf(404, 405);
    }

    [Theory]
    [InlineData("\"V\", \"99\"", 200)]
    [InlineData("\"99\", \"V\"", 200)]
    [InlineData("\"98\",\"99\"", 412)]
    [InlineData("\"98\", nonsense", 412)]
    [InlineData("*", 200)]
    public async Task may_name_several_versions(string tags, int status)
    {
        using var api = await host.CallerAsync();
        var opened = await api.OpenAsync("other", null);

        var reply = await api.PostAsync(
            $"/api/incidents/{opened.GetProperty("id").GetString()}/notes", new { text = "書く" },
            ("If-Match", tags.Replace("V", opened.GetProperty("version").GetRawText(), StringComparison.Ordinal)));

        reply.Status.Should().Be(status, reply.Text);
    }

    [Fact]
    public async Task sees_who_answered_and_that_it_was_entered_for_him()
    {
        using var api = await host.CallerAsync();
        var path = $"/api/incidents/{(await api.OpenAsync("other", null)).GetProperty("number").GetString()}";

        var answered = (await api.PostAsync($"{path}/pages/p1/acknowledge", new { })).Ok();

        var page = answered.GetProperty("pages")[0];
        page.GetProperty("answeredAt").GetString().Should().Be(page.GetProperty("endedAt").GetString()).And.NotBeNull();
        var events = (await api.GetAsync($"{path}/events")).Ok().GetProperty("items").EnumerateArray().ToList();
        Data(events, "PageAcknowledged").GetProperty("byTelephone").GetBoolean().Should().BeTrue("a token is not the one who was called");
    }

    [Fact]
    public async Task gets_moments_to_the_millisecond()
    {
        using var api = await host.CallerAsync();
        var opened = (await api.PostAsync("/api/incidents", new { title = "題", category = "other", occurredAt = "2026-11-20T10:00:00.123456789Z", drill = new { speed = 7 } })).Ok(201);

        opened.GetProperty("occurredAt").GetString().Should().Be("2026-11-20T10:00:00.123Z");
        foreach (var duty in opened.GetProperty("duties").EnumerateArray())
            duty.GetProperty("dueAt").GetString()!.Length.Should().BeLessThanOrEqualTo("2026-11-20T10:00:00.123Z".Length);
    }

    [Fact]
    public async Task cannot_end_an_incident_where_nobody_works()
    {
        using var api = await host.CallerAsync();
        var number = (await api.OpenAsync("other", null)).GetProperty("number").GetString();
        var drill = (await api.PostAsync("/api/incidents", new { title = "訓練", category = "other", drill = new { speed = 1 } })).Ok(201).GetProperty("number").GetString();
        var other = (await api.OpenAsync("other", null)).GetProperty("number").GetString();

        (await api.PostAsync($"/api/incidents/{number}/merge", new { into = drill, reason = "同じ" })).Status.Should().Be(409);
        (await api.PostAsync($"/api/incidents/{number}/close", new { outcome = "duplicate", of = drill, reason = "同じ" })).Status.Should().Be(409);
        (await api.PostAsync($"/api/incidents/{number}/merge", new { into = other, reason = "同じ" })).Ok();
        (await api.PostAsync($"/api/incidents/{other}/merge", new { into = number, reason = "同じ" })).Status.Should().Be(409);
        (await DuplicatesAsync(1)).Should().Be(1);

        (await api.PostAsync($"/api/incidents/{number}/reopen", new { reason = "別の原因" })).Ok();
        (await DuplicatesAsync(0)).Should().Be(0);

        async Task<int> DuplicatesAsync(int awaited)
        {
            for (var i = 0; ; i++)
            {
                var count = (await api.GetAsync($"/api/incidents/{other}")).Ok().GetProperty("duplicates").GetArrayLength();
                if (count == awaited || i == 100) return count;
                await Task.Delay(50, Stop);
            }
        }
    }

    private static JsonElement Data(IEnumerable<JsonElement> events, string type) =>
        events.First(e => e.GetProperty("type").GetString() == type).GetProperty("data");

    private static async Task<(int Status, int Length, string? Tag)> HeadAsync(HttpClient http, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var answer = await http.SendAsync(request, Stop);
        return ((int)answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync(Stop)).Length, answer.Headers.ETag?.Tag);
    }
}
