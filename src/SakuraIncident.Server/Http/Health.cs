using Npgsql;

namespace SakuraIncident.Server.Http;

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: it can take commands.</summary>
public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("ok")).AllowAnonymous()
            .WithTags("health").WithSummary("動いているか").Produces<string>(200, "text/plain");
        routes.MapGet("/readyz", async (HttpContext http, NpgsqlDataSource database, CancellationToken cancellation) =>
        {
            try
            {
                await using var command = database.CreateCommand("select 1");
                command.CommandTimeout = 3;
                await command.ExecuteScalarAsync(cancellation);
                return Results.Text("ready");
            }
            catch (NpgsqlException)
            {
                http.Response.Headers.RetryAfter = Faults.RetryAfter;
                return Results.Text("database away", statusCode: 503);
            }
        }).AllowAnonymous().WithTags("health").WithSummary("命令を受けられるか").Produces<string>(200, "text/plain").Produces<string>(503, "text/plain");
    }
}
