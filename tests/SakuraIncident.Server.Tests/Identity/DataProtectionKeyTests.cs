using FluentAssertions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SakuraIncident.Server.Identity;

namespace SakuraIncident.Server.Tests.Identity;

public class Data_protection_keys(TestDatabase server)
{
    [Fact]
    public async Task are_the_same_on_every_node()
    {
        await using var one = await SignInHost.StartAsync(server);
        await using var other = await SignInHost.StartAsync(server, one.ConnectionString);

        var secret = Protector(one).Protect("メモの途中");

        Protector(other).Unprotect(secret).Should().Be("メモの途中");
    }

    [Fact]
    public async Task stay_known_while_the_database_is_away()
    {
        await using var host = await SignInHost.StartAsync(server);
        var keys = host.Services.GetRequiredService<DataProtectionKeys>();
        var secret = Protector(host).Protect("メモの途中");
        var before = keys.GetAllElements().Select(k => k.ToString()).ToList();

        await server.CutAsync(host.ConnectionString);

        before.Should().NotBeEmpty();
        keys.GetAllElements().Select(k => k.ToString()).Should().Equal(before);
        Protector(host).Unprotect(secret).Should().Be("メモの途中");
    }

    [Fact]
    public async Task say_so_where_they_were_never_read()
    {
        var connectionString = await server.CreateDatabaseAsync();
        await server.CutAsync(connectionString);
        await using var database = NpgsqlDataSource.Create(connectionString);

        FluentActions.Invoking(() => new DataProtectionKeys(database).GetAllElements()).Should().Throw<NpgsqlException>();
    }

    private static IDataProtector Protector(SignInHost host) =>
        host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
}
