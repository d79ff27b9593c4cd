using System.Text.Json;
using FluentAssertions;
using Npgsql;
using SakuraIncident.Server.Tests.Roster;

namespace SakuraIncident.Server.Tests.Imports;

/// <summary>A batch as a foreign program sends it: what is wrong with a row costs that row, and what is sent twice is taken once.</summary>
public sealed class A_batch_of_rows(SakuraHost host)
{
    private const string Columns = """["number","incident_state","opened_at","sys_updated_at"]""";
    private const string Route = "/api/imports/servicenow";

    private readonly string number = $"INC-{Guid.NewGuid():N}";

    [Theory]
    [InlineData("null", 2)]
    [InlineData("\"INC1\"", 2)]
    [InlineData("""{"line":7,"ordinal":0,"values":[1,"New","29-02-2016 01:16","29-02-2016 01:23"]}""", 2)]
    [InlineData("""{"line":7,"ordinal":0,"values":null}""", 7)]
    [InlineData("""{"line":7,"ordinal":0,"values":["INC1","New"]}""", 7)]
    [InlineData("""{"line":7,"ordinal":0,"values":["INC1",null,"29-02-2016 01:16","29-02-2016 01:23"]}""", 7)]
    [InlineData("""{"line":7,"ordinal":0,"values":["INC1","a\u0000b","29-02-2016 01:16","29-02-2016 01:23"]}""", 7)]
    [InlineData("""{"line":7,"ordinal":0,"values":["INC\u00071","New","29-02-2016 01:16","29-02-2016 01:23"]}""", 7)]
    [InlineData("""{"line":7,"ordinal":0,"values":["INC1","New","29-02-2016 01:16","31-12-9999 23:59"]}""", 7)]
    [InlineData("""{"line":7,"ordinal":0,"values":["R8-0042","New","29-02-2016 01:16","29-02-2016 01:23"]}""", 7)]
    [InlineData("""{"line":7,"ordinal":0,"values":[" K12-1 ","New","29-02-2016 01:16","29-02-2016 01:23"]}""", 7)]
    [InlineData("""{"line":7,"ordinal":0,"values":["r8-0042","New","29-02-2016 01:16","29-02-2016 01:23"]}""", 7)]
    [InlineData("""{"line":7,"ordinal":0,"values":["INC/7","New","29-02-2016 01:16","29-02-2016 01:23"]}""", 7)]
    [InlineData("""{"line":7,"ordinal":0,"values":["..","New","29-02-2016 01:16","29-02-2016 01:23"]}""", 7)]
    [InlineData("""{"line":7,"ordinal":0,"values":["019ab000-0000-7000-8000-000000000001","New","29-02-2016 01:16","29-02-2016 01:23"]}""", 7)]
    [InlineData("""{"line":7,"ordinal":0,"values":["INC1","New","29-02-2016 01:16","28-02-2099 01:23"]}""", 7)]
    public async Task names_a_damaged_row_and_takes_the_rest(string row, int line)
    {
        using var api = await host.CallerAsync();

        var answer = (await Send(api, Batch(Row(2), row, Row(3, "Closed", "29-02-2016 02:00")))).Ok();

        answer.GetProperty("taken").GetInt32().Should().Be(2);
        var damaged = answer.GetProperty("damaged").EnumerateArray().Should().ContainSingle().Subject;
        damaged.GetProperty("line").GetInt32().Should().Be(line);
        damaged.GetProperty("reason").GetString().Should().MatchRegex("[ぁ-ん]");
    }

    [Fact]
    public async Task leaves_an_incident_of_another_source_its_number()
    {
        using var api = await host.CallerAsync();
        (await api.PostAsync("/api/imports/veris", new
        {
            columns = new[] { "year", "pattern", "victim.industry.name" },
            rows = new[] { new { line = 2, ordinal = 0, values = new[] { "2013", number, "Public" } } },
        })).Ok();
        var taken = (await api.GetAsync($"/api/incidents?q={number}")).Ok().GetProperty("items")[0].GetProperty("number").GetString();

        var answer = (await Send(api, Batch(Row(2, number: taken), Row(3)))).Ok();

        answer.GetProperty("taken").GetInt32().Should().Be(1);
        answer.GetProperty("damaged")[0].GetProperty("line").GetInt32().Should().Be(2);
        (await Send(api, Batch(Row(2, number: taken)))).Ok().GetProperty("unchanged").GetInt32().Should().Be(0, "it was never taken");
    }

    [Theory]
    [InlineData("""["number",null,"incident_state","opened_at","sys_updated_at"]""", "columns")]
    [InlineData("""["number","a\u0000","incident_state","opened_at","sys_updated_at"]""", "columns")]
    [InlineData("""["number","a\u0007","incident_state","opened_at","sys_updated_at"]""", "columns")]
    [InlineData("""["number","number","incident_state","opened_at","sys_updated_at"]""", "columns")]
    [InlineData("""["number","opened_at"]""", "columns")]
    [InlineData("5", "rows")]
    public async Task is_none_without_its_columns(string columns, string field)
    {
        using var api = await host.CallerAsync();
        var reply = await Send(api, $$"""{"columns":{{columns}},"rows":[]}""");
        reply.Status.Should().Be(422, reply.Text);
        reply.Json.GetProperty("errors").EnumerateObject().Should().ContainSingle(e => e.Name == field);
    }

    [Fact]
    public async Task opens_an_incident_when_its_source_did_and_shows_the_past_by_the_rows_times()
    {
        using var api = await host.CallerAsync();
        await Send(api, Batch(Row(2), Row(3, "Closed", "29-02-2016 02:00"), Row(4, number: number + "-late", updated: "28-02-2016 00:00")));

        var shown = (await api.GetAsync($"/api/incidents/{number}")).Ok();

        shown.GetProperty("openedAt").GetString().Should().Be("2016-02-29T01:16:00Z");
        shown.GetProperty("closedAt").GetString().Should().Be("2016-02-29T02:00:00Z");
        (await api.GetAsync($"/api/incidents/{number}?version=2")).Text.Should().Be(shown.GetRawText());
        (await api.GetAsync($"/api/incidents/{number}?at=2016-02-29T01:16:00Z")).Status.Should().Be(404, "the stream begins with the first row");
        (await api.GetAsync($"/api/incidents/{number}-late")).Ok().GetProperty("openedAt").GetString().Should().Be("2016-02-28T00:00:00Z", "no row is earlier than its incident");
    }

    [Fact]
    public async Task with_the_same_key_gets_the_first_answer_on_every_node_and_another_body_422()
    {
        using var api = await host.CallerAsync();
        await using var other = await RosterServer.OnAsync(host.Database);
        using var there = new ApiCaller(other.Address, api.Http.DefaultRequestHeaders.Authorization!.Parameter!);

        var first = await Send(api, Batch(Row(2)), "k1-" + number);
        var again = await Send(there, Batch(Row(2)), "k1-" + number);
        var unchanged = await Send(api, Batch(Row(2)), "k2-" + number);

        first.Ok().GetProperty("taken").GetInt32().Should().Be(1);
        (again.Status, again.Text).Should().Be((200, first.Text));
        unchanged.Ok().GetProperty("unchanged").GetInt32().Should().Be(1);
        foreach (var key in new[] { "k1-", "k2-" })
        {
            var reused = await Send(there, Batch(Row(2), Row(3, "Closed")), key + number);
            (reused.Status, reused.Code).Should().Be((422, "key-reused"));
        }
        (await Send(api, Batch(Row(2)), new string('k', 256))).Status.Should().Be(422);
    }

    [Fact]
    public async Task is_in_flight_until_it_is_answered()
    {
        using var api = await host.CallerAsync();
        await using var connection = new NpgsqlConnection(host.Database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand("lock table sakura.imported_row", connection)) await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        Task<ApiReply>[] both = [Send(api, Batch(Row(2)), number), Send(api, Batch(Row(2)), number)];
        var refused = await Task.WhenAny(both);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        var taken = await both.Single(t => t != refused);

        ((await refused).Status, (await refused).Code, (await refused).RetryAfter).Should().Be((409, "in-flight", "1"));
        taken.Ok().GetProperty("taken").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task does_not_lose_to_another_that_brings_rows_of_the_same_incident()
    {
        using var api = await host.CallerAsync();

        var replies = await Task.WhenAll(Enumerable.Range(2, 8).Select(line => Send(api, Batch(Row(line, $"State {line}")))));

        replies.Select(r => r.Status).Should().AllBeEquivalentTo(200);
        replies.Sum(r => r.Json.GetProperty("taken").GetInt32()).Should().Be(8);
        (await api.GetAsync($"/api/incidents/{number}")).Ok().GetProperty("version").GetInt32().Should().Be(8);
    }

    private static Task<ApiReply> Send(ApiCaller api, string batch, string? key = null) =>
        api.PostAsync(Route, JsonElement.Parse(batch), key is null ? [] : [("Idempotency-Key", key)]);

    private static string Batch(params string[] rows) => $$"""{"columns":{{Columns}},"rows":[{{string.Join(',', rows)}}]}""";

    private string Row(int line, string state = "New", string updated = "29-02-2016 01:23", string? number = null) => JsonSerializer.Serialize(
        new { line, ordinal = 0, values = new[] { number ?? this.number, state, "29-02-2016 01:16", updated } });
}
