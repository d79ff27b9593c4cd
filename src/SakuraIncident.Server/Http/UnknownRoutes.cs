namespace SakuraIncident.Server.Http;

/// <summary>What a program gets at an address or with a method that is none: a problem like every other. Pages are not concerned.</summary>
public static class UnknownRoutes
{
    private static readonly string[] ForPrograms = ["/api", "/hubs", "/openapi"];

    /// <summary>Gives the answers that routing leaves empty their problem.</summary>
    public static void UseProblemsForPrograms(this WebApplication app) => app.UseStatusCodePages(context =>
    {
        var http = context.HttpContext;
        return IsForProgram(http.Request) ? Of(http.Response.StatusCode).ExecuteAsync(http) : Task.CompletedTask;
    });

    private static bool IsForProgram(HttpRequest request) =>
        ForPrograms.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    private static IResult Of(int status) => status switch
    {
        404 => Problems.NotFound(),
        405 => Problems.Of(405, "method-not-allowed", "この操作はできません", "このアドレスでは、このメソッドを使えません。"),
        415 => Problems.WrongContentType(),
        _ => Problems.Of(status, "bad-request", "要求を読めません", "要求の形式が正しくありません。"),
    };
}
