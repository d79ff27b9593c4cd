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

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> EmptyErrors =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    private static string Sentence(HttpStatusCode status, Problem problem)
    {
        var sentence = problem.Detail ?? problem.Title ?? $"サーバーが要求を断りました ({(int)status})。";
        // The detail often says already what is wrong with each field.
        var more = (problem.Errors ?? EmptyErrors).SelectMany(e => e.Value.Select(reason => (Field: e.Key, Reason: reason)))
            .Where(e => !sentence.Contains(e.Reason, StringComparison.Ordinal))
            .Select(e => e.Field.Length == 0 ? e.Reason : $"{e.Field}: {e.Reason}")
            .ToList();
        return more.Count == 0 ? sentence : $"{sentence} ({string.Join(" / ", more)})";
    }
}

/// <summary>No answer came from the server, after all attempts.</summary>
public sealed class UnreachableException(Uri server, Exception? inner)
    : Exception($"サーバー {server.GetLeftPart(UriPartial.Authority)} に接続できません。", inner);
