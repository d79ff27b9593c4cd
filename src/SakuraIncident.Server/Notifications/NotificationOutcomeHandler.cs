using Npgsql;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Plans;
using SakuraIncident.Server.Storage;
using Wolverine.Runtime.Handlers;

namespace SakuraIncident.Server.Notifications;

/// <summary>The outcome becomes an event of the incident, once for each message. A call that reached nobody is passed on by it.</summary>
public static class NotificationOutcomeHandler
{
    public static void Configure(HandlerChain chain) => TellingCalls.Persist(chain);

    public static Task Handle(NotificationOutcome outcome, NotificationOutcomes outcomes, CancellationToken cancellation) =>
        outcomes.RecordAsync(outcome, cancellation);
}

public sealed class NotificationOutcomes(CommandDoor door, NpgsqlDataSource database, Deliveries deliveries, PlanLibrary plans, SmtpMail mail)
{
    internal async Task RecordAsync(NotificationOutcome outcome, CancellationToken cancellation)
    {
        if (await IsRecordedAsync(outcome, cancellation)) return;
        var call = CallKey.Read(outcome.Key);
        var failure = outcome.Outcome == NotificationState.Sent ? null : outcome.Reason;
        var reachesNobody = failure is not null && call is { Says: CallKey.Called } && await ReachesNobodyAsync(call, outcome.Person, cancellation);
        await door.CommitAsync(
            new RunCommand(
                outcome.IncidentId,
                new RecordNotification(outcome.Key, call?.PageId, outcome.Person, outcome.Channel, failure, reachesNobody), Signed.System),
            cancellation);
    }

    private async Task<bool> ReachesNobodyAsync(CallKey call, string personId, CancellationToken cancellation)
    {
        var person = plans.Roster.People.GetValueOrDefault(personId);
        if (CallChannels.SeesOwnPage(person)) return false;
        var keys = CallChannels.Of(person, mail.IsConfigured).Select(channel => (call with { Channel = channel }).ToString());
        return await deliveries.HaveFailedAsync([.. keys], cancellation);
    }

    private async Task<bool> IsRecordedAsync(NotificationOutcome outcome, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            select exists (
                select from {Schema.Events}.mt_events
                where stream_id = $1 and type in ('{nameof(NotificationSent)}', '{nameof(NotificationFailed)}') and data ->> 'key' = $2)
            """);
        command.Parameters.Add(new() { Value = outcome.IncidentId });
        command.Parameters.Add(new() { Value = outcome.Key });
        return await command.ExecuteScalarAsync(cancellation) is true;
    }
}
