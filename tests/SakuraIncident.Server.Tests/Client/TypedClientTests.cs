using System.Net;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using SakuraIncident.Client;
using SakuraIncident.Client.Shapes;
using SakuraIncident.Server.Identity;

namespace SakuraIncident.Server.Tests.Client;

/// <summary>The typed client on the real server.</summary>
public sealed class The_typed_client(SakuraHost host, TestDatabase postgres)
{
    [Fact]
    public async Task reads_what_it_opened()
    {
        using var client = await ClientAsync();

        var opened = await client.Open(new("端末が暗号化された", "ransomware", Zones: ["lgwan"]));
        var read = await client.Get(opened.Value.Number);

        opened.Value.Severity.Should().Be(Severity.Critical);
        opened.Value.Pages.Should().Contain(p => p.State == PageState.Calling);
        read.Json.Should().Be(opened.Json);
        read.ETag.Should().Be($"\"{opened.Value.Version}\"");
        (await client.List(new(Category: "ransomware", Open: true), limit: 200)).Value.Items.Should().Contain(i => i.Id == opened.Value.Id);
    }

    [Fact]
    public async Task shows_the_past_by_version()
    {
        using var client = await ClientAsync();
        var opened = await client.Open(new("紛失", "lost-or-stolen"));
        await client.Note(opened.Value.Id, new("USBメモリ"));

        (await client.Get(opened.Value.Id, version: opened.Value.Version)).Json.Should().Be(opened.Json);
    }

    [Fact]
    public async Task says_why_it_was_refused()
    {
        using var client = await ClientAsync();
        var opened = await client.Open(new("紛失", "lost-or-stolen"));
        await client.Note(opened.Value.Id, new("一つ目"));

        var stale = () => client.Note(opened.Value.Id, new("二つ目"), new(IfMatch: opened.Value.Version));
        var wrong = () => client.Open(new("題名", "earthquake"));

        (await stale.Should().ThrowAsync<RefusedException>()).Which.Status.Should().Be(HttpStatusCode.PreconditionFailed);
        var refused = (await wrong.Should().ThrowAsync<RefusedException>()).Which;
        refused.Problem.Code.Should().Be("invalid");
        refused.Problem.Errors.Should().ContainKey("category");
        refused.Message.Should().Contain("earthquake").And.NotContain("\n");
    }

    [Fact]
    public async Task gets_the_first_answer_again_with_the_same_key()
    {
        using var client = await ClientAsync();
        var options = new CallOptions(IdempotencyKey: Guid.NewGuid().ToString());

        var first = await client.Open(new("誤送信", "misdirected"), options);
        var again = await client.Open(new("誤送信", "misdirected"), options);

        again.Json.Should().Be(first.Json);
    }

    [Fact]
    public async Task does_once_what_it_had_to_send_again_while_the_database_was_away()
    {
        var database = await postgres.CreateDatabaseAsync();
        var (app, address) = await SakuraHost.StartAsync(database);
        await using var running = app;
        using var client = new SakuraClient(address, await app.Services.GetRequiredService<Tokens>().CreateAsync("t", "admin", null));
        var opened = await client.Open(new("誤送信", "misdirected"));

        await postgres.CutAsync(database);
        var noting = client.Note(opened.Value.Id, new("データベースが止まっていた間の記録"));
        await postgres.RestoreAsync(database);
        await noting;

        var notes = new List<EventItem>();
        await foreach (var item in client.AllEvents(opened.Value.Id))
            if (item.Type == "NoteAdded") notes.Add(item);
        notes.Should().ContainSingle();
        await app.StopAsync();
    }

    [Fact]
    public async Task says_that_no_server_is_there()
    {
        using var client = new SakuraClient(new Uri("http://127.0.0.1:1"), "token");

        var call = () => client.Board();

        await call.Should().ThrowAsync<UnreachableException>();
    }

    private async Task<SakuraClient> ClientAsync() => new(host.Address, await host.TokenAsync("admin"));
}
