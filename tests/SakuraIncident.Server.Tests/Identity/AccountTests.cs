using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Identity;

namespace SakuraIncident.Server.Tests.Identity;

public class Accounts_of_the_staff(TestDatabase server)
{
    [Fact]
    public async Task are_made_once_and_later_only_for_those_who_came()
    {
        var connectionString = await server.CreateDatabaseAsync();
        await SignInHost.ExecuteAsync(connectionString, IdentityTables.Ddl);
        await using var database = NpgsqlDataSource.Create(connectionString);
        using var accounts = new Accounts(database, TimeProvider.System);

        var first = await accounts.EnsureAsync(SignInHost.Roster);
        first.Select(a => a.Person).Should().BeEquivalentTo("admin", "tanaka", "suzuki");
        first.Should().OnlyHaveUniqueItems(a => a.Password);
        first.Should().OnlyContain(a => a.Password.Length == 19);

        var grown = SignInHost.Roster with
        {
            People = new Dictionary<string, Person>(SignInHost.Roster.People)
            {
                ["sato"] = new("sato", "佐藤 次郎", "mayor", "総務部", "主事", [], false),
            },
        };
        (await accounts.EnsureAsync(grown)).Select(a => a.Person).Should().Equal("sato");
        (await accounts.VerifyAsync("tana\0ka", "wrong", CancellationToken.None)).Should().BeFalse();
        (await accounts.VerifyAsync("tanaka", first.Single(a => a.Person == "tanaka").Password, CancellationToken.None)).Should().BeTrue();
    }

    [Fact]
    public async Task keep_no_password()
    {
        await using var host = await SignInHost.StartAsync(server);

        await using var command = host.Services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand("select password_hash from sakura.account where person = 'admin'");
        var hash = (string)(await command.ExecuteScalarAsync())!;
        hash.Should().NotContain(host.Passwords["admin"]);
        Convert.FromBase64String(hash)[0].Should().Be(1, "that is PBKDF2 with a salt of its own");
    }
}

public class The_address_after_sign_in
{
    [Theory]
    [InlineData("/")]
    [InlineData("/incidents/R8-0042?version=3#n1")]
    [InlineData("/sign-in-help")]
    public void may_be_any_page_of_this_server(string url) => ReturnUrl.Safe(url).Should().Be(url);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example/")]
    [InlineData("/\t/evil.example/")]
    [InlineData("/ok\r\nSet-Cookie: a=b")]
    [InlineData("javascript:alert(1)")]
    [InlineData(" /")]
    [InlineData("/sign-in?returnUrl=/")]
    [InlineData("/sign-out")]
    public void is_the_board_where_it_leads_elsewhere(string? url) => ReturnUrl.Safe(url).Should().Be("/");
}
