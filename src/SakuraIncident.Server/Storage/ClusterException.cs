namespace SakuraIncident.Server.Storage;

/// <summary>Why the private PostgreSQL cannot be used; the message is one Japanese line for the person at the terminal.</summary>
public sealed class ClusterException(string message, Exception? inner = null) : Exception(message, inner);
