using FluentAssertions;

namespace SakuraIncident.Server.Tests.Incidents;

/// <summary>Addresses, methods and queries that are none get their status, a stable code and a Japanese sentence.</summary>
public sealed class A_bad_address(SakuraHost host)
{
    [Theory]
    [InlineData("GET", "/api/incidents?q=%00", 422, "invalid")]
    [InlineData("GET", "/api/incidents?q=a%07b", 422, "invalid")]
    [InlineData("GET", "/api/incidents/R8%07-0001/events", 404, "not-found")]
    [InlineData("GET", "/api/incidents/ID?version=99999999999", 404, "not-found")]
    [InlineData("GET", "/api/incidents/ID?version=-99999999999", 404, "not-found")]
    [InlineData("GET", "/api/incidents/ID?version=9x", 422, "invalid")]
    [InlineData("GET", "/api/plan/revisions/%07", 404, "not-found")]
    [InlineData("GET", "/api/plan/revisions/REVISION?since=%00", 422, "invalid")]
    [InlineData("GET", "/api", 404, "not-found")]
    [InlineData("GET", "/api/incident", 404, "not-found")]
    [InlineData("GET", "/api/incidents/ID/applause", 404, "not-found")]
    [InlineData("GET", "/hubs/nothing", 404, "not-found")]
    [InlineData("GET", "/openapi/v2.json", 404, "not-found")]
    [InlineData("DELETE", "/api/incidents/ID", 405, "method-not-allowed")]
    [InlineData("PUT", "/api/incidents/ID/notes", 405, "method-not-allowed")]
    [InlineData("PUT", "/openapi/v1.json", 405, "method-not-allowed")]
    public async Task is_a_problem_in_words(string method, string path, int status, string code)
    {
        using var api = await host.CallerAsync();
        var incident = await api.OpenAsync();
        path = path.Replace("ID", incident.GetProperty("id").GetString(), StringComparison.Ordinal)
            .Replace("REVISION", incident.GetProperty("playbook").GetProperty("revision").GetString(), StringComparison.Ordinal);

        var reply = await api.SendAsync(new HttpMethod(method), path);

        reply.Status.Should().Be(status, reply.Text);
        reply.Code.Should().Be(code);
        reply.Json.GetProperty("title").GetString().Should().MatchRegex("[ぁ-ん]");
        reply.Json.GetProperty("detail").GetString().Should().MatchRegex("[ぁ-ん]");
    }

    [Fact]
    public async Task of_another_content_type_is_a_problem_too()
    {
        using var api = await host.CallerAsync();
        var reply = await api.PostRawAsync("/api/incidents", "title=a"u8.ToArray(), "text/plain");
        (reply.Status, reply.Code).Should().Be((415, "wrong-content-type"));
    }

    [Fact]
    public async Task that_a_stranger_asks_for_says_nothing()
    {
        using var stranger = new HttpClient { BaseAddress = host.Address };
        ((int)(await stranger.GetAsync("/api/nothing")).StatusCode).Should().Be(401);
    }

    [Fact]
    public async Task leaves_the_description_where_it_was()
    {
        using var api = await host.CallerAsync();
        (await api.GetAsync("/openapi/v1.json")).Ok().GetProperty("paths").TryGetProperty("/api/incidents", out _).Should().BeTrue();
    }
}
