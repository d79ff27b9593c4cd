using System.CommandLine;
using System.Net;
using SakuraIncident.Client;
using SakuraIncident.Client.Shapes;

namespace SakuraIncident.Cli;

/// <summary>What every verb works with: the server, the terminal, the clock; and how its end becomes an exit code.</summary>
internal sealed class Desk(Surroundings surroundings)
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(60);

    public Terminal Terminal { get; } = new(surroundings);

    public TimeProvider Time => surroundings.Time;

    public DateTimeOffset Now => surroundings.Time.GetUtcNow();

    public string? Token => surroundings.Variable("SAKURA_TOKEN") is { Length: > 0 } token ? token.Trim() : null;

    public Uri Server => Uri.TryCreate(surroundings.Variable("SAKURA_URL") is { Length: > 0 } said ? said : "http://127.0.0.1:5080",
        UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        ? uri
        : throw new BadUsageException("SAKURA_URL は http:// か https:// で始まるアドレスにしてください。");

    /// <summary>Gives a command what it does, with a client, and turns every end into an exit code and one line on stderr.</summary>
    public void Act(Command command, Func<ParseResult, SakuraClient, CancellationToken, Task<int>> act) =>
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                if (Token is { } token && !token.All(IsVisible)) throw Unsendable();

                using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
                {
                    BaseAddress = Server,
                    Timeout = LongestAnswer,
                };
                using var client = new SakuraClient(http, Token, Time);
                return await act(parsed, client, cancel).ConfigureAwait(false);
            }
            catch (BadUsageException e)
            {
                return BadUsage(e.Message);
            }
            catch (RefusedException e)
            {
                return Refused(e, AsksForJson(parsed));
            }
            catch (UnreachableException e)
            {
                Terminal.Complain(e.Message);
                return ExitCode.Unreachable;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
        });

    public int BadUsage(string sentence)
    {
        Terminal.Complain(sentence);
        return ExitCode.BadUsage;
    }

    /// <summary>Prints the answer verbatim, or says what was done.</summary>
    public int Say(Answer<IncidentAnswer> answer, bool json, string sentence)
    {
        if (json) Terminal.Line(answer.Json);
        else Terminal.Line($"{answer.Value.Number} {sentence} (版 {answer.Value.Version})");
        return ExitCode.Done;
    }

    // No header can hold it; HttpClient would say that the server cannot be reached.
    private static RefusedException Unsendable() => new(
        HttpStatusCode.Unauthorized,
        new(null, "サインインが必要です", (int)HttpStatusCode.Unauthorized, "SAKURA_TOKEN の値はトークンではありません。", "unauthenticated", null), "");

    private static bool IsVisible(char c) => c is > ' ' and <= '~';

    private static bool AsksForJson(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.OfType<Option<bool>>().FirstOrDefault(o => o.Name == Options.JsonName) is { } json
        && parsed.GetValue(json);

    private int Refused(RefusedException e, bool json)
    {
        var hint = e.Status == HttpStatusCode.Unauthorized && Token is null ? " 環境変数 SAKURA_TOKEN にトークンを入れてください。" : "";
        Terminal.Complain(json ? e.Line() : e.Message + hint);
        // A gateway's word for a server that is away, and the server's own for its database.
        return e.Status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout
            ? ExitCode.Unreachable
            : ExitCode.Refused;
    }
}

/// <summary>The arguments cannot be used.</summary>
internal sealed class BadUsageException(string sentence) : Exception(sentence);
