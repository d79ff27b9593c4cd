namespace SakuraIncident.Server.Boards;

/// <summary>One event of the log, as far as the feed needs it.</summary>
public sealed record LoggedEvent(long Sequence, Guid Incident, int Version, string Type);

/// <summary>A piece of the log in order: everything up to <paramref name="Through"/> that was not in an earlier piece.</summary>
/// <param name="Restarted">The log is another one than before, or this is the first piece: nothing was read, only the place found.</param>
public sealed record LogPiece(long Through, IReadOnlyList<LoggedEvent> Events, bool Restarted = false);
