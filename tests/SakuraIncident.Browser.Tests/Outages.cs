using FluentAssertions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SakuraIncident.Browser.Tests;

public sealed class An_outage_of_two_seconds(Chromium chromium)
{
    [Fact]
    public Task takes_nothing_from_the_open_pages() => new Outage(chromium, TimeSpan.FromSeconds(2)).RunAsync();
}

public sealed class An_outage_of_half_a_minute(Chromium chromium)
{
    [Fact]
    public Task takes_nothing_from_the_open_pages() => new Outage(chromium, TimeSpan.FromSeconds(30)).RunAsync();
}

/// <summary>The server is killed under a board, a half-written note and a half-filled report, and comes back after a while.</summary>
internal sealed class Outage(Chromium chromium, TimeSpan length)
{
    private static readonly BrowserNewContextOptions Small = new() { ViewportSize = new() { Width = 1280, Height = 560 } };

    public async Task RunAsync()
    {
        await using var city = await City.StartAsync(chromium);
        foreach (var title in new[] { "一つめ", "二つめ", "三つめ", "四つめ", "五つめ" })
            await city.Server.PostAsync("api/incidents", new { title, category = "other" });
        var number = (await city.Server.PostAsync("api/incidents", new { title = "書きかけの事案", category = "ransomware" })).GetProperty("number").GetString()!;
        var board = await BoardAsync(city);
        var incident = await IncidentAsync(city, number);
        var report = await ReportAsync(city);
        IPage[] pages = [board, incident, report];
        foreach (var page in pages) await page.EvaluateAsync("window.sameDocument = true");
        var before = await Task.WhenAll(pages.Select(Place.OfAsync));

        await city.Server.KillAsync();
        foreach (var page in pages) await Expect(page.Locator("#strip")).ToContainTextAsync("接続が切れています");
        (await Task.WhenAll(pages.Select(Place.OfAsync))).Should().Equal(before, "the server's end takes nothing from a page");
        await incident.Keyboard.TypeAsync("、まだ書いている");
        await report.Keyboard.TypeAsync("、まだ書いている");
        var typed = await Task.WhenAll(pages.Select(Place.OfAsync));

        await Task.Delay(length);
        await city.Server.StartAgainAsync();
        var late = await city.Server.PostAsync("api/incidents", new { title = "留守の間の事案", category = "ransomware" });
        await city.Server.PostAsync($"api/incidents/{number}/notes", new { text = "留守の間のメモ" });

        await Expect(board.Locator($"#row-{late.GetProperty("id").GetString()}")).ToContainTextAsync("留守の間の事案");
        await Expect(incident.Locator(".timeline")).ToContainTextAsync("留守の間のメモ");
        foreach (var page in pages) await Expect(page.Locator("#strip")).ToBeEmptyAsync();
        (await Task.WhenAll(pages.Select(Place.OfAsync))).Should().Equal(typed, "catching up takes nothing from a page");

        await SendsItsNoteOnceAsync(city, incident, number);
        await SendsItsReportOnceAsync(city, report);
    }

    private static async Task<IPage> BoardAsync(City city)
    {
        var board = await city.OpenAsync(City.Csirt, "/", Small);
        await board.Mouse.MoveAsync(600, 300);
        await board.Mouse.WheelAsync(0, 460); // the worst ones, where the new one will come, are above
        await board.WaitForFunctionAsync("window.scrollY === 460");
        return board;
    }

    private static async Task<IPage> IncidentAsync(City city, string number)
    {
        var incident = await city.OpenAsync(City.Csirt, $"/incidents/{number}", Small);
        await incident.Locator("#facts summary").ClickAsync(); // opened by the reader: it stays open
        await HalfTypeAsync(incident, incident.GetByLabel("メモを書く"));
        return incident;
    }

    private static async Task<IPage> ReportAsync(City city)
    {
        var report = await city.OpenAsync(City.Csirt, "/report", Small);
        await report.GetByText("なくした・盗まれた").ClickAsync();
        await report.GetByLabel("課・場所・端末など").FillAsync("市民課の窓口");
        await HalfTypeAsync(report, report.GetByLabel("見たこと、したこと"));
        return report;
    }

    /// <summary>Types, and leaves the caret in the middle and the page scrolled.</summary>
    private static async Task HalfTypeAsync(IPage page, ILocator control)
    {
        await control.PressSequentiallyAsync("書きかけの文");
        for (var i = 0; i < 2; i++) await page.Keyboard.PressAsync("ArrowLeft");
        await control.EvaluateAsync("c => window.scrollTo(0, c.getBoundingClientRect().top + window.scrollY - 200)");
    }

    private static async Task SendsItsNoteOnceAsync(City city, IPage incident, string number)
    {
        await incident.GetByRole(AriaRole.Button, new() { Name = "メモを残す" }).ClickAsync();
        await Expect(incident.GetByLabel("メモを書く")).ToHaveValueAsync("");
        await Expect(incident.Locator(".timeline")).ToContainTextAsync("書きかけ、まだ書いているの文");
        (await city.EventsAsync(number, "NoteAdded")).Select(n => n.GetProperty("text").GetString())
            .Should().Equal("留守の間のメモ", "書きかけ、まだ書いているの文");
    }

    private static async Task SendsItsReportOnceAsync(City city, IPage report)
    {
        await report.GetByRole(AriaRole.Button, new() { Name = "通報する" }).ClickAsync();
        await Expect(report.GetByText("通報を受け付けました")).ToBeVisibleAsync();
        var numbers = (await city.Server.GetAsync("api/incidents?limit=200")).GetProperty("items").EnumerateArray()
            .Where(i => i.GetProperty("category").GetString() == "lost-or-stolen").Select(i => i.GetProperty("number").GetString()!).ToList();
        var stored = await city.IncidentAsync(numbers.Should().ContainSingle().Subject);
        stored.GetProperty("title").GetString().Should().Be("なくした・盗まれた(市民課の窓口)");
        stored.GetProperty("summary").GetString().Should().Be("書きかけ、まだ書いているの文");
    }

    /// <summary>Where someone is on a page, and what is his there.</summary>
    private sealed record Place(bool SameDocument, string Focus, string Text, int Caret, int Top, string Chosen, string Opened)
    {
        private const string Look = """
            () => {
              const focus = document.activeElement;
              // What the reader looks at stays there, whatever comes above it.
              const first = () => [...document.querySelectorAll("main .row")].find(r => r.getBoundingClientRect().top >= 0);
              window.watched ??= (focus === document.body ? first() : focus).id;
              return JSON.stringify({
                SameDocument: window.sameDocument === true, Focus: focus.id, Text: focus.value ?? "", Caret: focus.selectionStart ?? -1,
                Top: Math.round(document.getElementById(window.watched).getBoundingClientRect().top),
                Chosen: [...document.querySelectorAll(":checked")].map(c => c.id).join(" "),
                Opened: [...document.querySelectorAll("details[open]")].map(d => d.id).join(" "),
              });
            }
            """;

        public static async Task<Place> OfAsync(IPage page) =>
            System.Text.Json.JsonSerializer.Deserialize<Place>(await page.EvaluateAsync<string>(Look))!;
    }
}
