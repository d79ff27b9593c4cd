using Microsoft.AspNetCore.Mvc;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Server.Incidents;

namespace SakuraIncident.Server.Http;

/// <summary>Problems of RFC 9457 with a stable <c>code</c>, a Japanese title and detail, and <c>errors</c> by field.</summary>
public static class Problems
{
    public static IResult Of(int status, string code, string title, string detail, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail, Type = $"urn:sakura-incident:problem:{code}" };
        problem.Extensions["code"] = code;
        if (errors is not null) problem.Extensions["errors"] = errors;
        return Results.Json(problem, ApiJson.Options, "application/problem+json", status);
    }

    public static IResult NotFound() =>
        Of(404, "not-found", "見つかりません", "指定されたものが見つからないか、閲覧する権限がありません。番号を確かめてください。");

    public static IResult WrongContentType() =>
        Of(415, "wrong-content-type", "内容の形式が違います", "Content-Type は application/json にしてください。");

    /// <summary>Of a page: what was sent is no form.</summary>
    public static IResult NotAForm() => Of(415, "wrong-content-type", "内容の形式が違います", "フォームで送ってください。");

    public static IResult BadKey() => Of(422, "bad-key", "入力に誤りがあります", "Idempotency-Key は1文字以上255文字以内にしてください。");

    /// <summary>The first request with the same key is still under way.</summary>
    public static IResult UnderWay(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return Of(409, "in-flight", "処理中です", "同じ Idempotency-Key の要求を処理しています。少し待って、もう一度送ってください。");
    }

    public static IResult Forbidden() =>
        Of(403, "not-allowed", "権限がありません", "この操作をする権限がありません。必要なときは、CSIRTに依頼してください。");

    public static IResult Stale(int version) => Of(
        412, "stale-version", "内容が更新されています",
        $"表示していた内容は古くなっています(現在の版は {version} です)。最新の内容を確かめてから、もう一度操作してください。何も変更していません。");

    public static IResult KeyReused() => Of(
        422, "key-reused", "同じ Idempotency-Key が別の内容に使われました", "この Idempotency-Key は、別の内容の要求に使われています。新しいキーで送ってください。");

    public static IResult Invalid(IReadOnlyDictionary<string, string[]> errors) => Of(
        422, "invalid", "入力に誤りがあります", string.Join("", errors.SelectMany(e => e.Value)), errors);

    public static IResult Invalid(string field, string reason) => Invalid(new Dictionary<string, string[]> { [field] = [reason] });

    public static IResult Of(Refused refused) => refused.Kind switch
    {
        RefusalKind.Unknown => Of(404, refused.Code, "見つかりません", refused.Reason),
        RefusalKind.Conflict => Of(409, refused.Code, "いまはできません", refused.Reason),
        RefusalKind.Forbidden => Of(403, refused.Code, "権限がありません", refused.Reason),
        _ => Of(422, refused.Code, "入力に誤りがあります", refused.Reason,
            new Dictionary<string, string[]> { [refused.Field ?? ""] = [refused.Reason] }),
    };
}
