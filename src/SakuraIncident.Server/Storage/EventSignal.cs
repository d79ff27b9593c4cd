using Npgsql;

namespace SakuraIncident.Server.Storage;

/// <summary>
/// Tells every node that events were committed: PostgreSQL's NOTIFY, sent after the commit and joined, since a NOTIFY inside the
/// transaction would make all commits wait for each other.
/// </summary>
public sealed class EventSignal(NpgsqlDataSource database, ILogger<EventSignal> log) : BackgroundService
{
    public const string Channel = "sakura_events";
    private readonly SemaphoreSlim raised = new(0, 1);

    /// <summary>On this node, at once.</summary>
    public event Action? Raised;

    public void Raise()
    {
        Raised?.Invoke();
        if (raised.CurrentCount > 0) return;
        try
        {
            raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // another commit has raised it
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await raised.WaitAsync(stoppingToken);
                await using var command = database.CreateCommand($"notify {Channel}");
                await command.ExecuteNonQueryAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                log.LogWarning("他のノードへの通知に失敗しました(定期確認で補われます): {Kind}", e.GetType().Name);
            }
        }
    }
}
