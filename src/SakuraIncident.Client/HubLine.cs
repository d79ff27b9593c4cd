using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace SakuraIncident.Client;

/// <summary>
/// One connection to the hub, from its making to its loss. SignalR's own reconnection retries neither the first start, nor a
/// call that failed, nor a close that the server asked for; a new line each time covers all three.
/// </summary>
internal sealed class HubLine<TChange> : IAsyncDisposable
{
    // The server sends a sign of life every 5 s: one that is silent for longer is frozen or cut off.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private readonly HubConnection _hub;
    private readonly Channel<TChange> _changes = Channel.CreateUnbounded<TChange>(new() { SingleReader = true });

    private HubLine(HubConnection hub, string changed)
    {
        _hub = hub;
        _hub.On<TChange>(changed, change => _changes.Writer.TryWrite(change));
        _hub.Closed += _ =>
        {
            _changes.Writer.TryComplete();
            return Task.CompletedTask;
        };
    }

    /// <summary>What was called since the line stands; ends when the line is lost.</summary>
    public IAsyncEnumerable<TChange> Changes(CancellationToken cancel) => _changes.Reader.ReadAllAsync(cancel);

    /// <summary>Connects and asks; null when the server cannot be reached or the answer was lost.</summary>
    /// <exception cref="RefusedException">Not allowed, or unknown.</exception>
    public static async Task<HubLine<TChange>?> Open(
        Uri server, string? token, Action<HttpConnectionOptions>? configure, string changed, CancellationToken cancel)
    {
        var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(server, "/hubs/board"), options =>
            {
                options.AccessTokenProvider = () => Task.FromResult(token);
                configure?.Invoke(options);
            })
            .AddJsonProtocol(o => o.PayloadSerializerOptions = SakuraJson.Default.Options)
            .Build();
        hub.ServerTimeout = Silence;
        var line = new HubLine<TChange>(hub, changed);
        try
        {
            await hub.StartAsync(cancel).ConfigureAwait(false);
            return line;
        }
        catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            await line.DisposeAsync().ConfigureAwait(false);
            throw new RefusedException(
                e.StatusCode.Value, new(null, null, (int)e.StatusCode, "状況ボードを見る権限がありません。", null, null), "");
        }
        catch (Exception e) when (IsLoss(e, cancel))
        {
            await line.DisposeAsync().ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>Null when the answer was lost.</summary>
    /// <exception cref="RefusedException">The hub said no.</exception>
    public async Task<TAnswer?> Ask<TAnswer>(string method, object?[] arguments, CancellationToken cancel) where TAnswer : class
    {
        try
        {
            return await _hub.InvokeCoreAsync<TAnswer>(method, arguments, cancel).ConfigureAwait(false);
        }
        catch (HubException e)
        {
            throw new RefusedException(HttpStatusCode.Forbidden, new(null, null, null, e.Message, null, null), "");
        }
        catch (Exception e) when (IsLoss(e, cancel))
        {
            return null;
        }
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private static bool IsLoss(Exception e, CancellationToken cancel) =>
        !cancel.IsCancellationRequested
        && e is HttpRequestException or IOException or InvalidOperationException or OperationCanceledException
            or System.Net.WebSockets.WebSocketException or TimeoutException or AggregateException;
}
