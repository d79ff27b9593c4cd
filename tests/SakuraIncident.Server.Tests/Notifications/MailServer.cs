using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace SakuraIncident.Server.Tests.Notifications;

/// <summary>
/// A mail server on loopback that speaks as much SMTP as a client needs, takes what it is given, and fails where it is told to.
/// </summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource ended = new();
    private readonly ConcurrentQueue<string> refusals = new();
    private readonly Task accepting;

    /// <param name="port">0: a free one.</param>
    public MailServer(int port = 0)
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Address => $"smtp://127.0.0.1:{Port}";

    public ConcurrentQueue<MimeMessage> Received { get; } = new();

    /// <summary>Recipients as named to the server.</summary>
    public ConcurrentQueue<string> Recipients { get; } = new();

    /// <summary>How often somebody connected.</summary>
    public int Connections { get; private set; }

    /// <summary>Name and password that a client must say; null: none.</summary>
    public (string User, string Password)? Login { get; set; }

    /// <summary>The next recipient is answered by this, such as <c>451 try later</c>.</summary>
    public void RefuseNext(string answer) => refusals.Enqueue(answer);

    /// <summary>A port on which nobody listens.</summary>
    public static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Stop();
        await accepting;
        ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(ended.Token);
                Connections++;
                _ = ConverseAsync(client);
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        try
        {
            using (client)
            await using (var stream = client.GetStream())
            using (var reader = new StreamReader(stream, Encoding.Latin1))
            await using (var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true })
            {
                await writer.WriteLineAsync("220 test ESMTP");
                while (await reader.ReadLineAsync(ended.Token) is { } line)
                {
                    await AnswerAsync(line, reader, writer);
                    if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase)) return;
                }
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException)
        {
            // The client has left.
        }
    }

    private async Task AnswerAsync(string line, StreamReader reader, StreamWriter writer)
    {
        var verb = line.Split(' ', ':')[0].ToUpperInvariant();
        var answer = verb switch
        {
            "EHLO" when Login is not null => "250-test\r\n250 AUTH PLAIN",
            "AUTH" => IsLogin(line) ? "235 welcome" : "535 no",
            "RCPT" when refusals.TryDequeue(out var refusal) => refusal,
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        if (verb == "RCPT" && answer == "250 ok") Recipients.Enqueue(line["RCPT TO:<".Length..].Split('>')[0]);
        await writer.WriteLineAsync(answer);
        if (verb == "DATA")
        {
            Received.Enqueue(await ReadMessageAsync(reader));
            await writer.WriteLineAsync("250 taken");
        }
    }

    private bool IsLogin(string line) =>
        Login is { } login && line == $"AUTH PLAIN {Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{login.User}\0{login.Password}"))}";

    private static async Task<MimeMessage> ReadMessageAsync(StreamReader reader)
    {
        using var text = new MemoryStream();
        while (await reader.ReadLineAsync() is { } line && line != ".")
            text.Write(Encoding.Latin1.GetBytes((line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line) + "\r\n"));
        text.Position = 0;
        return await MimeMessage.LoadAsync(text);
    }
}
