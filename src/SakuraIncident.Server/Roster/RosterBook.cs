using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Plans;
using SakuraIncident.Server.Storage;

namespace SakuraIncident.Server.Roster;

/// <summary>What somebody wants to enter comes to this.</summary>
public abstract record Wanted
{
    /// <summary>Nothing was wrong with it. No entries: it had been done before.</summary>
    /// <param name="Answer">What the sender gets, of the changes that were made.</param>
    public sealed record Sound(IReadOnlyList<object> Entries, int Status, Func<IReadOnlyList<RosterChange>, object> Answer) : Wanted;

    /// <param name="Faults">Reasons in Japanese by field.</param>
    public sealed record Faulty(IReadOnlyDictionary<string, string[]> Faults) : Wanted
    {
        public static Faulty Of(IEnumerable<EntryFault> faults) =>
            new(faults.GroupBy(f => f.Field).ToDictionary(g => g.Key, g => g.Select(f => f.Reason).ToArray()));
    }

    public sealed record NotAllowed : Wanted;

    public sealed record NotKnown : Wanted;

    /// <summary>The same key came with another body.</summary>
    public sealed record KeyReused : Wanted;

    /// <summary>It was entered, now or when the same key came first.</summary>
    public sealed record Entered(int Status, string Json, bool Changed) : Wanted;
}

/// <summary>
/// 当番簿: what was entered beside the organisation file, in a table to which rows are only added. Entries take turns over all nodes, so
/// that each is checked against all before it; the numbers of the rows are then in the order of their commits.
/// </summary>
public sealed class RosterBook(NpgsqlDataSource database, PlanLibrary plans, TimeProvider clock) : IDisposable
{
    public const string Ddl = """
        create schema if not exists sakura;

        -- What was entered into the roster beside the organisation file. Rows are only added: a withdrawal is a row too.
        create table if not exists sakura.roster_change (
            number bigint generated always as identity primary key,
            id uuid not null unique,
            kind text not null,
            data jsonb not null,
            by_kind text not null,
            by_id text not null,
            at timestamptz not null
        );

        -- Only the SHA-256 of a feed key's 32 random bytes is kept; one for each person.
        create table if not exists sakura.calendar_key (
            person text primary key,
            hash bytea not null unique,
            created_at timestamptz not null
        );
        """;

    private const string Columns = "number, id, kind, data::text, by_kind, by_id, at";

    private readonly SemaphoreSlim reading = new(1);
    private volatile IReadOnlyList<RosterChange> all = [];

    /// <summary>Every change that nobody withdrew, in order.</summary>
    public IReadOnlyList<RosterChange> Standing => RosterMerge.Standing(all);

    /// <summary>Reads what is new and puts it into the roster that every call reads.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await reading.WaitAsync(cancellation);
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            var known = all;
            var more = await ReadAsync(connection, known.Count == 0 ? 0 : known[^1].Number, cancellation);
            if (more.Count == 0) return;
            all = [.. known, .. more];
            var standing = Standing;
            plans.Merge(files => RosterMerge.Of(files, standing, clock.GetUtcNow()));
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>Everything that is wanted, or nothing.</summary>
    /// <param name="decide">Gets the roster and every change so far, withdrawn ones and withdrawals included.</param>
    public async Task<Wanted> EnterAsync(
        Signed by, RequestKey? key, Func<DutyRoster, IReadOnlyList<RosterChange>, Wanted> decide, CancellationToken cancellation)
    {
        Wanted.Entered entered;
        await using (var connection = await database.OpenConnectionAsync(cancellation))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await using (var turn = new NpgsqlCommand("select pg_advisory_xact_lock(8620260401)", connection)) await turn.ExecuteNonQueryAsync(cancellation);
            if (key is not null && await FirstAnswers.FindAsync(connection, key, cancellation) is { } first)
                return first.SameBody(key) ? new Wanted.Entered(first.Status, first.Json, Changed: false) : new Wanted.KeyReused();

            var known = all;
            IReadOnlyList<RosterChange> present = [.. known, .. await ReadAsync(connection, known.Count == 0 ? 0 : known[^1].Number, cancellation)];
            var roster = RosterMerge.Of(plans.FilesRoster, RosterMerge.Standing(present), clock.GetUtcNow());
            var wanted = decide(roster, present);
            if (wanted is not Wanted.Sound sound) return wanted;

            var made = new List<RosterChange>(sound.Entries.Count);
            foreach (var entry in sound.Entries) made.Add(await InsertAsync(connection, entry, by.Actor, cancellation));
            entered = new Wanted.Entered(sound.Status, JsonSerializer.Serialize(sound.Answer(made), ApiJson.Options), made.Count > 0);
            if (key is not null) await FirstAnswers.StoreAsync(connection, key, entered.Status, entered.Json, cancellation);
            await transaction.CommitAsync(cancellation);
        }
        await RefreshAsync(cancellation);
        return entered;
    }

    public void Dispose() => reading.Dispose();

    private static async Task<List<RosterChange>> ReadAsync(NpgsqlConnection connection, long after, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select {Columns} from sakura.roster_change where number > $1 order by number", connection);
        command.Parameters.Add(new() { Value = after });
        var changes = new List<RosterChange>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) changes.Add(Row(reader));
        return changes;
    }

    private async Task<RosterChange> InsertAsync(NpgsqlConnection connection, object entry, Actor by, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"insert into sakura.roster_change (id, kind, data, by_kind, by_id, at) values ($1, $2, $3, $4, $5, $6) returning {Columns}", connection);
        command.Parameters.Add(new() { Value = Guid.CreateVersion7(clock.GetUtcNow()) });
        command.Parameters.Add(new() { Value = RosterChange.KindOf(entry) });
        command.Parameters.Add(new() { Value = RosterChange.Write(entry), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = StoredEvents.KindName(by.Kind) });
        command.Parameters.Add(new() { Value = by.Id });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return Row(reader);
    }

    private static RosterChange Row(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetGuid(1), RosterChange.Read(row.GetString(2), row.GetString(3)),
        new Actor(row.GetString(4) switch { "person" => ActorKind.Person, "token" => ActorKind.Token, _ => ActorKind.System }, row.GetString(5)),
        row.GetFieldValue<DateTimeOffset>(6).ToUniversalTime());
}
