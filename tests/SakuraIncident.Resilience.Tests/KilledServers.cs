using System.Diagnostics;
using System.Text.Json;
using FluentAssertions;
using SakuraIncident.Tests;

namespace SakuraIncident.Resilience.Tests;

/// <summary>The server, its PostgreSQL, and both are killed; what was promised is kept.</summary>
public sealed class Killed
{
    [Fact]
    public async Task server_loses_no_deadline_and_passes_each_once()
    {
        await using var server = await RunningServer.StartAsync();
        var opened = await server.PostAsync("api/incidents", new { title = "途中で落ちる", category = "ransomware", zone = "lgwan", drill = new { speed = 60 } });
        var path = $"api/incidents/{opened.GetProperty("id").GetString()}";
        var postgres = server.Postgres();

        await server.KillAsync();
        server.Postgres().Should().Be(postgres, "PostgreSQL outlives a killed server");
        await Task.Delay(TimeSpan.FromSeconds(5)); // the first call's answer falls due while nobody is there
        await server.StartAgainAsync();
        server.Postgres().Should().Be(postgres, "a living cluster is adopted");
        await RunningServer.UntilAsync(async () => (await server.GetAsync(path)).GetProperty("pages").GetArrayLength() >= 4, "the ladder is climbed");

        var events = (await server.GetAsync(path + "/events")).GetProperty("items").EnumerateArray().ToList();
        events.Where(e => e.GetProperty("type").GetString() == "PageUnanswered").Select(e => e.GetProperty("data").GetProperty("pageId").GetString())
            .Should().OnlyHaveUniqueItems().And.Contain("p1");
        events.Select(e => e.GetProperty("version").GetInt32()).Should().Equal(Enumerable.Range(1, events.Count));
    }

    [Fact]
    public async Task postgres_is_started_again_under_the_running_server()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("api/incidents", new { title = "前", category = "other" });

        Process.GetProcessById(server.Postgres()!.Value).Kill();

        await RunningServer.UntilAsync(
            async () => (await server.Http.PostAsync("api/incidents", Json(new { title = "後", category = "other" }))).IsSuccessStatusCode, "commands are taken again");
        var titles = (await server.GetAsync("api/incidents")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("title").GetString());
        titles.Should().Contain("前").And.Contain("後");
    }

    [Fact]
    public async Task server_and_postgres_together_come_back_with_everything()
    {
        await using var server = await RunningServer.StartAsync();
        var opened = await server.PostAsync("api/incidents", new { title = "両方", category = "other" });

        var postgres = Process.GetProcessById(server.Postgres()!.Value);
        postgres.Kill();
        await server.KillAsync();
        await server.StartAgainAsync();

        (await server.GetAsync($"api/incidents/{opened.GetProperty("number").GetString()}")).GetRawText().Should().Be(opened.GetRawText());
    }

    private static StringContent Json(object body) => new(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");
}

/// <summary>Starting and stopping as an operator does.</summary>
public sealed class A_server
{
    [Fact]
    public async Task leaves_nothing_running_after_ctrl_c()
    {
        await using var server = await RunningServer.StartAsync();
        var postgres = server.Postgres()!.Value;

        (await server.InterruptAsync()).Should().Be(0);

        // Its last process may stay for a moment until it is reaped.
        await RunningServer.UntilAsync(() => Task.FromResult(!Directory.Exists($"/proc/{postgres}")), "PostgreSQL, stopped last, is gone");
        server.Postgres().Should().BeNull();
    }

    [Fact]
    public async Task is_refused_on_a_folder_that_another_one_uses()
    {
        await using var server = await RunningServer.StartAsync();

        var (code, _, errors) = await RunningServer.RunAsync(server.Verb("up", "--port", "1", "--data", server.Data, "--playbooks", Path.Combine(RunningServer.Root, "playbooks")));

        code.Should().Be(1);
        errors.Should().Contain(server.Data);
    }

    [Fact]
    public async Task keeps_its_cluster_elsewhere_where_postgres_cannot_reach_its_folder()
    {
        var home = Directory.CreateTempSubdirectory("sakura-home-");
        home.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        await using (var server = await RunningServer.StartAsync(Path.Combine(home.FullName, "data")))
        {
            (await server.PostAsync("api/incidents", new { title = "奥のフォルダ", category = "other" })).GetProperty("number").GetString().Should().StartWith("R");
            (await server.InterruptAsync()).Should().Be(0);
        }
        home.Delete(recursive: true);
    }

    [Fact]
    public async Task with_a_broken_plan_ends_at_its_first_start_and_says_where()
    {
        var folder = Directory.CreateTempSubdirectory("sakura-plan-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "organisation.yaml"), "people: [");
        var data = Directory.CreateTempSubdirectory("sakura-data-");
        var start = new RunningServer().Verb("up", "--port", "1", "--data", data.FullName, "--playbooks", folder.FullName);

        var (code, _, errors) = await RunningServer.RunAsync(start);

        code.Should().Be(1);
        errors.Should().MatchRegex(@"organisation\.yaml:\d+: ");
        folder.Delete(recursive: true);
        data.Delete(recursive: true);
    }
}
