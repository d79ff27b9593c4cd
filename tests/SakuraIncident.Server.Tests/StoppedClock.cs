namespace SakuraIncident.Server.Tests;

/// <summary>Time goes on only where a test says so.</summary>
public sealed class StoppedClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
