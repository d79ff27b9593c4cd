using System.Globalization;
using Marten;
using Npgsql;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using Wolverine;

namespace SakuraIncident.Server.Reactions;

/// <summary>
/// Passes deadlines that have come. Rows say what is outstanding; nothing is armed in memory, so a killed node loses no timer.
/// Passing is an ordinary command that has its effect once, so that several nodes may meet on one row.
/// </summary>
public sealed class DeadlineLoop(
    NpgsqlDataSource database, IServiceScopeFactory scopes, TimeProvider clock, ILogger<DeadlineLoop> log) : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(400); // deadlines that another node wrote
    private readonly SemaphoreSlim woken = new(0, 1);
    private long sleepingUntil = long.MaxValue;

    /// <summary>Queues the rows of an incident's deadlines where they changed; answers the earliest.</summary>
    /// <param name="before">With the plan that it followed then.</param>
    public static DateTimeOffset? Store(
        IDocumentSession session, (Incident Incident, EmergencyPlan Plan) before, (Incident Incident, EmergencyPlan Plan) after)
    {
        var present = Deadlines.Of(after.Incident, after.Plan);
        if (before.Incident.Version == 0 || !present.SequenceEqual(Deadlines.Of(before.Incident, before.Plan)))
            foreach (var (sql, parameters) in Rows(after.Incident.Id, present)) session.QueueSqlCommand(sql, parameters);
        return present.Count > 0 ? present[0].DueAt : null;
    }

    /// <summary>Rewrites the rows of an incident from its state: a row that came to nothing is gone afterwards.</summary>
    public async Task RewriteAsync(Incident incident, EmergencyPlan plan, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        foreach (var (sql, parameters) in Rows(incident.Id, Deadlines.Of(incident, plan)))
        {
            await using var command = new NpgsqlCommand(Numbered(sql), connection, transaction);
            foreach (var value in parameters) command.Parameters.Add(new() { Value = value });
            await command.ExecuteNonQueryAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>A deadline was written that may come before the loop would wake by itself.</summary>
    public void Wake(DateTimeOffset? due)
    {
        if (due is { } moment && moment.UtcTicks < Interlocked.Read(ref sleepingUntil)) Ring();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Poll;
            try
            {
                var passed = await PassDueAsync(stoppingToken);
                if (passed < BatchSize) wait = await UntilNextAsync(stoppingToken);
                else wait = TimeSpan.Zero;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("期限の確認に失敗しました。すぐに再試行します: {Kind}", e.GetType().Name);
                Interlocked.Exchange(ref sleepingUntil, 0);
            }
            if (wait > TimeSpan.Zero) await ((Task)woken.WaitAsync(wait, stoppingToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Passes what is due; deadlines of one incident one after the other, incidents side by side.</summary>
    private async Task<int> PassDueAsync(CancellationToken cancellation)
    {
        var due = new List<(Guid Incident, string Key)>();
        await using (var command = database.CreateCommand(
            $"select incident_id, key from sakura.deadline where due_at <= $1 order by due_at limit {BatchSize}"))
        {
            command.Parameters.Add(new() { Value = clock.GetUtcNow() });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) due.Add((reader.GetGuid(0), reader.GetString(1)));
        }
        await Parallel.ForEachAsync(
            due.GroupBy(d => d.Incident), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellation },
            async (incident, token) =>
            {
                await using var scope = scopes.CreateAsyncScope();
                var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
                foreach (var (id, key) in incident)
                    await bus.InvokeAsync<CommandAnswer>(new RunCommand(id, new PassDeadline(key), Signed.System), token);
            });
        return due.Count;
    }

    private async Task<TimeSpan> UntilNextAsync(CancellationToken cancellation)
    {
        Interlocked.Exchange(ref sleepingUntil, 0); // whoever writes from here on rings
        while (woken.Wait(0, CancellationToken.None)) { }
        await using var command = database.CreateCommand("select min(due_at) from sakura.deadline");
        var next = await command.ExecuteScalarAsync(cancellation) is DateTime earliest ? new DateTimeOffset(earliest, TimeSpan.Zero) : DateTimeOffset.MaxValue;
        var now = clock.GetUtcNow();
        var until = next - now < Poll ? next : now + Poll;
        Interlocked.Exchange(ref sleepingUntil, until.UtcTicks);
        return until > now ? until - now : TimeSpan.FromMilliseconds(1);
    }

    private void Ring()
    {
        try
        {
            woken.Release();
        }
        catch (SemaphoreFullException)
        {
            // it is ringing already
        }
    }

    private static IEnumerable<(string Sql, object[] Parameters)> Rows(Guid incident, IReadOnlyList<Deadline> deadlines)
    {
        yield return ("delete from sakura.deadline where incident_id = ?", [incident]);
        if (deadlines.Count == 0) yield break;
        yield return (
            "insert into sakura.deadline (incident_id, key, due_at) select ?, d.key, d.due::timestamptz from unnest(?, ?) as d (key, due)",
            [incident, deadlines.Select(d => d.Key).ToArray(), deadlines.Select(d => d.DueAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)).ToArray()]);
    }

    private static string Numbered(string sql)
    {
        var number = 0;
        return string.Concat(sql.Select(c => c == '?' ? $"${++number}" : c.ToString()));
    }
}
