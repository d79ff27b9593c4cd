using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SakuraIncident.Browser.Tests;

/// <summary>Every page in every state that looks different, by a name.</summary>
public static class Screens
{
    /// <summary>Is on the staff, and has nothing to do with any of the incidents.</summary>
    private const string Bystander = "okada";

    private static readonly Dictionary<string, Func<SharedCity, Task<IPage>>> Openings = new()
    {
        ["sign-in"] = c => c.City.OpenAsync("/sign-in"),
        ["sign-in-refused"] = SignInRefusedAsync,
        ["board-empty"] = c => c.City.OpenAsync(Bystander, "/"),
        ["board"] = c => c.City.OpenAsync(City.Csirt, "/"),
        ["board-wall"] = c => c.City.OpenAsync(City.Csirt, "/?wall"),
        ["board-disconnected"] = DisconnectedAsync,
        ["help"] = HelpAsync,
        ["report"] = c => c.City.OpenAsync(City.Csirt, "/report"),
        ["report-refused"] = ReportRefusedAsync,
        ["report-sent"] = c => c.City.OpenAsync(c.Scenes.Reporter, $"/report/{c.Scenes.Waiting}"),
        ["me"] = c => c.City.OpenAsync(c.Scenes.OnDuty, "/me"),
        ["me-empty"] = c => c.City.OpenAsync(Bystander, "/me"),
        ["roster"] = c => c.City.OpenAsync(City.Lead, "/roster"),
        ["roster-own"] = c => c.City.OpenAsync(Bystander, "/roster"),
        ["roster-refused"] = RosterRefusedAsync,
        ["roster-calendar"] = RosterCalendarAsync,
        ["roster-staff-looked-at"] = c => UploadAsync(c, "/roster", "#staff", "職員番号,氏名,機関,所属,職,メール\n1001,青木 渚,教育委員会,学校教育課,主事,aoki@city.example.jp\nsato,佐藤 健,市長部局,総合政策部 デジタル推進課,課長補佐,sato@city.sakura.example.jp\n"),
        ["roster-staff-refused"] = c => UploadAsync(c, "/roster", "#staff", "職員番号,氏名,機関,所属,職\n1001,,魔法省,課,職\n1002,名\n"),
        ["assets"] = c => c.City.OpenAsync(City.Lead, "/assets"),
        ["assets-nothing-found"] = c => c.City.OpenAsync(City.Lead, "/assets?q=%E3%81%82%E3%82%8A%E3%81%88%E3%81%AA%E3%81%84"),
        ["incident-called"] = c => c.City.OpenAsync(c.Scenes.OnDuty, $"/incidents/{c.Scenes.Waiting}"),
        ["incident-open"] = c => c.City.OpenAsync(c.Scenes.OnDuty, $"/incidents/{c.Scenes.Open}"),
        ["incident-of-a-reporter"] = c => c.City.OpenAsync(c.Scenes.Reporter, $"/incidents/{c.Scenes.Waiting}"),
        ["incident-unanswered"] = c => c.City.OpenAsync(City.Csirt, $"/incidents/{c.Scenes.Unanswered}"),
        ["incident-drill"] = c => c.City.OpenAsync(City.Csirt, $"/incidents/{c.Scenes.Drill}"),
        ["incident-closed"] = c => c.City.OpenAsync(City.Csirt, $"/incidents/{c.Scenes.Closed}"),
        ["incident-past"] = c => c.City.OpenAsync(City.Csirt, $"/incidents/{c.Scenes.Open}?version=3"),
        ["incident-refused"] = IncidentRefusedAsync,
        ["duty"] = c => c.City.OpenAsync(City.Csirt, $"/incidents/{c.Scenes.Open}/duties/prefecture"),
        ["duty-reported"] = DutyReportedAsync,
        ["form"] = c => c.City.OpenAsync(City.Csirt, $"/incidents/{c.Scenes.Open}/forms/ransomware"),
        ["plan"] = c => c.City.OpenAsync(City.Csirt, "/plan"),
        ["plan-playbook"] = c => c.City.OpenAsync(City.Csirt, "/plan/ransomware"),
        ["plan-check"] = c => c.City.OpenAsync(City.Csirt, "/plan/check"),
        ["plan-forbidden"] = c => c.City.OpenAsync(Bystander, "/plan"),
        ["not-found"] = c => c.City.OpenAsync(City.Csirt, "/incidents/R1-9999"),
    };

    public static TheoryData<string> Names => new(Openings.Keys);

    public static Task<IPage> OpenAsync(SharedCity city, string name) => Openings[name](city);

    /// <summary>Unfolds everything that is folded, so that it is looked at too.</summary>
    public static Task UnfoldAsync(IPage page) => page.EvaluateAsync("document.querySelectorAll('details').forEach(d => { d.open = true; })");

    private static async Task<IPage> SignInRefusedAsync(SharedCity city)
    {
        var page = await city.City.OpenAsync("/sign-in");
        await page.GetByLabel("職員ID").FillAsync($"dareka-{Guid.NewGuid():n}"); // each one anew: five failures of one would shut the door
        await page.GetByLabel("パスワード").FillAsync("chigau");
        await page.GetByRole(AriaRole.Button, new() { Name = "サインイン" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        return page;
    }

    private static async Task<IPage> DisconnectedAsync(SharedCity city)
    {
        var page = await city.City.OpenAsync(City.Csirt, "/");
        await page.RouteAsync("**/hubs/**", route => route.AbortAsync());
        await page.ReloadAsync();
        await Expect(page.Locator("#strip")).ToContainTextAsync("接続が切れています");
        return page;
    }

    private static async Task<IPage> HelpAsync(SharedCity city)
    {
        var page = await city.City.OpenAsync(City.Csirt, "/");
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        return page;
    }

    private static async Task<IPage> ReportRefusedAsync(SharedCity city)
    {
        var page = await city.City.OpenAsync(City.Csirt, "/report");
        await page.GetByLabel("見たこと、したこと").FillAsync("画面が動かない");
        await page.GetByRole(AriaRole.Button, new() { Name = "通報する" }).ClickAsync();
        await Expect(page.Locator("#error-summary")).ToBeFocusedAsync();
        return page;
    }

    private static async Task<IPage> RosterRefusedAsync(SharedCity city)
    {
        var page = await city.City.OpenAsync(Bystander, "/roster");
        await page.Locator("#absence-from").FillAsync("2026-12-05T08:30");
        await page.Locator("#absence-until").FillAsync("2026-12-04T17:15");
        await page.GetByRole(AriaRole.Button, new() { Name = "不在を入力する" }).ClickAsync();
        await Expect(page.Locator("#error-summary")).ToBeFocusedAsync();
        return page;
    }

    private static async Task<IPage> RosterCalendarAsync(SharedCity city)
    {
        var page = await city.City.OpenAsync("suzuki", "/roster");
        await page.GetByText("カレンダーに表示する").ClickAsync();
        await page.Locator("#calendar-key-go").ClickAsync();
        await Expect(page.Locator(".secret")).ToContainTextAsync("suzuki.ics?key=");
        return page;
    }

    private static async Task<IPage> UploadAsync(SharedCity city, string path, string form, string file)
    {
        var page = await city.City.OpenAsync(City.Lead, path);
        await page.Locator($"{form}-file").SetInputFilesAsync(new FilePayload { Name = "一覧.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(file) });
        await page.Locator($"{form}-go").ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("取込み");
        return page;
    }

    private static async Task<IPage> IncidentRefusedAsync(SharedCity city)
    {
        var page = await city.City.OpenAsync(city.Scenes.OnDuty, $"/incidents/{city.Scenes.Open}");
        await page.GetByText("所見を加える").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "所見を残す" }).ClickAsync();
        await Expect(page.Locator("#error-summary")).ToBeFocusedAsync();
        return page;
    }

    private static async Task<IPage> DutyReportedAsync(SharedCity city)
    {
        var page = await city.City.OpenAsync(City.Csirt, $"/incidents/{city.Scenes.Open}/duties/internal-first-report");
        await page.GetByLabel("受付番号").FillAsync("口頭");
        var record = page.Locator("#report-go");
        var present = await record.InnerTextAsync();
        await record.ClickAsync();
        await Expect(record).Not.ToHaveTextAsync(present); // the page has come anew, for the next report
        await Expect(page.Locator(".submitted").First).ToBeVisibleAsync();
        return page;
    }
}
