using FluentAssertions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SakuraIncident.Browser.Tests;

/// <summary>Forms in pages, and nothing else.</summary>
[Collection(InOneCity.Name)]
public sealed class Without_JavaScript(SharedCity shared)
{
    private static readonly string[] LaterPhases = ["封じ込め", "復旧", "再発防止"];
    private readonly City city = shared.City;

    [Fact]
    public async Task an_incident_is_reported_answered_and_worked_through_to_its_end()
    {
        var number = await ReportAsync();
        var call = (await city.IncidentAsync(number)).GetProperty("pages")[0];
        var page = await SignInAtAsync("/me", call.GetProperty("person").GetString()!);

        var mine = page.Locator(".my-incident", new() { HasText = number });
        await mine.GetByRole(AriaRole.Button, new() { Name = "応答する" }).ClickAsync();
        await Expect(mine.GetByText("あなたが招集されています")).ToHaveCountAsync(0);
        await page.GotoAsync($"/incidents/{number}");
        await Expect(page.Locator("#call-p1 .state")).ToHaveTextAsync("応答");

        await AssessAsync(page);
        await WorkOnStepsAsync(page);
        foreach (var phase in LaterPhases)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = $"「{phase}」に進む" }).ClickAsync();
            await Expect(page.Locator("#steps-title")).ToContainTextAsync($"{phase}の手順");
            await WorkOnStepsAsync(page);
        }
        await FindAsync(page);
        await CloseAsync(page);

        var closed = await city.IncidentAsync(number);
        closed.GetProperty("status").GetString().Should().Be("closed");
        closed.GetProperty("outcome").GetString().Should().Be("resolved");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task a_refused_form_comes_back_as_it_was_typed()
    {
        var page = await SignInAtAsync("/report", City.Csirt);
        await page.GetByLabel("課・場所・端末など").FillAsync("市民課");
        await page.GetByLabel("見たこと、したこと").FillAsync("何も選ばずに送る");
        await page.GetByRole(AriaRole.Button, new() { Name = "通報する" }).ClickAsync();

        await Expect(page.Locator("#error-summary")).ToContainTextAsync("何が起きたかを選んでください");
        await Expect(page.GetByLabel("課・場所・端末など")).ToHaveValueAsync("市民課");
        await Expect(page.GetByLabel("見たこと、したこと")).ToHaveValueAsync("何も選ばずに送る");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task a_refusal_by_telephone_is_entered_and_the_next_one_is_called()
    {
        var opened = await city.Server.PostAsync("api/incidents", new { title = "電話で断られる", category = "ransomware" });
        var number = opened.GetProperty("number").GetString()!;
        var (first, second) = (opened.GetProperty("pages")[0], opened.GetProperty("pages").GetArrayLength());
        var page = await SignInAtAsync($"/incidents/{number}", City.Csirt);

        await page.Locator("#call-p1").GetByRole(AriaRole.Button, new() { Name = "電話で断られた" }).ClickAsync();

        await Expect(page.Locator("#call-p1 .state")).ToHaveTextAsync("応じられない");
        var pages = (await city.IncidentAsync(number)).GetProperty("pages").EnumerateArray().ToList();
        pages[0].GetProperty("state").GetString().Should().Be("declined");
        pages.Skip(second).Should().NotBeEmpty("the next one is called at once");
        pages.Skip(second).Should().NotContain(p => p.GetProperty("person").GetString() == first.GetProperty("person").GetString());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task one_signs_out_and_is_out()
    {
        var page = await SignInAtAsync("/", City.Csirt);
        await page.GetByRole(AriaRole.Button, new() { Name = "サインアウト" }).ClickAsync();
        await Expect(page.GetByLabel("職員ID")).ToBeVisibleAsync();
        await page.GotoAsync("/me");
        await Expect(page.GetByLabel("職員ID")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    private async Task<IPage> SignInAtAsync(string path, string person)
    {
        var page = await city.OpenAsync(path, new() { JavaScriptEnabled = false });
        await city.SignInAsync(page, person);
        new Uri(page.Url).PathAndQuery.Should().Be(path, "one comes back to the page that one asked for");
        return page;
    }

    private async Task<string> ReportAsync()
    {
        var page = await SignInAtAsync("/report", "kimura");
        await page.GetByText("分からない・どれでもない").ClickAsync();
        await page.GetByLabel("課・場所・端末など").FillAsync("農業委員会の事務室");
        await page.GetByLabel("見たこと、したこと").FillAsync("見覚えのない画面が出ている。");
        await page.GetByRole(AriaRole.Button, new() { Name = "通報する" }).ClickAsync();
        await Expect(page.GetByText("通報を受け付けました")).ToBeVisibleAsync();
        var number = await page.Locator(".sent .number").InnerTextAsync();
        await page.Context.CloseAsync();
        return number;
    }

    private static async Task AssessAsync(IPage page)
    {
        await page.GetByText("評価を改める").ClickAsync();
        await page.GetByLabel("機密性").SelectOptionAsync("限定的");
        await page.GetByLabel("完全性").SelectOptionAsync("なし");
        await page.GetByLabel("可用性").SelectOptionAsync("限定的");
        await page.GetByLabel("そう評価した理由").FillAsync("端末1台に留まる");
        await page.GetByRole(AriaRole.Button, new() { Name = "評価を記録する" }).ClickAsync();
        await Expect(page.Locator("#facts")).ToContainTextAsync("機密性 限定的・完全性 なし・可用性 限定的");
    }

    /// <summary>Every step that is open, in the order of the page, until none is left.</summary>
    private static async Task WorkOnStepsAsync(IPage page)
    {
        var open = page.Locator("#mine .step, #steps > .steps > .step").Filter(new() { Has = page.Locator("button.primary[value$='-step']") });
        while (await open.CountAsync() > 0)
        {
            var step = open.First;
            var id = (await step.GetAttributeAsync("id"))!.Split('-', 2)[1];
            var folded = step.Locator("details[id$='-form-more'] > summary");
            if (await folded.CountAsync() > 0) await folded.ClickAsync();
            if (await step.GetByRole(AriaRole.Radio).CountAsync() > 0) await step.GetByRole(AriaRole.Radio).First.CheckAsync();
            await step.GetByLabel("記録").FillAsync("手順のとおり行い、二名で確かめた。");
            await step.Locator("button.primary").ClickAsync();
            await Expect(page.Locator($"#step-{id}.done")).ToHaveCountAsync(1);
        }
    }

    private static async Task FindAsync(IPage page)
    {
        await page.GetByText("所見を加える").ClickAsync();
        await page.GetByLabel("分かったこと、学んだこと").FillAsync("確認の手順が担当者の記憶に頼っていた。");
        await page.GetByLabel("再発防止策は不要と判断する").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "所見を残す" }).ClickAsync();
        await Expect(page.Locator(".findings")).ToContainTextAsync("記憶に頼っていた");
    }

    private static async Task CloseAsync(IPage page)
    {
        await page.GetByText("この事案を終結する").ClickAsync();
        await page.GetByLabel("結果", new() { Exact = true }).SelectOptionAsync("解決");
        await page.Locator("#close-go").ClickAsync();
        await Expect(page.Locator(".facts-line")).ToContainTextAsync("終結(解決)");
    }
}
