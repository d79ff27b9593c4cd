using Microsoft.AspNetCore.Mvc;

namespace SakuraIncident.Server.Identity;

/// <summary>What one gets who is not signed in: a browser the sign-in page, a program a problem with status 401.</summary>
public static class Challenge
{
    private static readonly string[] ForPrograms = ["/api", "/hubs", "/v2", "/metrics", "/openapi"];

    public static Task AnswerAsync(HttpContext http)
    {
        if (!IsForPerson(http.Request)) return Unauthenticated(http.Response);
        http.Response.Redirect($"/sign-in?returnUrl={Uri.EscapeDataString(ReturnUrl.Safe(PageOf(http.Request)))}");
        return Task.CompletedTask;
    }

    /// <summary>Somebody is signed in, and may not enter.</summary>
    public static Task RefuseAsync(HttpContext http) => WriteAsync(
        http.Response, StatusCodes.Status403Forbidden, "not-allowed", "権限がありません", "この操作をする権限がありません。必要なときは、CSIRTに依頼してください。");

    private static Task Unauthenticated(HttpResponse response)
    {
        response.Headers.WWWAuthenticate = "Bearer";
        return WriteAsync(
            response, StatusCodes.Status401Unauthorized, "unauthenticated", "サインインが必要です",
            "サインインしていないか、トークンが正しくありません。サインインし直すか、有効なトークンを送ってください。");
    }

    private static Task WriteAsync(HttpResponse response, int status, string code, string title, string detail)
    {
        response.StatusCode = status;
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail, Type = $"urn:sakura-incident:problem:{code}" };
        problem.Extensions["code"] = code;
        return response.WriteAsJsonAsync(problem, options: null, "application/problem+json");
    }

    private static bool IsForPerson(HttpRequest request)
    {
        if (ForPrograms.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))) return false;
        if (request.Headers.Authorization.Count > 0) return false;
        // A page's script that fetches a fragment must not be given the sign-in page in its place.
        var mode = request.Headers["Sec-Fetch-Mode"].ToString();
        return mode.Length == 0 || mode == "navigate";
    }

    /// <summary>The page to come back to: for a form that was sent the page that it stands on.</summary>
    private static string? PageOf(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return request.Path + request.QueryString;
        return Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var referer) && referer.Authority == request.Host.Value
            ? referer.PathAndQuery
            : null;
    }
}
