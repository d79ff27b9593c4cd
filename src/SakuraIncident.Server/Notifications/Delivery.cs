namespace SakuraIncident.Server.Notifications;

public enum DeliveryKind { Sent, Deferred, Failed, NotConfigured }

/// <summary>What came of one attempt. Deferred: another may succeed. Failed: none will.</summary>
/// <param name="Reason">In Japanese, without personal data; null where it was sent.</param>
public sealed record Delivery(DeliveryKind Kind, string? Reason)
{
    public static readonly Delivery Sent = new(DeliveryKind.Sent, null);

    public static Delivery Deferred(string reason) => new(DeliveryKind.Deferred, reason);

    public static Delivery Failed(string reason) => new(DeliveryKind.Failed, reason);

    public static Delivery NotConfigured(string reason) => new(DeliveryKind.NotConfigured, reason);
}
