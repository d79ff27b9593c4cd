using System.Net;
using SakuraIncident.Client.Shapes;

namespace SakuraIncident.Client;

/// <summary>The server was reached and said no.</summary>
public sealed class RefusedException(HttpStatusCode status, Problem problem, string json)
    : Exception(Sentence(status, problem))
{
    public HttpStatusCode Status { get; } = status;

    public Problem Problem { get; } = problem;

    /// <summary>The body, verbatim.</summary>
    public string Json { get; } = json;

    private static string Sentence(HttpStatusCode status, Problem problem)
    {
        var sentence = problem.Detail ?? problem.Title ?? $"サーバーが要求を断りました ({(int)status})。";
        if (problem.Errors is not { Count: > 0 } errors) return sentence;

        var said = errors.Select(e => $"{e.Key}: {string.Join(" ", e.Value)}");
        return $"{sentence} ({string.Join(" / ", said)})";
    }
}

/// <summary>No answer came from the server, after all attempts.</summary>
public sealed class UnreachableException(Uri server, Exception? inner)
    : Exception($"サーバー {server.GetLeftPart(UriPartial.Authority)} に接続できません。", inner);
