using System.Text.Json;
using System.Threading.Channels;
using FluentAssertions;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging.Abstractions;
using SakuraIncident.Server.Boards;
using SakuraIncident.Server.Identity;

namespace SakuraIncident.Server.Tests.Boards;

/// <summary>A connection lasts for days; a right may not.</summary>
public sealed class A_watcher
{
    private static readonly StoredRow Row = new(Guid.CreateVersion7(), 1, JsonElement.Parse("{}"), []);

    [Fact]
    public async Task is_told_no_more_once_its_role_is_gone()
    {
        var client = new Client();
        var roles = new HashSet<string> { "csirt" };
        using var watcher = new Watcher(client, () => Signed.Person("sato", "佐藤", roles), () => { }, null!, NullLogger.Instance);
        watcher.JoinBoard();
        watcher.Answered();

        watcher.Tell([new BoardChange(1, Row)], []);
        (await client.Told.Reader.ReadAsync(TestContext.Current.CancellationToken)).Should().Be("BoardChanged");
        roles = [];
        watcher.Tell([new BoardChange(2, Row with { Version = 2 })], []);
        roles = ["csirt"];
        watcher.Tell([new BoardChange(3, Row with { Incident = Guid.CreateVersion7() })], []);

        (await client.Told.Reader.ReadAsync(TestContext.Current.CancellationToken)).Should().Be("BoardChanged");
    }

    [Fact]
    public async Task is_cut_off_once_nobody_is_signed_in_there()
    {
        var cut = new TaskCompletionSource();
        using var watcher = new Watcher(new Client(), () => null, cut.SetResult, null!, NullLogger.Instance);
        watcher.JoinBoard();
        watcher.Answered();

        watcher.Tell([new BoardChange(1, Row)], []);

        await cut.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private sealed class Client : IClientProxy
    {
        public Channel<string> Told { get; } = Channel.CreateUnbounded<string>();

        public Task SendCoreAsync(string method, object?[] args, CancellationToken cancellationToken = default) =>
            Told.Writer.WriteAsync(method, cancellationToken).AsTask();
    }
}
