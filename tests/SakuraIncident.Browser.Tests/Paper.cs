using FluentAssertions;
using Microsoft.Playwright;
using SakuraIncident.Tests;
using static Microsoft.Playwright.Assertions;

namespace SakuraIncident.Browser.Tests;

/// <summary>An incident on paper, which works when nothing else does.</summary>
[Collection(InOneCity.Name)]
public sealed class A_printed_incident(SharedCity city)
{
    [Fact]
    public async Task has_all_that_is_known_and_nothing_that_only_a_screen_can_do()
    {
        var page = await city.City.OpenAsync(city.Scenes.OnDuty, $"/incidents/{city.Scenes.Open}");
        await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Light });

        foreach (var only in new[] { "nav", "form", "button", "input", "textarea", "select", ".strip", ".skip", "summary:not(.other-phase > summary)" })
            await Expect(page.Locator(only).Filter(new() { Visible = true })).ToHaveCountAsync(0);
        foreach (var known in new[] { "税務課端末でのランサムウェア感染の疑い", "脅迫文の画面を写真に撮った", "共有フォルダの権限が広すぎた", "検体のハッシュ値" })
            await Expect(page.GetByText(known).Filter(new() { Visible = true }).First).ToBeVisibleAsync();
        await Expect(page.Locator(".other-phase .step").First).ToBeVisibleAsync(); // steps of the other phases, folded on the screen
        await page.PdfAsync(new() { Path = Path.Combine(RunningServer.Root, "artifacts", "screenshots", "incident-print.pdf"), PreferCSSPageSize = true });
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task of_a_drill_says_so()
    {
        var page = await city.City.OpenAsync(City.Csirt, $"/incidents/{city.Scenes.Drill}");
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        await Expect(page.GetByText("訓練", new() { Exact = true }).First).ToBeVisibleAsync();
        (await page.Locator("article.drill").EvaluateAsync<string>("a => getComputedStyle(a).borderImageSource")).Should().Contain("gradient");
        await page.Context.CloseAsync();
    }

    /// <summary>The commission's form is on another network: it is carried there on paper.</summary>
    [Fact]
    public async Task has_a_form_with_its_items_filled()
    {
        var page = await city.City.OpenAsync(City.Csirt, $"/incidents/{city.Scenes.Open}/duties/prefecture");
        await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Light });

        await Expect(page.Locator("button").Filter(new() { Visible = true })).ToHaveCountAsync(0);
        (await page.GetByLabel("事象の種類").InputValueAsync()).Should().Contain("ランサムウェア");
        await Expect(page.GetByLabel("事象の種類")).ToBeVisibleAsync();
        await page.PdfAsync(new() { Path = Path.Combine(RunningServer.Root, "artifacts", "screenshots", "form-print.pdf"), PreferCSSPageSize = true });
        await page.Context.CloseAsync();
    }
}
