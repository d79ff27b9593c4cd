using Wolverine.ErrorHandling;
using Wolverine.Runtime.Handlers;

namespace SakuraIncident.Server.Notifications;

/// <summary>A message to a person. The address is the roster's at the moment of sending and is in no message.</summary>
/// <param name="Key">Names this message for ever: the same key is sent once.</param>
/// <param name="Channel">Kind of channel: <c>mail</c>, <c>product</c>, <c>phone</c>.</param>
/// <param name="Drill">訓練: said in the subject and the first line.</param>
public sealed record SendNotification(Guid IncidentId, string Key, string Person, string Channel, string Subject, string Body, bool Drill)
{
    /// <summary>Wolverine logs a failed message as text.</summary>
    public override string ToString() => $"{nameof(SendNotification)} by {Channel} for {IncidentId}";
}

public enum NotificationState { Sent, Failed, NotConfigured }

/// <summary>What came of it, once it is certain. May come twice for one key.</summary>
/// <param name="Reason">In Japanese, without personal data; null where it was sent.</param>
public sealed record NotificationOutcome(
    Guid IncidentId, string Key, string Person, string Channel, NotificationState Outcome, string? Reason)
{
    public override string ToString() => $"{nameof(NotificationOutcome)} {Outcome} by {Channel} for {IncidentId}";
}

/// <summary>Sends, and tells the outcome. What fails for now comes back later and later; giving up is an outcome too, never silence.</summary>
public static class SendNotificationHandler
{
    // How often is for Deliveries to decide, by its own count; whatever else fails (the database is away) is tried for ever.
    public static void Configure(HandlerChain chain) => chain.OnAnyException().ScheduleRetryIndefinitely(
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5));

    /// <exception cref="DeliveryDeferredException">It is to be tried again.</exception>
    public static Task<NotificationOutcome> Handle(SendNotification send, Deliveries deliveries, CancellationToken cancellation) =>
        deliveries.AttemptAsync(send, cancellation);
}
