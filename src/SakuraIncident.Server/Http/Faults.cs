using Marten.Exceptions;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace SakuraIncident.Server.Http;

/// <summary>What goes wrong outside of anybody's request: the database away is 503 with Retry-After, all else 500; nothing of it is shown.</summary>
public sealed class Faults(ILogger<Faults> log) : IExceptionHandler
{
    /// <summary>Seconds after which a database that is away may be back.</summary>
    public const string RetryAfter = "2";

    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && http.RequestAborted.IsCancellationRequested) return true;
        if (exception is BadHttpRequestException bad)
        {
            await Problems.Of(bad.StatusCode, "bad-request", "要求を読めません", "要求の形式が正しくありません。").ExecuteAsync(http);
            return true;
        }
        if (IsDatabaseAway(exception))
        {
            log.LogWarning("データベースに接続できません: {Kind}", exception.GetBaseException().GetType().Name);
            http.Response.Headers.RetryAfter = RetryAfter;
            await Problems.Of(
                503, "database-away", "一時的に利用できません",
                "データベースに接続できません。入力した内容は保存されていません。数秒待って、もう一度送ってください。").ExecuteAsync(http);
            return true;
        }
        // The message of an exception may hold what a person wrote; the type and the place do not.
        log.LogError("予期しない誤り {Kind} ({Path}): {Where}", exception.GetType().FullName, http.Request.Path, exception.StackTrace);
        await Problems.Of(500, "unexpected", "処理できませんでした", "予期しない誤りが起きました。もう一度試しても同じときは、システム管理者に連絡してください。").ExecuteAsync(http);
        return true;
    }

    /// <summary>No connection, or one that broke or is being shut down, however deeply it is wrapped.</summary>
    public static bool IsDatabaseAway(Exception exception) => exception switch
    {
        PostgresException refused => refused.SqlState.StartsWith("57P", StringComparison.Ordinal) || refused.SqlState.StartsWith("08", StringComparison.Ordinal)
            || refused.SqlState is PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ReadOnlySqlTransaction
                or PostgresErrorCodes.ObjectNotInPrerequisiteState or PostgresErrorCodes.InvalidCatalogName,
        NpgsqlException => true,
        TimeoutException or System.Net.Sockets.SocketException or ObjectDisposedException { ObjectName: "NpgsqlConnection" } => true,
        MartenCommandException { InnerException: { } inner } => IsDatabaseAway(inner),
        _ => exception.InnerException is { } cause && IsDatabaseAway(cause),
    };
}
