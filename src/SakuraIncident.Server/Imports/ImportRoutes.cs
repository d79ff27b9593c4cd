namespace SakuraIncident.Server.Imports;

public static class ImportRoutes
{
    public const string Ddl = """
        create table if not exists sakura.imported_row (key bytea primary key);
        """;

    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        foreach (var source in new ImportSource[] { new ServiceNow(), new Veris() })
        {
            routes.MapPost($"/api/imports/{source.Name}", (HttpContext http, ImportRequests requests, CancellationToken c) =>
                requests.RunAsync(http, source, c)).WithTags("imports").WithSummary("取り込み").Produces<ImportAnswer>();
        }
    }
}
