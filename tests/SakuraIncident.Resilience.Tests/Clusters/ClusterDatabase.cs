using Npgsql;
using SakuraIncident.Tests;

namespace SakuraIncident.Resilience.Tests.Clusters;

/// <summary>The private database of a running server, seen from beside it.</summary>
internal static class ClusterDatabase
{
    public static async Task<T> AskAsync<T>(this RunningServer server, string sql, string? password = null)
    {
        var way = new NpgsqlConnectionStringBuilder
        {
            Host = server.Cluster.GetProperty("socket").GetString(),
            Username = "sakura",
            Password = password ?? server.Cluster.GetProperty("password").GetString(),
            Database = "sakura",
            Pooling = false
        };
        await using var connection = new NpgsqlConnection(way.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Commits something that must still be there later.</summary>
    public static Task<int> KeepAsync(this RunningServer server) =>
        server.AskAsync<int>("create table kept (answer int); insert into kept values (42); select answer from kept");

    public static Task<int> KeptAsync(this RunningServer server) => server.AskAsync<int>("select answer from kept");
}
