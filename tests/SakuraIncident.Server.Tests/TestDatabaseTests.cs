using FluentAssertions;
using Npgsql;

namespace SakuraIncident.Server.Tests;

public class A_test_database(TestDatabase server)
{
    [Fact]
    public async Task is_empty_and_of_its_own()
    {
        var one = await server.CreateDatabaseAsync();
        var other = await server.CreateDatabaseAsync();

        await Execute(one, "create table only_here (id int)");

        await FluentActions.Awaiting(() => Execute(other, "select * from only_here")).Should().ThrowAsync<PostgresException>();
    }

    [Fact]
    public async Task can_be_away_and_come_back()
    {
        var database = await server.CreateDatabaseAsync();
        await Execute(database, "select 1");

        await server.CutAsync(database);
        await FluentActions.Awaiting(() => Execute(database, "select 1")).Should().ThrowAsync<NpgsqlException>();

        await server.RestoreAsync(database);
        NpgsqlConnection.ClearPool(new NpgsqlConnection(database));
        await Execute(database, "select 1");
    }

    private static async Task Execute(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
