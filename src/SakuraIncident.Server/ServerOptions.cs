using System.Globalization;
using System.Net;
using Npgsql;

namespace SakuraIncident.Server;

/// <summary>What the server is told at its start: words of the command line, then the environment.</summary>
/// <param name="Database">A connection string; null: a private PostgreSQL under <paramref name="Data"/>.</param>
public sealed record ServerOptions(string Listen, int Port, string Data, string Playbooks, string? Database, bool Demo)
{
    public string Urls => string.Create(CultureInfo.InvariantCulture, $"http://{(Listen.Contains(':') ? $"[{Listen}]" : Listen)}:{Port}");

    /// <exception cref="FormatException">A word is not known or its value is unusable; the message is for the person.</exception>
    public static ServerOptions Read(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var options = new ServerOptions(
            "127.0.0.1", 5080, environment("SAKURA_DATA") ?? "data", environment("SAKURA_PLAYBOOKS") ?? "playbooks",
            environment("SAKURA_DATABASE") is { Length: > 0 } database ? database : null, false);
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--demo")
            {
                options = options with { Demo = true };
                continue;
            }
            var (name, value) = args[i].IndexOf('=') is > 0 and var at ? (args[i][..at], args[i][(at + 1)..]) : (args[i], ++i < args.Count ? args[i] : null);
            options = name switch
            {
                _ when string.IsNullOrEmpty(value) => throw new FormatException($"「{name}」には値が要ります。"),
                "--port" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 =>
                    options with { Port = port },
                "--port" => throw new FormatException("--port は1から65535までの数です。"),
                // Kestrel takes any other name for all interfaces: a slip of the pen must not open the system to the network.
                "--listen" when value == "localhost" || IPAddress.TryParse(value, out _) => options with { Listen = value },
                "--listen" => throw new FormatException($"--listen「{value}」は、IPアドレス(127.0.0.1 など)か localhost ではありません。"),
                "--data" => options with { Data = value },
                "--playbooks" => options with { Playbooks = value },
                _ => throw new FormatException($"「{name}」という指定はありません。使えるのは --port --listen --data --playbooks --demo です。"),
            };
        }
        try
        {
            _ = new NpgsqlConnectionStringBuilder(options.Database);
        }
        catch (ArgumentException unusable)
        {
            throw new FormatException("SAKURA_DATABASE を接続文字列として読めません(例: Host=db;Database=sakura;Username=sakura)。", unusable); // no word of its value: it may hold a password
        }
        return options;
    }
}
