using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Registers;

namespace SakuraIncident.Server.Pages.Registers;

/// <summary>情報資産台帳 on a page, and its upload.</summary>
public static class AssetPages
{
    public const string UploadPath = "/assets/upload";
    public const int Most = 1000;

    private static readonly UploadView Empty = new("情報資産台帳の取込み", UploadPath, "/assets", AssetList.Columns, [], [], null, Done: false);

    public static void MapAssetPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/assets", ListAsync);
        pages.MapGet(UploadPath, () => Results.LocalRedirect("/assets"));
        pages.MapPost(UploadPath, UploadAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, string? q, string? zone, AssetBook book, FormDoor door, CancellationToken cancellation)
    {
        var by = http.Signed();
        if (!Authority.ReadsAll(by)) return await PageRoutes.ForbiddenAsync(http, "情報資産台帳を見る権限がありません。必要なときは、CSIRTに依頼してください。");
        var text = string.IsNullOrWhiteSpace(q) || q.Any(char.IsControl) ? null : q.Trim();
        var known = Vocabulary.Knows(Vocabulary.Zones, zone) ? zone : null;
        return PageRoutes.Page<AssetsPage>(
            200, ("Found", await book.ListAsync(text, known, null, Most + 1, cancellation)), ("Query", text), ("Zone", known),
            ("Token", Authority.MayAdminister(by) ? door.Fresh(http).Token : null), ("Now", PageRoutes.NowOf(http)), ("User", by.Name));
    }

    private static Task<IResult> UploadAsync(HttpContext http, UploadDoor door, AssetBook book, AuditLog audit, CancellationToken cancellation) =>
        door.RunAsync(http, Empty, async (file, post, preview) =>
        {
            var taken = await book.TakeAsync(file, http.Signed().Actor, RequestKey.Of(http, post.Key, post.Hash), preview, cancellation);
            if (taken is AssetsTaken.Told { HasChanged: true }) await audit.AssetsChangedAsync(http.Signed(), http, cancellation);
            return taken switch
            {
                AssetsTaken.Told told => new UploadOutcome([], told.Changes is null ? [] : Told(told.Changes))
                {
                    Kept = ($"ファイルにない情報資産 {told.Changes?.NotListed.Count}件(そのまま残します)", [.. told.Changes?.NotListed.Select(Name) ?? []]),
                },
                AssetsTaken.Faulty faulty => new UploadOutcome(faulty.Reasons, []),
                _ => new UploadOutcome(["この画面からは既に別のファイルを取り込みました。もう一度ファイルを選んでください。"], []),
            };
        }, cancellation);

    private static IReadOnlyList<(string, IReadOnlyList<string>)> Told(AssetChanges changes)
    {
        var told = UploadOutcome.Headed(
            ($"新しい情報資産 {changes.New.Count}件", changes.New.Select(Name)),
            ($"変わる情報資産 {changes.Changed.Count}件", changes.Changed.Select(c => $"{c.Id} {c.Name}: {string.Join("、", c.Details)}")),
            ($"廃止する情報資産 {changes.Left.Count}件", changes.Left.Select(Name)));
        return told.Count > 0 ? told : UploadOutcome.Headed(("変わること", ["このファイルで変わることはありません。"]));
    }

    private static string Name(AssetName one) => $"{one.Id} {one.Name}";
}
