using System.Text.Json;
using Microsoft.Playwright;
using SakuraIncident.Tests;

namespace SakuraIncident.Browser.Tests;

/// <summary>What is going on in the shared city: incidents in every state that a page shows. Numbers such as <c>R8-0001</c>.</summary>
/// <param name="OnDuty">Is called first, has answered for <paramref name="Open"/>, and not yet for <paramref name="Waiting"/>.</param>
/// <param name="Reporter">Reported <paramref name="Waiting"/>, and may see nothing else.</param>
public sealed record Scenes(string OnDuty, string Reporter, string Open, string Waiting, string Unanswered, string Drill, string Closed)
{
    private const string LongWord = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    public static async Task<Scenes> PlayAsync(City city)
    {
        var server = city.Server;
        await server.PostCsvAsync("api/assets", await File.ReadAllBytesAsync(Path.Combine(RunningServer.Root, "tests", "data", "assets.csv")));
        var open = await OpenAsync(server, new
        {
            title = "税務課端末でのランサムウェア感染の疑い(窓口端末3台と共有フォルダ)",
            category = "ransomware",
            zones = new[] { "lgwan", "mynumber" },
            summary = "ファイルが開けず、脅迫文が表示された。",
            assets = new[] { "TAX-017", $"sha256:{LongWord}" },
            occurredAt = DateTimeOffset.UtcNow.AddHours(-2),
        });
        var (number, path) = Of(open);
        await server.PostAsync($"{path}/pages/p1/acknowledge", new { byTelephone = true });
        await server.PostAsync($"{path}/assessment", new
        {
            impact = new { confidentiality = "serious", integrity = "limited", availability = "limited" },
            personalData = new { least = 1, greatest = 150, unlawful = true, knownAt = DateTimeOffset.UtcNow.AddDays(-6) },
            reason = "被害を確かめた",
        });
        await server.PostAsync($"{path}/steps/confirm/complete", new { record = "端末名 TAX-017、14:32 に税務課の職員が発見。脅迫文の画面を写真に撮った。" });
        await server.PostAsync($"{path}/notes", new { text = $"検体のハッシュ値 {LongWord}\nhttps://example.jp/{LongWord}" });
        await server.PostAsync($"{path}/findings", new { text = "共有フォルダの権限が広すぎた。" });
        await server.PostAsync($"{path}/measures", new { title = "共有フォルダの権限を見直す", owner = "takahashi", dueAt = DateTimeOffset.UtcNow.AddDays(30) });

        var tonight = DateTimeOffset.UtcNow;
        await server.PostAsync("api/roster/absences", new { person = "fujita", from = tonight, until = tonight.AddDays(3), reason = "全国市長会の会議に出席" });
        await server.PostAsync("api/roster/shifts", new { role = "csirt", person = "kimura", from = tonight.AddDays(6), until = tonight.AddDays(6).AddHours(4) });

        var unanswered = await OpenAsync(server, new { title = "庁舎東棟の停電", category = "infrastructure-outage", zone = "lgwan", severity = "high" });
        await DeclineAllAsync(server, unanswered);
        var drill = await OpenAsync(server, new { title = "ランサムウェア初動訓練", category = "ransomware", zone = "lgwan", drill = new { speed = 1 } });
        var closed = await OpenAsync(server, new { title = "USBメモリの一時所在不明", category = "lost-or-stolen" });
        await server.PostAsync($"{Of(closed).Path}/close", new { outcome = "falseAlarm", reason = "机の中にあった" });
        const string reporter = "kimura";
        return new Scenes(
            open.GetProperty("pages")[0].GetProperty("person").GetString()!, reporter, number, await ReportAsync(city, reporter),
            Of(unanswered).Number, Of(drill).Number, Of(closed).Number);
    }

    private static async Task<string> ReportAsync(City city, string person)
    {
        var page = await city.OpenAsync(person, "/report");
        await page.GetByText("送り先・公開範囲を間違えた").ClickAsync();
        await page.GetByLabel("課・場所・端末など").FillAsync("市民課");
        await page.GetByLabel("見たこと、したこと").FillAsync("宛先を取り違えてメールを送った。");
        await page.GetByRole(AriaRole.Button, new() { Name = "通報する" }).ClickAsync();
        await page.WaitForURLAsync("**/report/*");
        var number = page.Url.Split('/')[^1];
        await page.Context.CloseAsync();
        return number;
    }

    private static Task<JsonElement> OpenAsync(RunningServer server, object body) => server.PostAsync("api/incidents", body);

    private static (string Number, string Path) Of(JsonElement incident) =>
        (incident.GetProperty("number").GetString()!, $"api/incidents/{incident.GetProperty("id").GetString()}");

    private static async Task DeclineAllAsync(RunningServer server, JsonElement incident)
    {
        var path = Of(incident).Path;
        while (Calling() is { } call) incident = await server.PostAsync($"{path}/pages/{call}/decline", new { reason = "別の災害対応中のため" });

        string? Calling() => incident.GetProperty("pages").EnumerateArray()
            .Where(p => p.GetProperty("state").GetString() == "calling").Select(p => p.GetProperty("id").GetString()).FirstOrDefault();
    }
}
