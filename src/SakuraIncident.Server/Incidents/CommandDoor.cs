using JasperFx;
using Marten;
using Marten.Exceptions;
using Npgsql;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Server.Boards;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Plans;
using SakuraIncident.Server.Registers;
using SakuraIncident.Server.Reactions;
using SakuraIncident.Server.Storage;
using Wolverine.Marten;
using Wolverine.Runtime;

namespace SakuraIncident.Server.Incidents;

/// <summary>One command for one incident, as Wolverine carries it. Null incident: open a new one.</summary>
/// <param name="IfMatch">The version that the sender saw; a newer one refuses the command.</param>
public sealed record RunCommand(Guid? Incident, IncidentCommand Command, Signed By, int? IfMatch = null, RequestKey? Key = null)
{
    /// <summary>Wolverine logs a failed message as text: what people wrote must not be in it.</summary>
    public override string ToString() => $"{Command.GetType().Name} for {Incident?.ToString() ?? "a new incident"}";
}

/// <summary>What came of it.</summary>
public abstract record CommandAnswer;

/// <param name="Changed">False where it had been done before.</param>
public sealed record Done(IncidentAnswer Incident, int Status, bool Changed) : CommandAnswer;

public sealed record NotDone(Refused Refused) : CommandAnswer;

/// <summary>The incident has gone on since the version that the sender saw.</summary>
public sealed record Stale(int Version) : CommandAnswer;

/// <summary>Unknown, or not to be known by this person.</summary>
public sealed record NotKnown : CommandAnswer;

/// <summary>Known, but not allowed to this person.</summary>
public sealed record NotAllowed : CommandAnswer;

/// <summary>The same idempotency key came with another body.</summary>
public sealed record KeyReused : CommandAnswer;

/// <summary>The one Wolverine handler that runs every command.</summary>
public static class RunCommandHandler
{
    public static Task<CommandAnswer> Handle(RunCommand run, CommandDoor door, CancellationToken cancellation) =>
        door.CommitAsync(run, cancellation);
}

/// <summary>
/// The commit step: loads the incident, checks authority, lets the command decide, and commits events, snapshot, row, deadlines,
/// idempotency record and outgoing messages in one transaction. A lost version race decides again on the new state.
/// </summary>
public sealed class CommandDoor(
    IDocumentStore store, IWolverineRuntime runtime, PlanLibrary plans, Idempotency idempotency, IncidentReads reads, NumberSeries numbers,
    AssetBook assets, DeadlineLoop deadlines, EventSignal signal, TimeProvider clock)
{
    private const int MaxAttempts = 12;

    /// <summary>Commands for one incident take turns on this node, so that only those of other nodes can be lost races.</summary>
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    public async Task<CommandAnswer> CommitAsync(RunCommand run, CancellationToken cancellation)
    {
        var turn = run.Incident is { } incident ? turns[(uint)incident.GetHashCode() % turns.Length] : null;
        if (turn is not null) await turn.WaitAsync(cancellation);
        try
        {
            return await CommitInTurnAsync(run, cancellation);
        }
        finally
        {
            turn?.Release();
        }
    }

    private async Task<CommandAnswer> CommitInTurnAsync(RunCommand run, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryCommitAsync(run, cancellation);
            }
            catch (Exception lost) when (IsLostRace(lost) && attempt < MaxAttempts)
            {
                await Task.Yield(); // decide again on the new state; a stale If-Match is found by the next load
            }
        }
    }

    private async Task<CommandAnswer> TryCommitAsync(RunCommand run, CancellationToken cancellation)
    {
        if (run.Key is { } key && await idempotency.FindAsync(key, cancellation) is { } first)
        {
            if (!first.SameBody(key)) return new KeyReused();
            return await reads.FindAsync(first.Incident, first.Version, cancellation) is { } answer
                ? new Done(answer, first.Status, Changed: false)
                : new NotKnown();
        }

        await using var session = store.LightweightSession();
        var opening = run.Incident is null;
        var id = run.Incident ?? Guid.CreateVersion7();
        var stream = opening ? null : await session.Events.FetchForWriting<Incident>(id, cancellation);
        var before = stream?.Aggregate ?? new Incident { Id = id };
        if (!opening && (before.Version == 0 || !Authority.MayRead(run.By, IncidentRow.Participants(before)))) return new NotKnown();
        if (!Authority.MayCommand(run.By, run.Command, before)) return new NotAllowed();
        if (run.IfMatch is { } seen && seen != before.Version) return new Stale(before.Version);

        var command = run.Command;
        if (opening && command is OpenIncident open)
        {
            open = open with { ClassifiedAssets = await assets.FindAsync(open.Assets, cancellation) };
            await session.BeginTransactionAsync(cancellation);
            command = open with { Number = await numbers.NextAsync(session, open.Speed is not null, clock.GetUtcNow(), cancellation) };
        }
        var context = ContextOf(before, run.By);
        switch (command.Run(before, context))
        {
            case Refused refused:
                return new NotDone(refused);
            case Accepted { Events.Count: 0 }:
                if (command is PassDeadline) await deadlines.RewriteAsync(before, context.Plan, cancellation);
                return new Done(await reads.AnswerAsync(before, cancellation), 200, Changed: false);
            case Accepted accepted:
                return await AppendAsync(run, command, session, stream, before, accepted, context, cancellation);
            default:
                throw new InvalidOperationException("A decision is accepted or refused.");
        }
    }

    private async Task<CommandAnswer> AppendAsync(
        RunCommand run, IncidentCommand command, IDocumentSession session, JasperFx.Events.IEventStream<Incident>? stream, Incident before,
        Accepted accepted, Context context, CancellationToken cancellation)
    {
        var after = before;
        var wrapped = new List<JasperFx.Events.IEvent>(accepted.Events.Count);
        foreach (var happened in accepted.Events)
        {
            var recorded = new Recorded(context.Now, command.OccurredAt, context.Actor, happened);
            after = after.After(recorded);
            wrapped.Add(session.Wrap(recorded));
        }
        if (stream is null) session.Events.StartStream<Incident>(after.Id, wrapped.ToArray<object>());
        else stream.AppendMany(wrapped);

        var status = stream is null ? 201 : 200;
        var plan = after.PlanRevision == before.PlanRevision || before.Version == 0 ? context.Plan : context.InForce;
        IncidentRow.Store(session, after, plan, context.Roster);
        var earliest = DeadlineLoop.Store(session, (before, context.Plan), (after, plan));
        if (run.Key is { } key) Idempotency.Store(session, key, after, status);
        var outbox = new MartenOutbox(runtime, session);
        foreach (var message in Reaction.MessagesFor(after, plan, accepted.Events)) await outbox.PublishAsync(message);
        await session.SaveChangesAsync(cancellation);

        deadlines.Wake(earliest);
        signal.Raise();
        return new Done(await reads.AnswerAsync(after, wrapped[^1].Sequence, cancellation), status, Changed: true);
    }

    private Context ContextOf(Incident incident, Signed by)
    {
        var plan = incident.PlanRevision.Length == 0 ? plans.Plan : plans.Find(incident.PlanRevision) ?? plans.Plan;
        var now = Moment(clock.GetUtcNow());
        if (now < incident.RecordedAt) now = incident.RecordedAt; // no event is earlier than the one before it
        return new Context(plan, plans.Roster, now, by.Actor, Authority.MayLowerSeverity(by)) { InForce = plans.Plan };
    }

    /// <summary>Milliseconds: what the database, the snapshot and a replay can all keep without loss.</summary>
    private static DateTimeOffset Moment(DateTimeOffset now) => new(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    private static bool IsLostRace(Exception e) =>
        e is ConcurrencyException or ExistingStreamIdCollisionException
        || e is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected }
        || (e.InnerException is { } inner && IsLostRace(inner));
}
