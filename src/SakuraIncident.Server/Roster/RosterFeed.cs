using Npgsql;

namespace SakuraIncident.Server.Roster;

/// <summary>Looks for what other nodes entered. A look reads one index entry; rosters change too seldom for a connection that listens.</summary>
public sealed class RosterFeed(RosterBook book, ILogger<RosterFeed> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(400);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look);
        var isAway = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await book.RefreshAsync(stoppingToken);
                isAway = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
            {
                if (!isAway) log.LogWarning("当番表の変更を読めません。再試行します: {Kind}", e.GetType().Name);
                isAway = true;
            }
        }
    }
}
