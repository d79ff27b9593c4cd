using FluentAssertions;

namespace SakuraIncident.Server.Tests;

/// <summary>What the server is told at its start.</summary>
public sealed class The_options_of_the_server
{
    [Theory]
    [InlineData("127.0.0.1", "http://127.0.0.1:5080")]
    [InlineData("0.0.0.0", "http://0.0.0.0:5080")]
    [InlineData("::1", "http://[::1]:5080")]
    [InlineData("localhost", "http://localhost:5080")]
    public void listen_on_an_address(string address, string urls) =>
        ServerOptions.Read(["--listen", address], _ => null).Urls.Should().Be(urls);

    [Theory]
    [InlineData("nonsense")]
    [InlineData("sakura.example.jp")]
    [InlineData("*")]
    [InlineData("+")]
    public void never_open_the_system_to_every_network_by_a_slip(string address) =>
        FluentActions.Invoking(() => ServerOptions.Read(["--listen", address], _ => null)).Should().Throw<FormatException>().WithMessage("*IPアドレス*");

    [Fact]
    public void name_a_database_that_cannot_be_read_and_not_what_it_says() =>
        FluentActions.Invoking(() => ServerOptions.Read([], name => name == "SAKURA_DATABASE" ? "nonsense;Password=himitsu" : null))
            .Should().Throw<FormatException>().Which.Message.Should().Contain("SAKURA_DATABASE").And.NotContain("himitsu");
}
