using System.Text;
using System.Text.Json;
using FluentAssertions;
using SakuraIncident.Server.Tests.Roster;

namespace SakuraIncident.Server.Tests.Registers;

/// <summary>情報資産台帳, and what it means for an incident that names an asset.</summary>
public sealed class The_register_of_assets(TestDatabase postgres)
{
    private static readonly byte[] File = System.IO.File.ReadAllBytes(Path.Combine(SakuraHost.Root, "tests", "data", "assets.csv"));
    private static readonly string Text = Encoding.UTF8.GetString(File);

    [Fact]
    public async Task is_taken_once_searched_and_paged()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var api = await server.CallerAsync();

        (await TakeAsync(api, File, "?preview=true")).Ok().GetProperty("new").GetArrayLength().Should().Be(21);
        (await api.GetAsync("/api/assets")).Ok().GetProperty("items").GetArrayLength().Should().Be(0);
        (await TakeAsync(api, CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetBytes(Text))).Ok();
        var again = (await TakeAsync(api, File)).Ok();
        (again.GetProperty("new").GetArrayLength(), again.GetProperty("unchanged").GetInt32()).Should().Be((0, 21));

        Ids(await api.GetAsync("/api/assets?q=" + Uri.EscapeDataString("端末") + "&zone=mynumber")).Should().Equal("JUKI-02", "TAX-017");
        Ids(await api.GetAsync("/api/assets?q=100%25")).Should().BeEmpty("a sign of the pattern is a letter like others");
        var first = (await api.GetAsync("/api/assets?limit=15")).Ok();
        var rest = await api.GetAsync($"/api/assets?limit=15&cursor={first.GetProperty("cursor").GetString()}");
        first.GetProperty("items").GetArrayLength().Should().Be(15);
        Ids(rest).Should().HaveCount(6);
        rest.Json.GetProperty("cursor").ValueKind.Should().Be(JsonValueKind.Null);

        var changed = (await TakeAsync(api, Encoding.UTF8.GetBytes(Text.Replace("ELC-01,選挙人名簿(紙),選挙管理委員会,紙・物理,3A,2,2,選挙管理委員会,,,", "ELC-01,選挙人名簿(紙),選挙管理委員会,紙・物理,3A,2,1,選挙管理委員会,,,", StringComparison.Ordinal)
            .Replace("教育総務課,,,暗号化", "教育総務課,,廃止,", StringComparison.Ordinal)))).Ok();
        changed.GetProperty("changed")[0].GetProperty("fields")[0].GetString().Should().Be("可用性");
        changed.GetProperty("left")[0].GetProperty("id").GetString().Should().Be("USB-012");
        (await server.AuditAsync()).Count(a => a == "assets-changed token:test-admin /api/assets").Should().Be(2);
    }

    [Fact]
    public async Task with_one_bad_line_is_not_taken_and_not_by_everybody()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var api = await server.CallerAsync();

        var refused = await TakeAsync(api, Encoding.UTF8.GetBytes(Text + "X-1,名,市長部局,ＬＧＷＡＮ,3A,2,2,課,,,\nX 2,名,市長部局,LGWAN接続系,4,2,3,課,,,\nJUKI-01,名,市長部局,LGWAN接続系,機密性３Ａ,2,2,課,,,\n"));

        refused.Status.Should().Be(422);
        refused.Json.GetProperty("errors").GetProperty("file").EnumerateArray().Select(e => e.GetString()!.Split(':')[0]).Should()
            .Equal("23行目「領域」", "24行目「資産番号」", "24行目「機密性」", "24行目「可用性」", "25行目「資産番号」");
        Ids(await api.GetAsync("/api/assets")).Should().BeEmpty();
        (await TakeAsync(await server.CallerAsync("csirt", "sato"), File)).Status.Should().Be(403);
        (await (await server.CallerAsync("manager", "nakamura")).GetAsync("/api/assets")).Status.Should().Be(403);
        var clerk = await server.ReaderAsync("manager", "nakamura");
        (await clerk.OpenAsync("/assets")).Should().Be(403);
        clerk.Page.Should().NotContain("href=\"/assets\"");
        (await server.AuditAsync()).Should().Contain("denied sato /api/assets").And.Contain("denied nakamura /assets");
    }

    [Fact]
    public async Task gives_an_incident_its_zone_body_and_class_for_ever()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var api = await server.CallerAsync();
        (await TakeAsync(api, File)).Ok();

        var opened = await OpenAsync(api, "water", ["浄水場監視制御装置", "wtr-01", "机"]);
        opened.GetProperty("assets").EnumerateArray().Select(a => a.GetString()).Should().Equal("浄水場監視制御装置", "wtr-01", "机");
        opened.GetProperty("classifiedAssets").EnumerateArray().Select(a => a.GetProperty("id").GetString()).Should().Equal("WTR-01", "WTR-02");
        opened.GetProperty("body").GetString().Should().Be("public-enterprise");
        opened.GetProperty("zones").EnumerateArray().Select(z => z.GetString()).Should().Equal("lgwan", "paper");

        var unknown = await OpenAsync(api, "desk", ["机"]);
        var citizens = await OpenAsync(api, "citizens", ["JUKI-01"]);
        unknown.GetProperty("severity").GetString().Should().Be("low", "that of the playbook");
        (citizens.GetProperty("severity").GetString(), citizens.GetProperty("zone").GetString()).Should().Be(("high", "mynumber"));
        (await api.PostAsync("/api/incidents", new { title = "低く", category = "system-failure", assets = new[] { "JUKI-01" }, severity = "low" })).Code.Should().Be("severity-below-rule");

        (await TakeAsync(api, Encoding.UTF8.GetBytes(Text.Replace("マイナンバー利用事務系,3A", "インターネット接続系,1", StringComparison.Ordinal)))).Ok();
        var later = (await api.GetAsync($"/api/incidents/{citizens.GetProperty("id").GetString()}?version=1")).Ok();
        later.GetProperty("classifiedAssets")[0].GetProperty("confidentiality").GetString().Should().Be("3A", "the register changed, the record did not");
        (await OpenAsync(api, "now", ["JUKI-01"])).GetProperty("severity").GetString().Should().NotBe("high");
    }

    [Fact]
    public async Task is_a_page_with_a_search_and_an_upload()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var admin = await server.ReaderAsync();
        (await admin.OpenAsync("/assets")).Should().Be(200);
        admin.Text.Should().Contain("台帳はまだ空です");

        (await admin.UploadAsync("assets", "file", "台帳.csv", File)).Should().Be(200);
        admin.Text.Should().Contain("新しい情報資産 21件").And.Contain("JUKI-01 住民記録システム");
        (await admin.UploadAsync("take", "none", "none", [])).Should().Be(200);
        admin.Text.Should().Contain("取り込みました");

        await admin.OpenAsync("/assets?q=" + Uri.EscapeDataString("水道"));
        admin.Text.Should().Contain("WTR-01 水道料金システム 地方公営企業 LGWAN接続系 3B 2 2 水道課").And.NotContain("JUKI-01");
        var auditor = await server.ReaderAsync("auditor", "saito");
        (await auditor.OpenAsync("/assets")).Should().Be(200);
        auditor.Has("assets").Should().BeFalse();
        (await auditor.OpenAsync("/roster")).Should().Be(200);
        auditor.Page.Should().Contain("href=\"/assets\"");
    }

    private static Task<ApiReply> TakeAsync(ApiCaller api, byte[] file, string query = "") => api.PostRawAsync("/api/assets" + query, file, "text/csv");

    private static IEnumerable<string?> Ids(ApiReply list) => list.Ok().GetProperty("items").EnumerateArray().Select(a => a.GetProperty("id").GetString());

    private static async Task<JsonElement> OpenAsync(ApiCaller api, string title, string[] assets) =>
        (await api.PostAsync("/api/incidents", new { title, category = "system-failure", assets })).Ok(201);
}
