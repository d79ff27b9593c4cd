using System.Collections.Concurrent;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SakuraIncident.Server.Boards;
using SakuraIncident.Server.Storage;

namespace SakuraIncident.Server.Tests.Boards;

/// <summary>The feed against writers that take numbers, wait, and commit or not, in any order.</summary>
public sealed class The_feed_of_the_board(TestDatabase postgres)
{
    // Of Marten's table what the feed reads; a number may be taken before the transaction has an id, as Marten's function does.
    private const string Ddl = """
        create schema sakura_events;
        create sequence sakura_events.mt_events_sequence;
        create table sakura_events.mt_events (
            seq_id bigint primary key, stream_id uuid not null, version bigint not null, type varchar(500) not null);
        create function sakura_events.slowly(pause float) returns bigint language plpgsql as $$
            declare taken bigint := nextval('sakura_events.mt_events_sequence');
            begin
                perform pg_sleep(pause);
                insert into sakura_events.mt_events values (taken, '11111111-1111-1111-1111-111111111111', taken, 'NoteAdded');
                return taken;
            end $$;
        """;

    [Fact]
    public async Task tells_every_committed_event_once_and_in_order_whatever_the_writers_do()
    {
        await using var log = await Log.StartAsync(postgres);
        var committed = new ConcurrentBag<long>();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            await using var connection = await log.Database.OpenConnectionAsync();
            for (var i = 0; i < 250; i++)
            {
                var pause = random.Next(6) == 0 ? random.NextDouble() * 0.02 : 0;
                if (random.Next(3) == 0)
                {
                    committed.Add(await Log.AppendAsync(connection, pause));
                }
                else
                {
                    await using var transaction = await connection.BeginTransactionAsync();
                    var taken = new List<long>();
                    for (var n = random.Next(1, 4); n > 0; n--) taken.Add(await Log.AppendAsync(connection, pause / 2));
                    if (random.Next(4) == 0)
                    {
                        await transaction.RollbackAsync();
                        continue;
                    }
                    await transaction.CommitAsync();
                    foreach (var sequence in taken) committed.Add(sequence);
                }
                if (random.Next(20) == 0) log.Signal.Raise();
            }
        })));

        await log.HasToldAsync(committed.Count);
        log.Told.Select(e => e.Sequence).Should().Equal(committed.Order());
    }

    [Fact]
    public async Task holds_back_what_follows_a_number_that_is_still_open_and_no_longer()
    {
        await using var log = await Log.StartAsync(postgres);
        await using var open = await log.Database.OpenConnectionAsync();
        await using var later = await log.Database.OpenConnectionAsync();
        await using var transaction = await open.BeginTransactionAsync();
        var first = await Log.AppendAsync(open, 0);
        var second = await Log.AppendAsync(later, 0);
        var third = await Log.AppendAsync(later, 0);
        await log.HasLookedAsync();
        log.Told.Should().BeEmpty();

        await transaction.CommitAsync();
        await log.HasToldAsync(3);
        log.Told.Select(e => e.Sequence).Should().Equal(first, second, third);
    }

    [Fact]
    public async Task passes_numbers_that_were_rolled_back_and_tells_no_tombstone()
    {
        await using var log = await Log.StartAsync(postgres);
        await using var connection = await log.Database.OpenConnectionAsync();
        await Log.ExecuteAsync(connection, "select nextval('sakura_events.mt_events_sequence') from generate_series(1, 40)");
        await Log.ExecuteAsync(connection, "insert into sakura_events.mt_events values (nextval('sakura_events.mt_events_sequence'), gen_random_uuid(), 1, 'tombstone')");
        var last = await Log.AppendAsync(connection, 0);

        await log.HasToldAsync(1);
        log.Told.Select(e => e.Sequence).Should().Equal(last);
        log.Through.Should().Be(last);
    }

    [Fact]
    public async Task goes_on_where_it_was_when_the_database_comes_back_or_a_piece_was_not_taken()
    {
        await using var log = await Log.StartAsync(postgres);
        var written = new List<long>();
        await using (var connection = await log.Database.OpenConnectionAsync()) written.Add(await Log.AppendAsync(connection, 0));
        await log.HasToldAsync(1);

        await postgres.CutAsync(log.ConnectionString);
        await postgres.RestoreAsync(log.ConnectionString);
        log.RefuseNext = true;
        NpgsqlConnection.ClearPool(new NpgsqlConnection(log.ConnectionString));
        await using (var connection = await log.OpenAgainAsync())
            for (var i = 0; i < 5; i++) written.Add(await Log.AppendAsync(connection, 0));

        await log.HasToldAsync(6);
        log.Told.Select(e => e.Sequence).Should().Equal(written);
        log.RefuseNext.Should().BeFalse();
    }

    /// <summary>A log with a feed on it.</summary>
    private sealed class Log : IAsyncDisposable
    {
        private readonly BoardFeed feed;
        private readonly TaskCompletionSource found = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private Log(string connectionString)
        {
            ConnectionString = connectionString;
            Database = NpgsqlDataSource.Create(connectionString);
            Signal = new EventSignal(Database, NullLogger<EventSignal>.Instance);
            feed = new BoardFeed(Database, Signal, TakeAsync, NullLogger<BoardFeed>.Instance);
        }

        public string ConnectionString { get; }

        public NpgsqlDataSource Database { get; }

        public EventSignal Signal { get; }

        public ConcurrentQueue<LoggedEvent> Told { get; } = new();

        public long Through { get; private set; }

        public bool RefuseNext { get; set; }

        public static async Task<Log> StartAsync(TestDatabase postgres)
        {
            var log = new Log(await postgres.CreateDatabaseAsync());
            await using (var connection = await log.Database.OpenConnectionAsync()) await ExecuteAsync(connection, Ddl);
            await log.feed.StartAsync(CancellationToken.None);
            await log.found.Task.WaitAsync(TimeSpan.FromSeconds(30));
            return log;
        }

        public static async Task<long> AppendAsync(NpgsqlConnection connection, double pause)
        {
            await using var command = new NpgsqlCommand("select sakura_events.slowly($1)", connection);
            command.Parameters.Add(new() { Value = pause });
            return (long)(await command.ExecuteScalarAsync())!;
        }

        public static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }

        /// <summary>The feed has been at the table at least twice more: whatever it would tell, it has told.</summary>
        public async Task HasLookedAsync()
        {
            await using var connection = await Database.OpenConnectionAsync();
            var before = await ReadsAsync(connection);
            await Until(async () => await ReadsAsync(connection) > before + 3);
        }

        public Task HasToldAsync(int count) => Until(() => Task.FromResult(Told.Count >= count));

        public async Task<NpgsqlConnection> OpenAgainAsync()
        {
            for (var left = 100; ; left--)
            {
                try
                {
                    var connection = await Database.OpenConnectionAsync();
                    await ExecuteAsync(connection, "select 1");
                    return connection;
                }
                catch (NpgsqlException) when (left > 0)
                {
                    await Task.Delay(50);
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            await feed.StopAsync(CancellationToken.None);
            feed.Dispose();
            Signal.Dispose();
            await Database.DisposeAsync();
        }

        private Task TakeAsync(LogPiece piece, CancellationToken cancellation)
        {
            if (RefuseNext && piece.Events.Count > 0)
            {
                RefuseNext = false;
                throw new TimeoutException("not this time");
            }
            foreach (var e in piece.Events) Told.Enqueue(e);
            Through = piece.Through;
            found.TrySetResult();
            return Task.CompletedTask;
        }

        private static async Task<long> ReadsAsync(NpgsqlConnection connection)
        {
            await using var command = new NpgsqlCommand(
                "select pg_stat_clear_snapshot(), seq_scan + coalesce(idx_scan, 0) from pg_stat_user_tables where relname = 'mt_events'", connection);
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            return reader.GetInt64(1);
        }

        private static async Task Until(Func<Task<bool>> condition)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (!await condition()) await Task.Delay(10, patience.Token);
        }
    }
}
