using FluentAssertions;
using SakuraIncident.Server.Tests.Roster;

namespace SakuraIncident.Server.Tests.Plans;

/// <summary>An official changes a file; what that means is said, and incidents move when somebody decides it.</summary>
public sealed class A_plan_that_was_revised(TestDatabase postgres)
{
    [Fact]
    public async Task says_what_changed_and_who_stands_for_it_and_incidents_follow_it_when_somebody_says_so()
    {
        using var folder = new PlanFolder();
        await using var server = await RosterServer.StartAsync(postgres, folder.Directory);
        using var api = await server.CallerAsync();
        using var auditor = await server.CallerAsync("auditor");
        using var manager = await server.CallerAsync("manager");
        var incident = await api.OpenAsync("other", null);
        var path = $"/api/incidents/{incident.GetProperty("id").GetString()}";
        var first = server.Plans.Plan.Revision;

        folder.Replace("general.yaml", "due: 15m", "due: 25m");
        server.Plans.Reload();
        var second = server.Plans.Plan.Revision;
        (await api.PostAsync($"/api/plan/revisions/{second}/reasons", new { reason = "夜間は15分では足りなかった" })).Ok(201);

        var history = (await auditor.GetAsync("/api/plan/revisions")).Ok().GetProperty("items").EnumerateArray().ToList();
        history.Select(r => r.GetProperty("revision").GetString()).Should().Equal(second, first);
        history[0].GetProperty("isInForce").GetBoolean().Should().BeTrue();
        history[0].GetProperty("reasons")[0].GetProperty("reason").GetString().Should().Be("夜間は15分では足りなかった");
        var change = (await auditor.GetAsync($"/api/plan/revisions/{second}")).Ok().GetProperty("changes").EnumerateArray().Should().ContainSingle().Subject;
        change.GetProperty("what").GetString().Should().EndWith("の期限を「15分」から「25分」に変えた");
        (await manager.GetAsync("/api/plan/revisions")).Status.Should().Be(403);
        (await auditor.PostAsync($"/api/plan/revisions/{second}/reasons", new { reason = "だれか" })).Status.Should().Be(403);
        (await api.PostAsync("/api/plan/revisions/nope/reasons", new { reason = "だれか" })).Status.Should().Be(404);
        (await api.PostAsync($"/api/plan/revisions/{second}/reasons", new { reason = "" })).Status.Should().Be(422);
        var key = ("Idempotency-Key", "k1");
        var said = await api.PostAsync($"/api/plan/revisions/{second}/reasons", new { reason = "議会で説明するため" }, key);
        (await api.PostAsync($"/api/plan/revisions/{second}/reasons", new { reason = "議会で説明するため" }, key)).Text.Should().Be(said.Text);
        (await api.PostAsync($"/api/plan/revisions/{second}/reasons", new { reason = "別の理由" }, key)).Code.Should().Be("key-reused");

        incident = (await api.GetAsync(path)).Ok();
        incident.GetProperty("playbook").GetProperty("revision").GetString().Should().Be(first, "an incident keeps its plan");
        (await api.PostAsync($"{path}/plan", new { })).Status.Should().Be(422);
        var moved = (await api.PostAsync($"{path}/plan", new { reason = "時間を合わせる" })).Ok();

        moved.GetProperty("playbook").GetProperty("revision").GetString().Should().Be(second);
        (Due(moved) - Due(incident)).Should().Be(TimeSpan.FromMinutes(10));
        (await api.PostAsync($"{path}/plan", new { reason = "もう一度" })).Ok().GetProperty("version").GetInt32().Should().Be(moved.GetProperty("version").GetInt32());
        (await api.GetAsync($"{path}?version={incident.GetProperty("version").GetInt32()}")).Ok().GetRawText().Should().Be(incident.GetRawText(), "the past keeps the plan of then");
    }

    [Fact]
    public async Task is_told_once_for_each_time_that_it_comes_into_force()
    {
        using var folder = new PlanFolder();
        await using var server = await RosterServer.StartAsync(postgres, folder.Directory);
        using var api = await server.CallerAsync();

        folder.Replace("general.yaml", "due: 15m", "due: 25m");
        server.Plans.Reload();
        folder.Replace("general.yaml", "due: 25m", "due: 15m");
        server.Plans.Reload();
        folder.Replace("organisation.yaml", "藤田 義明", "藤田 明義"); // other people, the same plan
        server.Plans.Reload();

        var revisions = (await api.GetAsync("/api/plan/revisions")).Ok().GetProperty("items").EnumerateArray().Select(r => r.GetProperty("revision").GetString()).ToList();
        revisions.Should().HaveCount(3).And.Subject.First().Should().Be(revisions[2]);
    }

    private static DateTimeOffset Due(System.Text.Json.JsonElement incident) =>
        incident.GetProperty("steps").EnumerateArray().First(s => s.GetProperty("state").GetString() == "open" && s.GetProperty("dueAt").ValueKind != System.Text.Json.JsonValueKind.Null)
            .GetProperty("dueAt").GetDateTimeOffset();
}
