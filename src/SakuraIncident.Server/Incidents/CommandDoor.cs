using System.Threading.Channels;
using JasperFx;
using Marten.Exceptions;
using Npgsql;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;

namespace SakuraIncident.Server.Incidents;

/// <summary>One command for one incident, as Wolverine carries it. Null incident: open a new one.</summary>
/// <param name="IfMatch">The versions on which the sender would act; another one refuses the command. Null: any.</param>
public sealed record RunCommand(Guid? Incident, IncidentCommand Command, Signed By, IReadOnlyList<int>? IfMatch = null, RequestKey? Key = null)
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
/// The door to the commit. Commands of one incident go through one writer, one after the other; a writer takes what waits for it and
/// commits it as one, so that under load a transaction carries many commands and alone a command waits for nobody. Whatever goes wrong
/// with a group is done again one by one: no command fails for its neighbour. Openings have no stream yet and go alone.
/// </summary>
public sealed class CommandDoor(CommandCommit commit)
{
    private const int Writers = 2;
    private const int MostTogether = 64;
    private const int MostWaiting = 4096;
    private const int MaxAttempts = 12;

    private readonly Writer[] writers = [.. Enumerable.Range(0, Writers).Select(_ => new Writer(commit))];

    /// <exception cref="OperationCanceledException">Nobody waits for the answer any more; the command may have been done.</exception>
    public Task<CommandAnswer> CommitAsync(RunCommand run, CancellationToken cancellation) => run.Incident is { } incident
        ? writers[(uint)incident.GetHashCode() % Writers].CommitAsync(run, cancellation)
        : AloneAsync(commit, run, cancellation);

    /// <summary>A lost version race decides again on the new state; a stale If-Match is found by the next load.</summary>
    private static async Task<CommandAnswer> AloneAsync(CommandCommit commit, RunCommand run, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await commit.AloneAsync(run, cancellation);
            }
            catch (Exception lost) when (IsLostRace(lost) && attempt < MaxAttempts)
            {
                await Task.Yield();
            }
        }
    }

    private static bool IsLostRace(Exception e) =>
        e is ConcurrencyException or ExistingStreamIdCollisionException
        || e is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected }
        || (e.InnerException is { } inner && IsLostRace(inner));

    /// <summary>A command that waits for its writer.</summary>
    private sealed record Waiting(RunCommand Run, CancellationToken Cancellation)
    {
        private readonly TaskCompletionSource<Func<CancellationToken, Task<CommandAnswer>>> came = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>What is left to do is done by who waits: the writer goes on.</summary>
        public async Task<CommandAnswer> AnswerAsync() => await (await came.Task.WaitAsync(Cancellation))(Cancellation);

        public void Come(Func<CancellationToken, Task<CommandAnswer>> answer) => came.TrySetResult(answer);

        public void Fail(Exception failure) => came.TrySetException(failure);
    }

    private sealed class Writer(CommandCommit commit)
    {
        private readonly Channel<Waiting> waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
        private int isWriting;

        public async Task<CommandAnswer> CommitAsync(RunCommand run, CancellationToken cancellation)
        {
            var place = new Waiting(run, cancellation);
            await waiting.Writer.WriteAsync(place, cancellation);
            if (Interlocked.CompareExchange(ref isWriting, 1, 0) == 0) _ = Task.Run(WriteAsync, CancellationToken.None);
            return await place.AnswerAsync();
        }

        private async Task WriteAsync()
        {
            do
            {
                while (waiting.Reader.TryPeek(out _))
                {
                    await Task.Yield(); // those who were answered by the last commit are about to send their next
                    await WriteAsync(Take());
                }
                Volatile.Write(ref isWriting, 0);
            }
            while (waiting.Reader.TryPeek(out _) && Interlocked.CompareExchange(ref isWriting, 1, 0) == 0);
        }

        private List<Waiting> Take()
        {
            var taken = new List<Waiting>();
            while (taken.Count < MostTogether && waiting.Reader.TryRead(out var next))
                if (!next.Cancellation.IsCancellationRequested) taken.Add(next);
            return taken;
        }

        private async Task WriteAsync(List<Waiting> taken)
        {
            if (taken.Count > 1)
            {
                try
                {
                    var came = await commit.TogetherAsync([.. taken.Select(t => t.Run)], CancellationToken.None);
                    foreach (var (place, answer) in taken.Zip(came)) place.Come(answer);
                    return;
                }
                catch (Exception away) when (Faults.IsDatabaseAway(away))
                {
                    foreach (var place in taken) place.Fail(away); // it may have been committed: done again, it might be done twice
                    return;
                }
                catch (Exception)
                {
                    // A neighbour's race, key or fault, and nothing was committed: each finds its own, below.
                }
            }
            await Task.WhenAll(taken.GroupBy(t => t.Run.Incident).Select(OneByOneAsync));
        }

        private async Task OneByOneAsync(IEnumerable<Waiting> places)
        {
            foreach (var place in places)
            {
                try
                {
                    var answer = await AloneAsync(commit, place.Run, place.Cancellation);
                    place.Come(_ => Task.FromResult(answer));
                }
                catch (Exception failure)
                {
                    place.Fail(failure);
                }
            }
        }
    }
}
