using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FluentAssertions;
using SakuraIncident.Cli;

namespace SakuraIncident.Server.Tests.Roster;

/// <summary>職員名簿 on the real host: by the API, the command line and the form.</summary>
public sealed class Importing_staff(TestDatabase postgres)
{
    private const string Two = "職員番号,氏名,機関,所属,職,メール,状態\n1001,青木 渚,教育委員会,学校教育課,主事,aoki@city.example.jp,\nsato,佐藤 健,市長部局,総合政策部 デジタル推進課,課長補佐,sato@city.sakura.example.jp,\n";

    [Fact]
    public async Task takes_all_of_a_file_once_and_takes_nobody_off_who_is_not_named()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var api = await server.CallerAsync();

        var seen = (await SendAsync(api, Two, preview: true)).Ok();
        Names(seen, "new").Should().Equal("1001");
        seen.GetProperty("changed")[0].GetProperty("fields").EnumerateArray().Select(f => f.GetString()).Should().Equal("職");
        Names(seen, "notListed").Should().Contain("suzuki").And.NotContain("vendor-systems");
        server.Plans.Roster.People.Should().NotContainKey("1001", "it was only looked at");

        (await SendAsync(api, Two)).Ok().GetProperty("preview").GetBoolean().Should().BeFalse();
        server.Plans.Roster.People["1001"].Channels.Select(c => c.Kind).Should().Equal("product", "mail");
        server.Plans.Roster.People["sato"].Post.Should().Be("課長補佐");
        server.Plans.Roster.People["sato"].Channels.Select(c => c.Kind).Should().Equal("product", "mail", "phone");
        server.Plans.Roster.People.Should().ContainKey("suzuki");

        var again = (await SendAsync(api, Two)).Ok();
        (again.GetProperty("new").GetArrayLength(), again.GetProperty("changed").GetArrayLength(), again.GetProperty("unchanged").GetInt32()).Should().Be((0, 0, 2));
        (await server.AuditAsync()).Count(a => a == "roster-changed token:test-admin /api/roster/staff").Should().Be(1);

        await SendFormAsync(api, CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetBytes(Two.Replace("課長補佐", "主幹", StringComparison.Ordinal)));
        server.Plans.Roster.People["sato"].Post.Should().Be("主幹");
        await using var later = await RosterServer.OnAsync(server.Database);
        later.Plans.Roster.People["1001"].Name.Should().Be("青木 渚", "a restart keeps it");
    }

    [Fact]
    public async Task one_who_has_left_is_let_in_no_more_and_keeps_his_name()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var api = await server.CallerAsync();
        var sato = await server.CallerAsync("csirt", "sato");
        (await sato.GetAsync("/api/roster")).Ok();

        var left = (await SendAsync(api, "職員番号,氏名,機関,所属,職,状態\nsato,佐藤 健,市長部局,課,職,退職\n")).Ok();

        Names(left, "left").Should().Equal("sato");
        left.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()).Should().Contain(w => w!.Contains("CSIRT要員", StringComparison.Ordinal));
        (await sato.GetAsync("/api/roster")).Status.Should().Be(401);
        server.Plans.Roster.NameOf("sato").Should().Be("佐藤 健");
        (await api.CalledAsync("csirt", "2026-12-02T12:00:00+09:00")).Should().NotContain("sato");

        (await SendAsync(api, "職員番号,氏名,機関,所属,職\nsato,佐藤 健,市長部局,課,再任用\n")).Ok();
        (await sato.GetAsync("/api/roster")).Ok();
    }

    [Fact]
    public async Task one_bad_line_and_nothing_is_taken_and_others_may_not()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var api = await server.CallerAsync();

        var refused = await SendAsync(api, Two + "1002,,教育委員会,課,職,,\n1003,名,魔法省,課,職,,\n");

        refused.Status.Should().Be(422);
        refused.Json.GetProperty("errors").GetProperty("file").EnumerateArray().Select(e => e.GetString()).Should()
            .HaveCount(2).And.Contain("4行目「氏名」: 記入してください。");
        server.Plans.Roster.People.Should().NotContainKey("1001");
        (await api.PostRawAsync("/api/roster/staff", "{}"u8.ToArray())).Code.Should().Be("wrong-content-type");
        (await api.PostRawAsync("/api/roster/staff", new byte[3 * 1024 * 1024], "text/csv")).Status.Should().Be(413);
        (await SendAsync(await server.CallerAsync("csirt", "sato"), Two)).Status.Should().Be(403);
        (await server.AuditAsync()).Should().Contain("denied sato /api/roster/staff");
    }

    [Fact]
    public async Task the_command_says_what_changes_and_names_each_bad_line()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var token = (await server.CallerAsync()).Http.DefaultRequestHeaders.Authorization!.Parameter!;
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Two);

        (await RunAsync(server, token, "import", "staff", file, "--preview")).Should().Be((0, "staff: 新規 1人、変更 1人、終了 0人、変わらない 0人、ファイルにない 28人。まだ取り込んでいません。\n", ""));
        (await RunAsync(server, token, "import", "staff", file)).Code.Should().Be(0);
        (await RunAsync(server, token, "import", "staff", file)).Out.Should().StartWith("staff: 新規 0人、変更 0人、終了 0人、変わらない 2人");
        await File.WriteAllTextAsync(file, Two + "1002,,教育委員会,課,職,,\n");
        (await RunAsync(server, token, "import", "staff", file)).Should().Be((1, "", "4行目「氏名」: 記入してください。\n何も取り込んでいません。\n"));
        (await RunAsync(server, token, "import", "staff", file + "-no")).Code.Should().Be(2);
        File.Delete(file);
    }

    [Fact]
    public async Task the_form_shows_what_changes_before_it_is_taken()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var admin = await server.ReaderAsync();
        await admin.OpenAsync("/roster");

        (await admin.UploadAsync("staff", "file", "名簿.csv", Encoding.UTF8.GetBytes(Two + "x,,,,,,\n"))).Should().Be(422);
        admin.Text.Should().Contain("取り込んでいません").And.Contain("4行目「氏名」");
        (await admin.UploadAsync("upload", "file", "名簿.csv", Encoding.UTF8.GetBytes(Two))).Should().Be(200);
        admin.Text.Should().Contain("新しい職員 1人").And.Contain("青木 渚(1001)").And.Contain("佐藤 健(sato): 職: 情報セキュリティ係長 → 課長補佐");
        server.Plans.Roster.People.Should().NotContainKey("1001");
        (await admin.UploadAsync("take", "none", "none", [])).Should().Be(200);
        admin.Text.Should().Contain("取り込みました");
        server.Plans.Roster.People.Should().ContainKey("1001");

        var clerk = await server.ReaderAsync("csirt", "sato");
        await clerk.OpenAsync("/roster");
        clerk.Has("staff").Should().BeFalse();
    }

    private static IEnumerable<string?> Names(JsonElement changes, string list) => changes.GetProperty(list).EnumerateArray().Select(p => p.GetProperty("person").GetString());

    private static Task<ApiReply> SendAsync(ApiCaller api, string text, bool preview = false) =>
        api.PostRawAsync("/api/roster/staff" + (preview ? "?preview=true" : ""), Encoding.UTF8.GetBytes(text), "text/csv; charset=utf-8");

    private static async Task SendFormAsync(ApiCaller api, byte[] file)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } }, "file", "名簿.csv" } };
        using var answer = await api.Http.PostAsync("/api/roster/staff", form);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<(int Code, string Out, string Error)> RunAsync(RosterServer server, string token, params string[] line)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var code = await Sakura.Run(line, new Surroundings(
            output, error, Interactive: false, ErrorInteractive: false,
            name => name switch { "SAKURA_URL" => server.Address.ToString(), "SAKURA_TOKEN" => token, _ => null }, TimeProvider.System));
        return (code, output.ToString(), error.ToString());
    }
}
