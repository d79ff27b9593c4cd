using FluentAssertions;
using SakuraIncident.Tests;

namespace SakuraIncident.Resilience.Tests.Clusters;

public class Killed
{
    [Fact]
    public async Task A_killed_server_leaves_a_living_PostgreSQL_that_the_next_one_adopts()
    {
        await using var server = await RunningServer.StartAsync();
        var postgres = server.Postgres()!.Value;

        await server.KillAsync();
        Processes.IsAlive(postgres).Should().BeTrue();

        await server.StartAgainAsync();
        server.Postgres().Should().Be(postgres);
    }

    [Fact]
    public async Task A_killed_PostgreSQL_is_started_again_under_the_serving_server()
    {
        await using var server = await RunningServer.StartAsync();
        var (before, process) = (server.Postgres()!.Value, server.ProcessId);
        await server.KeepAsync();

        server.KillPostgres();
        await RunningServer.UntilAsync(
            () => Task.FromResult(server.Postgres() is { } now && now != before), "PostgreSQL has started again");
        await server.ReadyAsync();

        (await server.KeptAsync()).Should().Be(42);
        server.ProcessId.Should().Be(process);
    }

    [Fact]
    public async Task Both_killed_what_was_committed_is_there_after_the_next_start()
    {
        await using var server = await RunningServer.StartAsync();
        await server.KeepAsync();

        await server.KillAsync();
        server.KillPostgres();
        await server.StartAgainAsync();

        (await server.KeptAsync()).Should().Be(42);
    }

    [Fact]
    public async Task A_number_in_a_stale_pid_file_that_another_process_has_by_now_hinders_no_start()
    {
        await using var server = await RunningServer.StartAsync();
        var pidFile = Path.Combine(server.ClusterFolder, "pgdata", "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(pidFile);
        await server.InterruptAsync();

        lines[0] = $"{Environment.ProcessId}";
        await File.WriteAllLinesAsync(pidFile, lines);
        await server.StartAgainAsync();

        server.Postgres().Should().NotBe(Environment.ProcessId);
    }
}
