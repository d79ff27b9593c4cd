using FluentAssertions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SakuraIncident.Server.Plans;

namespace SakuraIncident.Server.Tests.Plans;

public sealed class The_plan_in_force(TestDatabase server) : IAsyncLifetime
{
    private readonly PlanFolder folder = new();
    private readonly Lines log = new();
    private NpgsqlDataSource database = null!;
    private PlanRevisions revisions = null!;
    private string connection = "";

    public async ValueTask InitializeAsync()
    {
        connection = await server.CreateDatabaseAsync();
        database = NpgsqlDataSource.Create(connection);
        revisions = new PlanRevisions(database);
        await using var command = database.CreateCommand(PlanRevisions.Ddl);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public void at_a_first_start_with_a_broken_plan_is_none_and_the_host_is_told_where()
    {
        folder.Replace("general.yaml", "due: 15m", "due: 15");

        FluentActions.Invoking(() => Started()).Should().Throw<PlanBrokenException>()
            .Which.Problems.Should().ContainSingle(p => p.File == "general.yaml" && p.Line == folder.LineOf("general.yaml", "due: 15\n"));
    }

    [Fact]
    public void at_a_later_start_with_a_broken_plan_is_the_last_good_one_people_included()
    {
        folder.Replace("organisation.yaml", "藤田 義明", "藤田 明義");
        var good = Started().Plan.Revision;
        folder.Replace("general.yaml", "due: 15m", "due: 15");

        var library = Started();

        library.Plan.Revision.Should().Be(good);
        library.Roster.People["fujita"].Name.Should().Be("藤田 明義");
        library.Problems.Should().ContainSingle();
        log.All.Should().Contain(l => l.Contains("general.yaml:", StringComparison.Ordinal));
    }

    [Fact]
    public void is_found_by_its_revision_after_it_was_replaced_and_after_a_restart()
    {
        var first = Started().Plan;
        folder.Replace("general.yaml", "due: 15m", "due: 14m");
        var library = Started();
        library.Plan.Revision.Should().NotBe(first.Revision);

        var found = library.Find(first.Revision);

        found!.Revision.Should().Be(first.Revision);
        EmergencyPlanJson.WithRevision(found).Revision.Should().Be(first.Revision);
        library.Find("0000").Should().BeNull();
    }

    [Fact]
    public async Task follows_the_files()
    {
        var library = Started();
        var before = library.Plan.Revision;
        var token = TestContext.Current.CancellationToken;
        using var watch = new PlanWatch(library, NullLogger<PlanWatch>.Instance);
        await watch.StartAsync(token);

        folder.Replace("general.yaml", "due: 15m", "due: 14m");
        await Until(() => library.Plan.Revision != before);
        var changed = library.Plan.Revision;

        folder.Replace("general.yaml", "due: 14m", "due: 14");
        await Until(() => library.Problems.Count > 0);
        library.Plan.Revision.Should().Be(changed);
        log.All.Should().Contain(l => l.Contains($"general.yaml:{folder.LineOf("general.yaml", "due: 14\n")}:", StringComparison.Ordinal));

        folder.Replace("general.yaml", "due: 14\n", "due: 15m\n");
        folder.Replace("organisation.yaml", "藤田 義明", "藤田 明義");
        await Until(() => library.Plan.Revision == before && library.Problems.Count == 0);
        await Until(() => library.Roster.People["fujita"].Name == "藤田 明義");

        await watch.StopAsync(token);
    }

    [Fact]
    public async Task is_not_replaced_by_one_that_could_not_be_stored()
    {
        var library = Started();
        var before = library.Plan.Revision;
        folder.Replace("general.yaml", "due: 15m", "due: 14m");

        await server.CutAsync(connection);
        library.Reload().Should().BeFalse();
        library.Plan.Revision.Should().Be(before);

        await server.RestoreAsync(connection);
        await Until(library.Reload);
        library.Plan.Revision.Should().NotBe(before);
    }

    private PlanLibrary Started()
    {
        var library = new PlanLibrary(folder.Directory, revisions, TimeProvider.System, log);
        library.Start();
        return library;
    }

    private static async Task Until(Func<bool> holds)
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (!holds())
        {
            if (DateTime.UtcNow > deadline) throw new TimeoutException();
            await Task.Delay(50);
        }
    }

    private sealed class Lines : ILogger<PlanLibrary>
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> lines = new();

        public IEnumerable<string> All => lines;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));
    }
}
