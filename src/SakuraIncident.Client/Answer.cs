namespace SakuraIncident.Client;

/// <summary>What the server answered.</summary>
/// <param name="Json">The body, verbatim.</param>
/// <param name="ETag">The stream version in quotes, where there is one.</param>
public sealed record Answer<T>(T Value, string Json, string? ETag);

/// <summary>What goes with a request beside its body.</summary>
/// <param name="IfMatch">Version that the caller has seen; the server refuses with 412 when there is a later one.</param>
/// <param name="IdempotencyKey">Null: a new one, so that a repeated attempt counts once.</param>
public sealed record CallOptions(long? IfMatch = null, string? IdempotencyKey = null);
