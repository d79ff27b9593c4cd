using FluentAssertions;
using SakuraIncident.Tests;

namespace SakuraIncident.Resilience.Tests.Clusters;

public class Stopped
{
    [Fact]
    public async Task An_interrupt_ends_the_server_and_then_its_PostgreSQL()
    {
        await using var server = await RunningServer.StartAsync();
        var postgres = server.Postgres()!.Value;

        (await server.InterruptAsync()).Should().Be(0);

        Processes.IsAlive(postgres).Should().BeFalse();
        File.Exists(Path.Combine(server.ClusterFolder, "pgdata", "postmaster.pid")).Should().BeFalse("it stopped in order");
    }

    [Fact]
    public async Task Ctrl_C_at_the_terminal_reaches_the_server_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        await using var server = await RunningServer.StartAsync();

        Processes.GroupOf(server.Postgres()!.Value).Should().NotBe(Processes.GroupOf(server.ProcessId));
    }

    [Fact]
    public async Task A_second_server_on_the_same_data_is_refused_in_words()
    {
        await using var server = await RunningServer.StartAsync();

        var (code, _, errors) = await RunningServer.RunAsync(server.Verb("up", "--port", "1"));

        code.Should().Be(1);
        errors.Trim().Should().Contain(server.Data).And.Contain($"PID {server.ProcessId}").And.Contain("--data")
            .And.NotContain("\n");
        await server.ReadyAsync();
    }
}
