using Marten;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Boards;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Plans;
using SakuraIncident.Server.Reactions;
using SakuraIncident.Server.Registers;
using SakuraIncident.Server.Storage;
using Wolverine.Marten;
using Wolverine.Runtime;
using Stream = JasperFx.Events.IEventStream<SakuraIncident.Domain.Incidents.Incident>;

namespace SakuraIncident.Server.Incidents;

/// <summary>
/// The commit step, of one command or of many: loads the incidents, checks authority, lets the commands decide, and commits events,
/// snapshots, rows, deadlines, idempotency records and outgoing messages in one transaction.
/// </summary>
public sealed class CommandCommit(
    IDocumentStore store, IWolverineRuntime runtime, PlanLibrary plans, Idempotency idempotency, IncidentReads reads, NumberSeries numbers,
    AssetBook assets, DeadlineLoop deadlines, EventSignal signal, TimeProvider clock)
{
    /// <summary>One command: an opening, or one that nobody else waits beside.</summary>
    public async Task<CommandAnswer> AloneAsync(RunCommand run, CancellationToken cancellation)
    {
        if (run.Key is { } key && await idempotency.FindAsync(key, cancellation) is { } first) return await RepeatAsync(key, first, cancellation);
        await using var session = store.LightweightSession();
        var command = run.Command;
        Worked worked;
        if (run.Incident is { } id) worked = new Worked(await session.Events.FetchForWriting<Incident>(id, cancellation), id);
        else
        {
            worked = new Worked(null, Guid.CreateVersion7());
            if (command is OpenIncident open)
            {
                var known = await assets.FindAsync(open.Assets, cancellation);
                await session.BeginTransactionAsync(cancellation);
                command = open with { ClassifiedAssets = known, Number = await numbers.NextAsync(session, open.Speed is not null, clock.GetUtcNow(), cancellation) };
            }
        }
        var answer = Judge(run, await SeeingOtherAsync(command, session, cancellation), worked, session);
        if (worked.IsChanged) await SaveAsync(session, [worked], cancellation);
        return await answer(cancellation);
    }

    /// <summary>Many commands of incidents that exist. What each comes to, in their order; the whole of it is committed, or none.</summary>
    /// <exception cref="InvalidOperationException">A key came twice: each must see what the other did.</exception>
    public async Task<IReadOnlyList<Func<CancellationToken, Task<CommandAnswer>>>> TogetherAsync(IReadOnlyList<RunCommand> runs, CancellationToken cancellation)
    {
        var keys = runs.Select(r => r.Key).OfType<RequestKey>().ToList();
        if (keys.DistinctBy(k => (k.Scope, k.Key)).Count() < keys.Count) throw new InvalidOperationException("A key came twice.");
        await using var session = store.LightweightSession();
        var looking = idempotency.FindAsync(keys, cancellation);
        var ids = runs.Select(r => r.Incident!.Value).Distinct().Order().ToList(); // in one order on all nodes, so that none waits for another in a ring
        var streams = await session.Events.FetchManyForWriting<Incident>(ids, cancellation);
        var worked = ids.Zip(streams).ToDictionary(s => s.First, s => new Worked(s.Second, s.First));
        var known = await looking;

        var answers = new List<Func<CancellationToken, Task<CommandAnswer>>>(runs.Count);
        foreach (var run in runs)
            answers.Add(run.Key is { } key && known.TryGetValue((key.Scope, key.Key), out var first)
                ? c => RepeatAsync(key, first, c)
                : Judge(run, await SeeingOtherAsync(run.Command, session, cancellation), worked[run.Incident!.Value], session));
        var changed = ids.Select(id => worked[id]).Where(w => w.IsChanged).ToList();
        if (changed.Count > 0) await SaveAsync(session, changed, cancellation);
        return answers;
    }

    /// <summary>Whether an incident may end in another one, the other one decides too.</summary>
    private static async Task<IncidentCommand> SeeingOtherAsync(IncidentCommand command, IDocumentSession session, CancellationToken cancellation) => command switch
    {
        CloseIncident { Of: { } of } close => close with { Other = await session.LoadAsync<Incident>(of, cancellation) },
        MergeIncident merge => merge with { Other = await session.LoadAsync<Incident>(merge.Into, cancellation) },
        _ => command,
    };

    /// <summary>An incident while commands of this transaction work on it.</summary>
    private sealed class Worked(Stream? stream, Guid id)
    {
        public Stream? Stream { get; } = stream;

        public Incident Before { get; } = stream?.Aggregate ?? new Incident { Id = id };

        /// <summary>The plan that it followed at first; null: nothing was decided.</summary>
        public EmergencyPlan? PlanBefore { get; set; }

        /// <summary>The state after what was decided so far.</summary>
        public Incident Now { get; set; } = stream?.Aggregate ?? new Incident { Id = id };

        /// <summary>What was decided, for the log.</summary>
        public List<JasperFx.Events.IEvent> Happened { get; } = [];

        public bool IsChanged => Happened.Count > 0 || Keys.Count > 0;

        /// <summary>First answers to keep: also those of commands that had been done before.</summary>
        public List<(RequestKey Key, Incident After, int Status)> Keys { get; } = [];

        /// <summary>Of the last decision, with the plan that the incident follows after it.</summary>
        public Context? Context { get; set; }
    }

    /// <summary>Lets one command decide. The answer is made after the commit, by whoever waits for it.</summary>
    private Func<CancellationToken, Task<CommandAnswer>> Judge(RunCommand run, IncidentCommand command, Worked worked, IDocumentSession session)
    {
        var before = worked.Now;
        var opening = run.Incident is null;
        if (!opening && (before.Version == 0 || !Authority.MayRead(run.By, IncidentRow.Participants(before)))) return Now(new NotKnown());
        if (!Authority.MayCommand(run.By, command, before)) return Now(new NotAllowed());
        if (run.IfMatch is { } seen && !seen.Contains(before.Version)) return Now(new Stale(before.Version));
        var context = ContextOf(before, run.By);
        switch (command.Run(before, context))
        {
            case Refused refused:
                return Now(new NotDone(refused));
            case Accepted { Events.Count: 0 }:
                if (run.Key is { } key && !opening) worked.Keys.Add((key, before, 200));
                return async cancellation =>
                {
                    if (command is PassDeadline) await deadlines.RewriteAsync(before, context.Plan, cancellation);
                    return new Done(await reads.AnswerAsync(before, cancellation), 200, Changed: false);
                };
            case Accepted accepted:
                return Take(run, command, worked, accepted, context, session, opening ? 201 : 200);
            default:
                throw new InvalidOperationException("A decision is accepted or refused.");
        }

        static Func<CancellationToken, Task<CommandAnswer>> Now(CommandAnswer answer) => _ => Task.FromResult(answer);
    }

    private Func<CancellationToken, Task<CommandAnswer>> Take(
        RunCommand run, IncidentCommand command, Worked worked, Accepted accepted, Context context, IDocumentSession session, int status)
    {
        var after = worked.Now;
        foreach (var happened in accepted.Events)
        {
            var recorded = new Recorded(context.Now, command.OccurredAt, context.Actor, happened);
            after = after.After(recorded);
            worked.Happened.Add(session.Wrap(recorded));
        }
        var last = worked.Happened[^1];
        worked.PlanBefore ??= context.Plan;
        worked.Context = after.PlanRevision == worked.Now.PlanRevision || worked.Now.Version == 0 ? context : context with { Plan = context.InForce };
        worked.Now = after;
        if (run.Key is { } key) worked.Keys.Add((key, after, status));
        return async cancellation => new Done(await reads.AnswerAsync(after, last.Sequence, cancellation), status, Changed: true);
    }

    private async Task SaveAsync(IDocumentSession session, IReadOnlyList<Worked> changed, CancellationToken cancellation)
    {
        var outbox = new MartenOutbox(runtime, session);
        DateTimeOffset? earliest = null;
        foreach (var w in changed)
        {
            foreach (var (key, after, status) in w.Keys) Idempotency.Store(session, key, after, status);
            if (w.Context is not { } context) continue; // nothing happened
            if (w.Stream is null) session.Events.StartStream<Incident>(w.Now.Id, w.Happened.ToArray<object>());
            else w.Stream.AppendMany(w.Happened);
            IncidentRow.Store(session, w.Now, context.Plan, context.Roster);
            if (DeadlineLoop.Store(session, (w.Before, w.PlanBefore!), (w.Now, context.Plan)) is { } due && !(earliest <= due)) earliest = due;
            foreach (var message in Reaction.MessagesFor(w.Now, context.Plan, w.Happened.Select(h => (IncidentEvent)h.Data))) await outbox.PublishAsync(message);
        }
        await session.SaveChangesAsync(cancellation);
        deadlines.Wake(earliest);
        signal.Raise();
    }

    private async Task<CommandAnswer> RepeatAsync(RequestKey key, FirstAnswer first, CancellationToken cancellation)
    {
        if (!first.SameBody(key)) return new KeyReused();
        return await reads.FindAsync(first.Incident, first.Version, cancellation) is { } answer
            ? new Done(answer, first.Status, Changed: false)
            : new NotKnown();
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
}
