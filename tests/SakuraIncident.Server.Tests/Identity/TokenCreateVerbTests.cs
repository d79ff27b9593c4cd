using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using SakuraIncident.Server.Identity;

namespace SakuraIncident.Server.Tests.Identity;

public class The_verb_token_create(TestDatabase server)
{
    [Fact]
    public async Task prints_the_token_alone()
    {
        await using var host = await SignInHost.StartAsync(server);

        var said = await RunAsync(["--name", "check", "--role", "csirt", "--person", "tanaka", "--data", "/x"], host.ConnectionString);

        said.Code.Should().Be(0);
        said.Errors.Should().BeEmpty();
        said.Output.Should().MatchRegex("^sakura_[A-Za-z0-9_-]{43}\n$");
        var token = await host.Services.GetRequiredService<Tokens>().FindAsync(said.Output.Trim(), CancellationToken.None);
        token.Should().BeEquivalentTo(new { Name = "check", Role = "csirt", Person = "tanaka" });
    }

    [Fact]
    public async Task names_the_roles_where_the_role_is_unknown()
    {
        var said = await RunAsync(["--name", "check", "--role", "boss"], null);

        (said.Code, said.Output).Should().Be((2, ""));
        said.Errors.Should().Contain("csirt-lead").And.Contain("admin");
    }

    [Fact]
    public async Task knows_only_people_with_an_account()
    {
        await using var host = await SignInHost.StartAsync(server);

        var said = await RunAsync(["--name=check", "--role=csirt", "--person=nobody", "--data=/x"], host.ConnectionString);

        said.Code.Should().Be(2);
        said.Errors.Should().Contain("nobody");
    }

    [Fact]
    public async Task says_so_where_no_server_runs()
    {
        var said = await RunAsync(["--name", "a", "--role", "csirt", "--data", "/x"], null);

        said.Code.Should().Be(1);
        said.Errors.Should().Contain("/x");
    }

    [Fact]
    public async Task says_so_where_no_server_ever_ran()
    {
        var said = await RunAsync(["--name", "a", "--role", "csirt", "--data", "/x"], await server.CreateDatabaseAsync());

        said.Code.Should().Be(1);
        said.Errors.Should().Contain("sakura up");
    }

    [Theory]
    [InlineData]
    [InlineData("--name")]
    [InlineData("--name", "a", "--colour", "red")]
    [InlineData("--name", "", "--role", "csirt")]
    [InlineData("--na\nme", "a", "--role", "csirt")]
    public async Task explains_its_use(params string[] args)
    {
        var said = await RunAsync(args, null);

        (said.Code, said.Output).Should().Be((2, ""));
        said.Errors.Should().Contain("token create").And.MatchRegex("^[^\n]*\n$");
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string[] args, string? database)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = await TokenCreateVerb.RunAsync(args, _ => database, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
