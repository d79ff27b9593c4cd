namespace SakuraIncident.Server.Http;

/// <summary>A part of a list.</summary>
/// <param name="Cursor">Where the next part begins; null at the end.</param>
public sealed record ItemsPage<T>(IReadOnlyList<T> Items, string? Cursor);
