using SakuraIncident.Server.Http;

namespace SakuraIncident.Server.Imports;

/// <summary>Rows of a foreign log, in the file's order.</summary>
/// <param name="Columns">The names in the file's first line.</param>
public sealed record ImportBatchRequest(IReadOnlyList<string> Columns, IReadOnlyList<ImportRow> Rows);

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
                requests.RunAsync(http, source, c)).WithTags("imports").WithSummary("取り込み")
                .Takes(new ApiBody("application/json", typeof(ImportBatchRequest))).Produces<ImportAnswer>().Refuses(403);
        }
    }
}
