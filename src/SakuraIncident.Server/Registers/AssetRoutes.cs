using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;

namespace SakuraIncident.Server.Registers;

/// <summary>情報資産台帳: read by those who read all, changed by those who set up the system.</summary>
public static class AssetRoutes
{
    private const int MostItems = 200;
    private const int UsualItems = 50;

    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        var assets = routes.MapGroup("/api/assets").WithTags("assets");
        assets.MapGet("", ListAsync).WithSummary("情報資産台帳")
            .Reads(
                ApiParameter.Text("q", "Text in id, name, owner or contractor."),
                ApiParameter.OneOf("zone", Vocabulary.Zones.Select(z => z.Id), "Those of this zone."), ApiParameter.Cursor, ApiParameter.Limit(UsualItems, MostItems))
            .Produces<ItemsPage<Asset>>().Refuses(400, 403, 422);
        assets.MapPost("", TakeAsync).DescribeCsv<AssetChanges>("情報資産台帳を取り込む");
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, string? q, string? zone, string? cursor, int? limit, AssetBook book, AuditLog audit, CancellationToken cancellation)
    {
        if (!Authority.ReadsAll(http.Signed())) return await audit.ForbidAsync(http, cancellation);
        if (limit is < 1 or > MostItems) return Problems.Invalid("limit", $"「limit」は1から{MostItems}までです。");
        if (zone is not null && !Vocabulary.Knows(Vocabulary.Zones, zone)) return Problems.Invalid("zone", "「zone」の値は使えません。");
        if (q?.Any(char.IsControl) == true || cursor?.Any(char.IsControl) == true) return Problems.Invalid("q", "「q」に制御文字は使えません。");
        var most = limit ?? UsualItems;
        var found = await book.ListAsync(string.IsNullOrWhiteSpace(q) ? null : q.Trim(), zone, cursor, most + 1, cancellation);
        return Results.Json(new ItemsPage<Asset>([.. found.Take(most)], found.Count > most ? found[most - 1].Id : null), ApiJson.Options);
    }

    private static async Task<IResult> TakeAsync(
        HttpContext http, bool? preview, AssetBook book, InFlight inFlight, AuditLog audit, CancellationToken cancellation)
    {
        var by = http.Signed();
        if (!Authority.MayAdminister(by)) return await audit.ForbidAsync(http, cancellation);
        var body = await CsvBody.ReadAsync(http.Request, cancellation);
        if (body.Problem is not null) return body.Problem;
        return await inFlight.WithKeyAsync(http, body.File, async key =>
        {
            var taken = await book.TakeAsync(body.File, by.Actor, key, preview == true, cancellation);
            if (taken is AssetsTaken.Told { HasChanged: true }) await audit.AssetsChangedAsync(by, http, cancellation);
            return taken switch
            {
                AssetsTaken.Told told => Results.Text(told.Json, "application/json"),
                AssetsTaken.Faulty faulty => Problems.Invalid(CsvBody.Fault([.. faulty.Reasons])),
                _ => Problems.KeyReused(),
            };
        });
    }
}
