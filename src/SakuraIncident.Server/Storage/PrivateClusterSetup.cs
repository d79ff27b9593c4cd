namespace SakuraIncident.Server.Storage;

public static class PrivateClusterSetup
{
    /// <summary>Lets the host watch the private PostgreSQL; does nothing where a database is configured.</summary>
    public static IServiceCollection AddPrivateCluster(this IServiceCollection services, PrivateCluster? cluster) =>
        cluster is null ? services : services.AddSingleton(cluster).AddHostedService<PrivateClusterWatch>();
}

internal sealed class PrivateClusterWatch(PrivateCluster cluster) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => cluster.WatchAsync(stoppingToken);
}
