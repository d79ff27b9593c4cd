using System.Text.Json;
using FluentAssertions;

namespace SakuraIncident.Server.Tests.Incidents;

/// <summary>What one may not know of answers as if it did not exist, and what was done before keeps its first answer.</summary>
public sealed class A_request(SakuraHost host)
{
    [Fact]
    public async Task for_what_one_may_not_know_of_is_answered_as_for_what_does_not_exist()
    {
        using var api = await host.CallerAsync();
        using var manager = await host.CallerAsync("legal"); // tokens of one name are one principal: other tests have other roles
        var hidden = (await api.OpenAsync("other", null)).GetProperty("number").GetString();
        var own = (await manager.OpenAsync("other", null)).GetProperty("id").GetString();

        foreach (var number in new[] { hidden, "R8-9999", Guid.NewGuid().ToString() })
        {
            (await manager.PostAsync($"/api/incidents/{number}/notes", new { })).Status.Should().Be(404);
            (await manager.PostAsync($"/api/incidents/{number}/notes", new { text = "a" }, ("If-Match", "nonsense"))).Status.Should().Be(404);
            (await manager.PostAsync($"/api/incidents/{own}/close", new { outcome = "duplicate", of = number, reason = "同じ" })).Status.Should().BeOneOf(403, 422);
        }
        (await api.PostAsync($"/api/incidents/{own}/notes", new { })).Status.Should().Be(422, "who may know is told what is wrong");
        var events = (await api.GetAsync($"/api/incidents/{hidden}/events")).Ok().GetProperty("items").EnumerateArray();
        events.Should().NotContain(e => e.GetProperty("type").GetString() == "DuplicateLinked");
    }

    [Fact]
    public async Task that_had_been_done_before_keeps_its_answer_under_its_key()
    {
        using var api = await host.CallerAsync();
        var incident = await api.OpenAsync("other", null);
        var path = $"/api/incidents/{incident.GetProperty("id").GetString()}";
        await api.PostAsync($"{path}/steps/confirm/complete", new { record = "見た" });

        var first = await api.PostAsync($"{path}/steps/confirm/complete", new { record = "見た" }, ("Idempotency-Key", "again"));
        (await api.PostAsync($"{path}/steps/confirm/reopen", new { reason = "見直す" })).Ok();
        var second = await api.PostAsync($"{path}/steps/confirm/complete", new { record = "見た" }, ("Idempotency-Key", "again"));

        second.Text.Should().Be(first.Text);
        (await api.PostAsync($"{path}/steps/confirm/complete", new { record = "別" }, ("Idempotency-Key", "again"))).Status.Should().Be(422);
        (await api.GetAsync(path)).Ok().GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("id").GetString() == "confirm")
            .GetProperty("state").GetString().Should().Be("open");
    }

    [Fact]
    public async Task for_a_list_answers_whole_incidents()
    {
        using var api = await host.CallerAsync();
        var opened = await api.OpenAsync("ransomware", "lgwan");

        var item = (await api.GetAsync($"/api/incidents?q={opened.GetProperty("number").GetString()}")).Ok().GetProperty("items")[0];

        foreach (var property in opened.EnumerateObject())
            item.TryGetProperty(property.Name, out _).Should().BeTrue(property.Name);
        item.GetProperty("version").GetInt32().Should().Be(opened.GetProperty("version").GetInt32());
        item.GetProperty("sequence").GetInt64().Should().Be(opened.GetProperty("sequence").GetInt64());
        item.GetProperty("steps").GetArrayLength().Should().Be(opened.GetProperty("steps").GetArrayLength());
    }

    [Fact]
    public async Task for_the_board_holds_what_was_just_answered_with_a_sequence_that_is_not_before()
    {
        using var api = await host.CallerAsync();
        for (var i = 0; i < 10; i++)
        {
            var opened = await api.OpenAsync("other", null);
            var board = (await api.GetAsync("/api/board")).Ok();
            board.GetProperty("sequence").GetInt64().Should().BeGreaterThanOrEqualTo(opened.GetProperty("sequence").GetInt64());
            board.GetProperty("rows").EnumerateArray().Should().Contain(r => r.GetProperty("id").GetString() == opened.GetProperty("id").GetString());
        }
    }

    [Fact]
    public async Task that_leaves_a_carried_over_step_may_pass_the_gate_since_the_step_is_optional_until_its_own()
    {
        using var api = await host.CallerAsync();
        var opened = await api.OpenAsync("ransomware", "lgwan");

        var carried = opened.GetProperty("steps").EnumerateArray()
            .Where(s => s.GetProperty("gate").ValueKind != JsonValueKind.Null && s.GetProperty("gate").GetString() != s.GetProperty("phase").GetString()).ToList();

        carried.Should().NotBeEmpty().And.OnlyContain(s => s.GetProperty("optional").GetBoolean());
    }
}
