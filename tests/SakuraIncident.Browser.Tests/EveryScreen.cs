using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using FluentAssertions;
using Microsoft.Playwright;
using SakuraIncident.Tests;

namespace SakuraIncident.Browser.Tests;

/// <summary>Each page in each state, for those who see, read or touch otherwise, on each size of screen.</summary>
[Collection(InOneCity.Name)]
public sealed class Every_screen(SharedCity city)
{
    private static readonly AxeRunOptions EveryRule = new() { Rules = new() { ["target-size"] = new() { Enabled = true } } };
    private static readonly AxeRunOptions Contrast = new() { RunOnly = new() { Type = "rule", Values = ["color-contrast"] } };

    public static TheoryData<string> Names => Screens.Names;

    [Theory, MemberData(nameof(Names))]
    public async Task has_nothing_that_axe_finds_light_or_dark(string name)
    {
        var page = await Screens.OpenAsync(city, name);
        await Screens.UnfoldAsync(page);
        (await page.InnerTextAsync("body")).Should().NotContainAny("@if", "@(", "{<").And.NotMatchRegex(@"\{[^{}\s]{1,10}\}", "code and placeholders are not for people");
        (await ViolationsAsync(page, ColorScheme.Light, EveryRule)).Should().BeEmpty();
        (await ViolationsAsync(page, ColorScheme.Dark, Contrast)).Should().BeEmpty("the dark scheme differs in its colours alone");
        await page.Context.CloseAsync();
    }

    /// <summary>640 px: 1280 at 200 %. The pictures are kept to be looked at: <c>artifacts/screenshots</c>.</summary>
    [Theory, MemberData(nameof(Names))]
    public async Task fits_every_width_and_a_finger(string name)
    {
        var page = await Screens.OpenAsync(city, name);
        foreach (var width in new[] { 320, 390, 640, 1280, 1366, 1920 })
        {
            await page.SetViewportSizeAsync(width, 800);
            (await TooWideAsync(page)).Should().BeEmpty($"nothing goes beyond {width} px");
            if (width is 390 or 1366) await KeepAsync(page, $"{name}-{width}");
        }
        await Screens.UnfoldAsync(page);
        foreach (var width in new[] { 320, 1280 })
        {
            await page.SetViewportSizeAsync(width, 800);
            (await TooWideAsync(page)).Should().BeEmpty($"nothing goes beyond {width} px, all unfolded");
        }
        await page.SetViewportSizeAsync(390, 844);
        (await TooSmallAsync(page)).Should().BeEmpty("a finger needs 44 px");
        await page.Context.CloseAsync();
    }

    private static async Task<IEnumerable<string>> ViolationsAsync(IPage page, ColorScheme scheme, AxeRunOptions rules)
    {
        // Without motion: a button that is on its way from one colour to the other has neither's contrast.
        await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        var found = await page.RunAxe(rules);
        return found.Violations.Select(v => $"{v.Id}: {v.Help} {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}");
    }

    private static async Task KeepAsync(IPage page, string name)
    {
        foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            var file = scheme == ColorScheme.Dark ? $"{name}-dark.png" : $"{name}.png";
            await page.ScreenshotAsync(new() { Path = Path.Combine(RunningServer.Root, "artifacts", "screenshots", file), FullPage = scheme == ColorScheme.Light });
        }
    }

    private static Task<string[]> TooSmallAsync(IPage page) => page.EvaluateAsync<string[]>("""
        () => [...document.querySelectorAll("button, .button, summary, select, textarea, input:not([type=hidden]), nav a, .brand, .wall-link, .my-incident h2 a")]
          .map(e => e.type === "radio" || e.type === "checkbox" ? e.closest("label") : e)
          .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)
          .map(e => `${e.getBoundingClientRect().height} ${e.outerHTML.slice(0, 120)}`)
        """);

    /// <summary>What makes the page scroll sideways, and what is cut off by its own box.</summary>
    private static async Task<string[]> TooWideAsync(IPage page) => await page.EvaluateAsync<string[]>("""
        () => {
          const width = document.documentElement.clientWidth;
          const tell = e => `${Math.round(e.getBoundingClientRect().right)} ${e.outerHTML.slice(0, 120)}`;
          const all = [...document.querySelectorAll("body *")].filter(e => e.checkVisibility() && !e.closest(".unseen, .skip"));
          const cut = all.filter(e => getComputedStyle(e).overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1 && !e.matches("input, select"));
          const wide = document.documentElement.scrollWidth > width ? all.filter(e => e.getBoundingClientRect().right > width + 0.5) : [];
          return [...wide, ...cut].map(tell).slice(0, 5);
        }
        """);
}
