namespace SakuraIncident.Server.Notifications;

/// <summary>Not delivered yet. The message names no person and no address, since it goes to the log.</summary>
public sealed class DeliveryDeferredException(string reason) : Exception(reason);
