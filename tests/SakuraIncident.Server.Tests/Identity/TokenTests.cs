using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SakuraIncident.Server.Identity;

namespace SakuraIncident.Server.Tests.Identity;

public sealed class A_token(TestDatabase server) : IAsyncLifetime
{
    private SignInHost host = null!;

    private Tokens Tokens => host.Services.GetRequiredService<Tokens>();

    public async ValueTask InitializeAsync() => host = await SignInHost.StartAsync(server);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task has_the_role_it_was_made_with() =>
        (await WhoAsync(await Tokens.CreateAsync("alerts", "csirt-lead", null))).Should().Be("Token token:alerts alerts csirt-lead");

    [Fact]
    public async Task acts_for_its_person() =>
        (await WhoAsync(await Tokens.CreateAsync("phone", "csirt", "suzuki"))).Should().Be("Token suzuki 鈴木 花子 csirt");

    [Theory]
    [InlineData("sakura_")]
    [InlineData("sakura_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("sakura_%%%")]
    [InlineData("something else")]
    [InlineData("")]
    public async Task that_is_unknown_or_no_token_at_all_is_refused(string token) =>
        (await GetAsync("/api/who", token)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task that_is_wrong_beats_a_cookie_that_is_right()
    {
        await SignInHost.SignInAsync(host.Client, "tanaka", host.Passwords["tanaka"]);

        (await GetAsync("/api/who", "sakura_wrong")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task may_stand_in_the_query_of_a_hub_and_nowhere_else()
    {
        var token = await Tokens.CreateAsync("board", "csirt", null);

        (await host.Client.GetAsync($"/hubs/board?access_token={token}")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await host.Client.GetAsync($"/api/who?access_token={token}")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task that_was_revoked_is_refused()
    {
        var token = await Tokens.CreateAsync("old", "admin", null);
        await SignInHost.ExecuteAsync(host.ConnectionString, "update sakura.token set revoked_at = now()");

        (await Tokens.FindAsync(token, CancellationToken.None)).Should().BeNull();
    }

    [Fact]
    public async Task is_kept_as_the_hash_of_its_random_bytes_alone()
    {
        var token = await Tokens.CreateAsync("once", "admin", null);

        await using var command = host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select hash from sakura.token");
        var hash = (byte[])(await command.ExecuteScalarAsync())!;
        hash.Should().Equal(SHA256.HashData(Base64Url.DecodeFromChars(token.AsSpan(Tokens.Prefix.Length))));
    }

    [Fact]
    public async Task does_not_make_health_depend_on_the_database()
    {
        var token = await Tokens.CreateAsync("monitor", "admin", null);
        await server.CutAsync(host.ConnectionString);

        (await GetAsync("/healthz", token)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private async Task<string> WhoAsync(string token) => await (await GetAsync("/api/who", token)).Content.ReadAsStringAsync();

    private async Task<HttpResponseMessage> GetAsync(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return await host.Client.SendAsync(request);
    }
}
