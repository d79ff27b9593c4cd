using System.Diagnostics;
using System.Text.Json;
using FluentAssertions;
using SakuraIncident.Server.Tests.Plans;

namespace SakuraIncident.Server.Tests.Roster;

/// <summary>Wednesday, 2026-12-02 in the shipped roster: sato by day, yoshida by night.</summary>
public sealed class Changing_the_roster(TestDatabase postgres)
{
    private const string Day = "2026-12-02T12:00:00+09:00";
    private const string Night = "2026-12-02T23:00:00+09:00";
    private const string NextDay = "2026-12-03T12:00:00+09:00";

    private static readonly object NightForIto =
        new { role = "csirt", person = "ito", from = "2026-12-02T17:15:00+09:00", until = "2026-12-03T08:30:00+09:00" };

    [Fact]
    public async Task whoever_says_that_he_is_away_is_not_called_from_then_on()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var api = await server.CallerAsync();
        var first = Called(await api.OpenAsync());
        var himself = await server.CallerAsync("system-operator", first);

        var entered = (await himself.PostAsync("/api/roster/absences", Now("病気"))).Ok(201);

        entered.GetProperty("kind").GetString().Should().Be("absence");
        entered.GetProperty("person").GetString().Should().Be(first);
        entered.GetProperty("by").GetProperty("id").GetString().Should().Be(first);
        Called(await api.OpenAsync()).Should().NotBe(first);
        (await server.AuditAsync()).Should().Contain($"roster-changed {first} /api/roster/absences");

        (await himself.PostAsync($"/api/roster/changes/{entered.GetProperty("id").GetString()}/withdraw", new { reason = "回復" })).Ok();
        Called(await api.OpenAsync()).Should().Be(first);
    }

    /// <summary>Half the staff is ill: whoever would be called is away, three times over.</summary>
    [Fact]
    public async Task a_critical_incident_still_calls_somebody_when_three_are_away()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        using var api = await server.CallerAsync();
        var away = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            away.Add(Called(await api.OpenAsync()));
            (await api.PostAsync("/api/roster/absences", new { person = away[^1], from = DateTimeOffset.UtcNow.AddMinutes(-1), until = DateTimeOffset.UtcNow.AddHours(1) })).Ok(201);
        }

        var incident = await api.OpenAsync();

        away.Should().OnlyHaveUniqueItems();
        incident.GetProperty("severity").GetString().Should().Be("critical");
        away.Should().NotContain(Called(incident));
        incident.GetProperty("unanswered").GetBoolean().Should().BeFalse();
    }

    [Fact]
    public async Task an_exception_stands_instead_of_the_pattern_and_where_there_is_none()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var api = await server.CallerAsync();

        (await api.PostAsync("/api/roster/shifts", NightForIto)).Ok(201);
        (await api.PostAsync("/api/roster/shifts", new { role = "legal", person = "ito", from = Day, until = Night })).Ok(201);

        (await api.OnDutyAsync(Day)).Should().Be("sato");
        (await api.OnDutyAsync(Night)).Should().Be("ito");
        (await api.OnDutyAsync("2026-12-03T08:30:00+09:00")).Should().Be("suzuki");
        (await api.CalledAsync("legal", Day))[0].Should().Be("ito");
        (await api.CalledAsync("legal", Night))[0].Should().Be("shimizu");
    }

    [Fact]
    public async Task two_people_trade_their_duty()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var api = await server.CallerAsync("csirt");
        var sato = await server.CallerAsync("csirt", "sato");

        (await sato.PostAsync("/api/roster/swaps", new { role = "csirt", person = "sato", with = "suzuki", from = "2026-12-02T08:30:00+09:00", until = "2026-12-03T17:15:00+09:00" })).Ok(201);

        (await api.OnDutyAsync(Day)).Should().Be("suzuki");
        (await api.OnDutyAsync(Night)).Should().Be("yoshida");
        (await api.OnDutyAsync(NextDay)).Should().Be("sato");
    }

    [Fact]
    public async Task each_enters_what_is_his_own_and_administrators_everything()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var yamada = await server.CallerAsync("system-operator", "yamada");
        var swap = new { role = "csirt", person = "sato", with = "suzuki", from = Day, until = Night };

        (await yamada.PostAsync("/api/roster/absences", new { person = "sato", from = Day, until = Night })).Status.Should().Be(403);
        (await yamada.PostAsync("/api/roster/absences", new { person = "nobody", from = Day, until = Night })).Status.Should().Be(403);
        (await yamada.PostAsync("/api/roster/swaps", swap)).Status.Should().Be(403);
        (await yamada.PostAsync("/api/roster/shifts", NightForIto)).Status.Should().Be(403);
        (await (await server.CallerAsync("auditor", "saito")).PostAsync("/api/roster/absences", new { person = "saito", from = Day, until = Night })).Status.Should().Be(403);
        (await server.AuditAsync()).Count(a => a.StartsWith("denied", StringComparison.Ordinal)).Should().Be(5);

        (await yamada.PostAsync("/api/roster/absences", new { person = "yamada", from = Day, until = Night })).Ok(201);
        var lead = await server.CallerAsync("csirt-lead");
        var other = (await lead.PostAsync("/api/roster/absences", new { person = "sato", from = Day, until = Night })).Ok(201);
        (await yamada.PostAsync($"/api/roster/changes/{other.GetProperty("id").GetString()}/withdraw")).Status.Should().Be(403);
        (await yamada.GetAsync("/api/roster")).Status.Should().Be(403);
    }

    public static TheoryData<string, string, string> Nonsense => new()
    {
        { "absences", """{"person":"nobody","from":"2026-12-02T00:00:00Z","until":"2026-12-03T00:00:00Z"}""", "person" },
        { "absences", """{"person":"sato","from":"2026-12-02T00:00:00Z","until":"2026-12-02T00:00:00Z"}""", "until" },
        { "absences", """{"person":"sato","from":"2026-12-02T00:00:00Z","until":"2028-12-02T00:00:00Z"}""", "until" },
        { "absences", """{"person":"sato","from":"0001-01-01T00:00:00Z","until":"0001-01-02T00:00:00Z"}""", "from" },
        { "absences", """{"person":"sato","until":"2026-12-02T00:00:00Z"}""", "from" },
        { "absences", """{"person":"sato","from":"2026-12-02 09:00","until":"2026-12-02T00:00:00Z"}""", "from" },
        { "absences", """{"from":"2026-12-02T00:00:00Z","until":"2026-12-03T00:00:00Z"}""", "person" },
        { "absences", """{"person":"sato","from":"2026-12-02T00:00:00Z","until":"2026-12-03T00:00:00Z","reason":"\u0007"}""", "reason" },
        { "shifts", """{"role":"pilot","person":"sato","from":"2026-12-02T00:00:00Z","until":"2026-12-03T00:00:00Z"}""", "role" },
        { "shifts", """{"role":"lead","person":"sato","from":"2026-12-02T00:00:00Z","until":"2026-12-03T00:00:00Z"}""", "role" },
        { "shifts", """{"role":"csirt","person":"nobody","from":"2026-12-02T00:00:00Z","until":"2026-12-03T00:00:00Z"}""", "person" },
        { "swaps", """{"role":"csirt","person":"sato","with":"nobody","from":"2026-12-02T00:00:00Z","until":"2026-12-03T00:00:00Z"}""", "with" },
        { "swaps", """{"role":"csirt","person":"sato","with":"sato","from":"2026-12-02T00:00:00Z","until":"2026-12-03T00:00:00Z"}""", "with" },
        { "swaps", """{"role":"csirt","person":"inoue","with":"kimura","from":"2026-12-02T00:00:00Z","until":"2026-12-03T00:00:00Z"}""", "from" },
    };

    [Fact]
    public async Task nonsense_is_refused_by_field_in_Japanese_and_leaves_nothing()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var api = await server.CallerAsync();
        foreach (var (route, body, field) in Nonsense.Select(row => row.Data))
        {
            var reply = await api.PostRawAsync($"/api/roster/{route}", System.Text.Encoding.UTF8.GetBytes(body));

            reply.Status.Should().Be(422, body);
            reply.Json.GetProperty("errors").EnumerateObject().Select(e => e.Name).Should().Equal([field], body);
        }
        (await api.GetAsync("/api/roster")).Ok().GetProperty("changes").GetArrayLength().Should().Be(0);
        (await api.PostAsync($"/api/roster/changes/{Guid.NewGuid()}/withdraw")).Status.Should().Be(404);
        (await api.PostAsync("/api/roster/changes/x/withdraw")).Status.Should().Be(404);
        (await api.GetAsync("/api/roster?at=0001-01-01T00:00:00Z")).Status.Should().Be(422);
        (await api.GetAsync("/api/roster?at=9999-12-31T23:59:59Z")).Status.Should().Be(422);
    }

    [Fact]
    public async Task what_is_sent_twice_is_entered_once_on_whatever_node()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        await using var other = await RosterServer.OnAsync(server.Database);
        var api = await server.CallerAsync();
        var there = new ApiCaller(other.Address, api.Http.DefaultRequestHeaders.Authorization!.Parameter!);

        var first = await api.PostAsync("/api/roster/shifts", NightForIto, ("Idempotency-Key", "k1"));
        var again = await there.PostAsync("/api/roster/shifts", NightForIto, ("Idempotency-Key", "k1"));

        first.Status.Should().Be(201);
        (again.Status, again.Text).Should().Be((201, first.Text));
        (await there.PostAsync("/api/roster/shifts", NightForIto)).Status.Should().Be(422, "without the key it overlaps");
        (await there.PostAsync("/api/roster/absences", new { person = "sato", from = Day, until = Night }, ("Idempotency-Key", "k1"))).Status.Should().Be(201, "another route");
        var reused = await there.PostAsync("/api/roster/shifts", new { role = "csirt" }, ("Idempotency-Key", "k1"));
        reused.Status.Should().Be(422);

        var id = first.Json.GetProperty("id").GetString();
        var withdrawn = (await api.PostAsync($"/api/roster/changes/{id}/withdraw")).Ok();
        (await there.PostAsync($"/api/roster/changes/{id}/withdraw")).Ok().GetProperty("id").GetString().Should().Be(withdrawn.GetProperty("id").GetString());
        there.Dispose();
    }

    [Fact]
    public async Task another_node_sees_it_within_a_moment_and_a_restart_keeps_it()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        await using var other = await RosterServer.OnAsync(server.Database);
        var api = await server.CallerAsync();
        var there = await other.CallerAsync();

        (await api.PostAsync("/api/roster/shifts", NightForIto)).Ok(201);
        (await api.OnDutyAsync(Night)).Should().Be("ito", "this node sees it at once");
        var watch = Stopwatch.StartNew();
        while (await there.OnDutyAsync(Night) != "ito" && watch.Elapsed < TimeSpan.FromSeconds(10)) await Task.Delay(20);
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(3), "half a second, and the machine may be slow");

        await using var later = await RosterServer.OnAsync(server.Database);
        (await (await later.CallerAsync()).OnDutyAsync(Night)).Should().Be("ito");
    }

    [Fact]
    public async Task other_files_keep_what_was_entered()
    {
        using var folder = new PlanFolder();
        await using var server = await RosterServer.StartAsync(postgres, folder.Directory);
        var api = await server.CallerAsync();
        (await api.PostAsync("/api/roster/shifts", NightForIto)).Ok(201);

        folder.Replace("organisation.yaml", "holders: [fujita]", "holders: [watanabe]");
        folder.Replace("organisation.yaml", "deputies: [watanabe, kato]", "deputies: [kato]");
        server.Plans.Reload();

        (await api.CalledAsync("ciso", Night)).Should().Equal("watanabe", "kato");
        (await api.OnDutyAsync(Night)).Should().Be("ito");
    }

    private static string Called(JsonElement incident) => incident.GetProperty("pages")[0].GetProperty("person").GetString()!;

    private static object Now(string reason) => new { from = DateTimeOffset.UtcNow.AddMinutes(-1), until = DateTimeOffset.UtcNow.AddHours(1), reason };
}
