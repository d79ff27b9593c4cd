using System.Collections.Concurrent;
using Npgsql;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Storage;

namespace SakuraIncident.Server.Plans;

/// <summary>Who stands for a revision, and why.</summary>
public sealed record RevisionReason(string Reason, RevisionActor By, DateTimeOffset At);

public sealed record RevisionActor(string Kind, string Id, string Name);

/// <summary>One time that a plan came into force.</summary>
/// <param name="Before">The revision that was in force until then; null: it was the first.</param>
/// <param name="Reasons">Empty: nobody has said yet why.</param>
public sealed record RevisionAnswer(string Revision, DateTimeOffset InForceFrom, bool IsInForce, string? Before, IReadOnlyList<RevisionReason> Reasons);

/// <summary>改訂履歴: every time a plan came into force, what it changed in words, and who stands for it.</summary>
public sealed class PlanHistory(NpgsqlDataSource database, PlanLibrary plans, TimeProvider clock)
{
    /// <summary>Between two revisions nothing ever changes again.</summary>
    private readonly ConcurrentDictionary<(string, string), IReadOnlyList<PlanChange>> differences = new();

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<RevisionAnswer>> AllAsync(CancellationToken cancellation)
    {
        var reasons = await ReasonsAsync(cancellation);
        var all = new List<RevisionAnswer>();
        await using var command = database.CreateCommand("select hash, at from sakura.plan_in_force order by number");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var hash = reader.GetString(0);
            all.Add(new RevisionAnswer(
                hash, reader.GetFieldValue<DateTimeOffset>(1).ToUniversalTime(), false, all.Count > 0 ? all[^1].Revision : null, [.. reasons[hash]]));
        }
        if (all.Count > 0) all[^1] = all[^1] with { IsInForce = all[^1].Revision == plans.Plan.Revision };
        all.Reverse();
        return all;
    }

    /// <returns>Null: one of the two has never been in force.</returns>
    public IReadOnlyList<PlanChange>? Between(string before, string after) => differences.TryGetValue((before, after), out var known)
        ? known
        : plans.Find(before) is { } old && plans.Find(after) is { } present
            ? differences.GetOrAdd((before, after), PlanDifference.Between(old, present))
            : null;

    /// <summary>The same said twice by the same is said once.</summary>
    public async Task<RevisionReason> ExplainAsync(Signed by, string revision, string reason, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await ExplainAsync(connection, by, revision, reason, cancellation);
    }

    /// <summary>Likewise, with the answer kept by the sender's key.</summary>
    public async Task<IResult> ExplainAsync(Signed by, string revision, string reason, RequestKey? key, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var answer = await FirstAnswers.OnceAsync(
            connection, key, 201, async () => await ExplainAsync(connection, by, revision, reason, cancellation), cancellation);
        await transaction.CommitAsync(cancellation);
        return answer;
    }

    private async Task<RevisionReason> ExplainAsync(NpgsqlConnection connection, Signed by, string revision, string reason, CancellationToken cancellation)
    {
        var said = new RevisionReason(reason, ActorOf(StoredEvents.KindName(by.Actor.Kind), by.Actor.Id), clock.GetUtcNow());
        await using var command = new NpgsqlCommand(
            """
            insert into sakura.plan_reason (hash, reason, by_kind, by_id, at) select $1, $2, $3, $4, $5
            where not exists (select from sakura.plan_reason where hash = $1 and reason = $2 and by_kind = $3 and by_id = $4)
            """, connection);
        foreach (var value in new object[] { revision, reason, said.By.Kind, said.By.Id, said.At }) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
        return said;
    }

    private async Task<ILookup<string, RevisionReason>> ReasonsAsync(CancellationToken cancellation)
    {
        var reasons = new List<(string Hash, RevisionReason Reason)>();
        await using var command = database.CreateCommand("select hash, reason, by_kind, by_id, at from sakura.plan_reason order by number");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            reasons.Add((reader.GetString(0), new RevisionReason(
                reader.GetString(1), ActorOf(reader.GetString(2), reader.GetString(3)), reader.GetFieldValue<DateTimeOffset>(4).ToUniversalTime())));
        return reasons.ToLookup(r => r.Hash, r => r.Reason);
    }

    private RevisionActor ActorOf(string kind, string id) => new(kind, id, plans.Roster.NameOf(id));
}
