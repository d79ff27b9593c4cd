using System.Globalization;
using System.Text.Json;
using FluentAssertions;
using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Server.Tests.Incidents;

/// <summary>Incidents worked through all four phases by the API alone, and replayed.</summary>
public sealed class An_incident_from_opening_to_closing(SakuraHost host)
{
    private static readonly string[] Phases = ["detection", "containment", "recovery", "prevention"];

    /// <summary>Every playbook, once by the first choice of each decision and once by the last, in two zones.</summary>
    public static TheoryData<string, string?, bool> Walks =>
    [
        .. Vocabulary.Categories.SelectMany(c => new (string, string?, bool)[] { (c.Id, "lgwan", true), (c.Id, c.Id == "other" ? null : "cloud", false) }),
    ];

    [Theory]
    [MemberData(nameof(Walks))]
    public async Task passes_every_gate_and_replays_as_it_was(string category, string? zone, bool first)
    {
        using var api = await host.CallerAsync();
        var answers = new List<JsonElement>();
        var incident = await api.OpenAsync(category, zone);
        answers.Add(incident);
        var path = $"/api/incidents/{incident.GetProperty("id").GetString()}";

        await Do("/pages/" + incident.GetProperty("pages")[0].GetProperty("id").GetString() + "/acknowledge", new { });
        await Do("/assessment", new
        {
            impact = new { confidentiality = "serious", integrity = "limited", availability = "limited" },
            personalData = new { least = 1, greatest = 150, unlawful = true },
            reason = "被害を確かめた",
        });
        foreach (var (phase, i) in Phases.Select((p, i) => (p, i)))
        {
            if (i > 0) await Do("/phase", new { to = phase });
            while (NextOpen() is { } step) await Work(step);
        }
        await Do("/findings", new { text = "共有フォルダの権限が広すぎた。" });
        await Do("/measures", new { title = "権限を見直す", owner = "takahashi", dueAt = DateTimeOffset.UtcNow.AddDays(30) });
        await Do("/close", new { outcome = "resolved" });

        incident.GetProperty("status").GetString().Should().Be("closed");
        incident.GetProperty("deadlines").EnumerateArray().Select(d => d.GetProperty("key").GetString())
            .Should().Contain("duty:ppc-final", "legal duties outlive the closing").And.NotContain(k => k!.StartsWith("page:"));
        foreach (var saved in answers)
        {
            var version = saved.GetProperty("version").GetInt32();
            (await api.GetAsync($"{path}?version={version}")).Text.Should().Be(saved.GetRawText(), $"version {version} replays as it was");
        }

        async Task Do(string route, object body)
        {
            incident = (await api.PostAsync(path + route, body)).Ok();
            answers.Add(incident);
        }

        JsonElement? NextOpen() => incident.GetProperty("steps").EnumerateArray()
            .Where(s => s.GetProperty("state").GetString() == "open").Select(s => (JsonElement?)s).FirstOrDefault();

        Task Work(JsonElement step) => step.GetProperty("kind").GetString() switch
        {
            "decision" => Do(Route(step, "decide"), new { choice = Choice(step.GetProperty("choices")), record = "決めた理由" }),
            "approval" => Do(Route(step, "approve"), new { record = "承認した" }),
            _ => Do(Route(step, "complete"), new { record = "実施した内容" }),
        };

        string? Choice(JsonElement choices) => choices[first ? 0 : choices.GetArrayLength() - 1].GetProperty("id").GetString();

        static string Route(JsonElement step, string verb) => $"/steps/{step.GetProperty("id").GetString()}/{verb}";
    }

    [Fact]
    public async Task can_be_seen_at_a_past_moment_and_not_before_its_opening()
    {
        using var api = await host.CallerAsync();
        var opened = await api.OpenAsync("other", null);
        var path = $"/api/incidents/{opened.GetProperty("number").GetString()}";
        var noted = (await api.PostAsync(path + "/notes", new { text = "あとから" })).Ok();
        var openedAt = opened.GetProperty("openedAt").GetDateTimeOffset();

        (await api.GetAsync($"{path}?at={openedAt.UtcDateTime:O}")).Json.GetProperty("version").GetInt32()
            .Should().BeInRange(opened.GetProperty("version").GetInt32(), noted.GetProperty("version").GetInt32());
        (await api.GetAsync($"{path}?at={openedAt.AddSeconds(-1).UtcDateTime:O}")).Status.Should().Be(404);
        (await api.GetAsync($"{path}?at={DateTimeOffset.UtcNow.AddMinutes(1).UtcDateTime:O}")).Json.GetProperty("version").GetInt32()
            .Should().Be(noted.GetProperty("version").GetInt32());
        (await api.GetAsync($"{path}?version=9999")).Status.Should().Be(404);
    }

    [Fact]
    public async Task gets_its_number_without_gaps_even_while_openings_are_refused()
    {
        using var api = await host.CallerAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => api.PostAsync(
            "/api/incidents", new { title = "連番", category = i % 2 == 0 ? "other" : "ransomware", zone = "lgwan", severity = i % 2 == 0 ? "critical" : "low", drill = new { speed = 1 } })));

        replies.Count(r => r.Status == 201).Should().Be(10);
        var numbers = replies.Where(r => r.Status == 201).Select(r => int.Parse(r.Json.GetProperty("number").GetString()![3..], CultureInfo.InvariantCulture)).Order().ToList();
        numbers.Should().OnlyHaveUniqueItems();
        var all = new List<int>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await api.GetAsync($"/api/incidents?drill=true&limit=200&cursor={cursor}")).Ok();
            all.AddRange(page.GetProperty("items").EnumerateArray().Select(r => int.Parse(r.GetProperty("number").GetString()![3..], CultureInfo.InvariantCulture)));
            cursor = page.GetProperty("cursor").GetString();
        }
        all.Order().Should().Equal(Enumerable.Range(1, all.Count));
    }
}
