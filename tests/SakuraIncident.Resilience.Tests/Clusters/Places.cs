using FluentAssertions;
using Npgsql;
using SakuraIncident.Tests;

namespace SakuraIncident.Resilience.Tests.Clusters;

public class Places
{
    [Fact]
    public async Task Data_that_the_account_of_PostgreSQL_cannot_reach_lie_elsewhere_with_a_pointer()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root starts PostgreSQL as somebody else");
        var home = Directory.CreateTempSubdirectory("sakura-test-home-").FullName; // 0700, as a home is
        await using var server = await RunningServer.StartAsync(Path.Combine(home, "data"));
        await server.KeepAsync();
        server.ClusterFolder.Should().StartWith("/var/lib/sakura-incident/");

        await server.InterruptAsync();
        await server.StartAgainAsync();

        (await server.KeptAsync()).Should().Be(42);
    }

    [Fact]
    public async Task Data_that_the_account_of_PostgreSQL_can_reach_lie_in_the_data_directory()
    {
        await using var server = await RunningServer.StartAsync();

        server.ClusterFolder.Should().StartWith(server.Data);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(server.Data, "cluster.json"))
                .Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, "it holds the password");
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_or_with_letters_that_need_quoting_works_too()
    {
        var data = Path.Combine(
            Path.GetDirectoryName(RunningServer.TemporaryPlace())!, "緊急時 の,'$HOME\"データ" + new string('a', 90));
        await using var server = await RunningServer.StartAsync(data);

        (await server.AskAsync<int>("select 1")).Should().Be(1);
    }

    [Fact]
    public async Task Data_of_a_PostgreSQL_that_is_not_installed_are_refused_with_its_number()
    {
        await using var server = await RunningServer.StartAsync();
        await server.InterruptAsync();
        var version = Path.Combine(server.ClusterFolder, "pgdata", "PG_VERSION");
        await File.WriteAllTextAsync(version, "13\n");

        var (code, _, errors) = await RunningServer.RunAsync(server.Verb("up", "--port", "1"));

        code.Should().Be(1);
        errors.Should().Contain("PostgreSQL 13").And.Contain("pg_upgrade");
    }

    [Fact]
    public async Task The_cluster_is_safe_by_its_settings()
    {
        await using var server = await RunningServer.StartAsync();

        (await server.AskAsync<string>("show listen_addresses")).Should().BeEmpty("it is reached by its socket only");
        (await server.AskAsync<string>("show data_checksums")).Should().Be("on");
        (await server.AskAsync<string>("show synchronous_commit")).Should().Be("on");
        (await server.AskAsync<string>("show fsync")).Should().Be("on");
        (await server.AskAsync<string>("show server_encoding")).Should().Be("UTF8");
        await server.Invoking(s => s.AskAsync<int>("select 1", password: "wrong"))
            .Should().ThrowAsync<PostgresException>();
    }

    [Fact]
    public async Task A_token_is_made_beside_the_running_server_and_opens_its_API()
    {
        await using var server = await RunningServer.StartAsync();
        server.Http.DefaultRequestHeaders.Authorization = new("Bearer", await server.CreateTokenAsync("csirt"));

        using var answer = await server.Http.GetAsync("/api/incidents");

        answer.StatusCode.Should().Be(System.Net.HttpStatusCode.OK);
    }
}
