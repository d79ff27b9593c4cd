using FluentAssertions;
using SakuraIncident.Server.Tests.Roster;

namespace SakuraIncident.Server.Tests.Incidents;

/// <summary>Under load one transaction carries many commands. Nobody may notice.</summary>
public sealed class Commands_that_come_together(TestDatabase postgres)
{
    [Fact]
    public async Task are_each_answered_and_done_as_if_they_had_come_alone()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        using var api = await server.CallerAsync();
        using var stranger = await server.CallerAsync("manager");
        var paths = new List<string>();
        for (var i = 0; i < 6; i++) paths.Add($"/api/incidents/{(await api.OpenAsync("other", null)).GetProperty("id").GetString()}");

        var notes = paths.SelectMany(path => Enumerable.Range(0, 15).Select(n => api.PostAsync($"{path}/notes", new { text = $"記録 {n}" }))).ToList();
        var twice = paths.SelectMany(path => new[] { 1, 2 }.Select(_ => api.PostAsync($"{path}/notes", new { text = "一度だけ" }, ("Idempotency-Key", "k" + path)))).ToList();
        var stale = paths.Select(path => api.PostAsync($"{path}/notes", new { text = "古い" }, ("If-Match", "\"1\""))).ToList();
        var refused = paths.Select(path => api.PostAsync($"{path}/phase", new { to = "recovery" })).ToList();
        var hidden = paths.Select(path => stranger.PostAsync($"{path}/notes", new { text = "見えない" })).ToList();

        (await Task.WhenAll(notes)).Should().OnlyContain(a => a.Status == 200);
        (await Task.WhenAll(stale)).Should().OnlyContain(a => a.Status == 412);
        (await Task.WhenAll(refused)).Should().OnlyContain(a => a.Status == 409);
        (await Task.WhenAll(hidden)).Should().OnlyContain(a => a.Status == 404);
        (await Task.WhenAll(twice)).Should().OnlyContain(a => a.Status == 200 || a.Status == 409, "the second finds the first under way, or its answer");
        foreach (var path in paths)
        {
            var events = (await api.GetAsync($"{path}/events?limit=200")).Ok().GetProperty("items").EnumerateArray().ToList();
            events.Select(e => e.GetProperty("version").GetInt32()).Should().Equal(Enumerable.Range(1, events.Count));
            events.Count(e => e.GetProperty("type").GetString() == "NoteAdded").Should().Be(16);
            var versions = (await Task.WhenAll(notes)).Select(a => a.Ok()).Where(a => path.EndsWith(a.GetProperty("id").GetString()!, StringComparison.Ordinal))
                .Select(a => a.GetProperty("version").GetInt32()).ToList();
            versions.Should().OnlyHaveUniqueItems("each is answered with the state that it made");
        }
    }

    [Fact]
    public async Task on_two_nodes_lose_nothing_to_each_other()
    {
        await using var one = await RosterServer.StartAsync(postgres);
        await using var two = await RosterServer.OnAsync(one.Database);
        using var first = await one.CallerAsync();
        using var second = await two.CallerAsync();
        var path = $"/api/incidents/{(await first.OpenAsync("other", null)).GetProperty("id").GetString()}";

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => (n % 2 == 0 ? first : second).PostAsync($"{path}/notes", new { text = $"記録 {n}" })));

        answers.Should().OnlyContain(a => a.Status == 200);
        var events = (await first.GetAsync($"{path}/events?limit=200")).Ok().GetProperty("items").EnumerateArray().ToList();
        events.Count(e => e.GetProperty("type").GetString() == "NoteAdded").Should().Be(40);
    }
}
