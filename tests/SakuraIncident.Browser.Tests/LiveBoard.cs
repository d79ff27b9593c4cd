using FluentAssertions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SakuraIncident.Browser.Tests;

/// <summary>A board that someone looks at while others work.</summary>
[Collection(InOneCity.Name)]
public sealed class An_open_board(SharedCity shared)
{
    private readonly City city = shared.City;

    [Fact]
    public async Task shows_an_incident_opened_by_the_API_without_a_reload()
    {
        var board = await city.OpenAsync(City.Csirt, "/");
        await board.EvaluateAsync("window.sameDocument = true");

        var opened = await city.Server.PostAsync("api/incidents", new { title = "税務課の端末が暗号化された", category = "ransomware", zone = "lgwan" });

        var row = board.Locator($"#row-{opened.GetProperty("id").GetString()}");
        await Expect(row).ToContainTextAsync("税務課の端末が暗号化された");
        await Expect(row.GetByText("重大", new() { Exact = true }).Or(row.GetByText("緊急", new() { Exact = true }))).ToBeVisibleAsync();
        (await board.EvaluateAsync<bool>("window.sameDocument === true")).Should().BeTrue("the page was not loaded again");
        await board.Context.CloseAsync();
    }

    [Fact]
    public async Task follows_an_incident_through_its_phases_and_lets_it_go_when_it_is_closed()
    {
        var board = await city.OpenAsync(City.Csirt, "/");
        var number = (await city.Server.PostAsync("api/incidents", new { title = "すぐに終わる", category = "other" })).GetProperty("number").GetString();
        var row = board.Locator(".row", new() { HasText = "すぐに終わる" });
        await Expect(row).ToBeVisibleAsync();

        var call = (await city.IncidentAsync(number!)).GetProperty("pages")[0];
        await city.Server.PostAsync($"api/incidents/{number}/pages/{call.GetProperty("id").GetString()}/acknowledge", new { byTelephone = true });
        await Expect(row.Locator(".lead")).ToContainTextAsync(call.GetProperty("name").GetString()!);

        await city.Server.PostAsync($"api/incidents/{number}/close", new { outcome = "falseAlarm", reason = "訓練用の端末だった" });
        await Expect(row).ToHaveCountAsync(0);
        await board.Context.CloseAsync();
    }

    /// <summary>"1分未満経過" becomes "1分経過", a line less is needed, and everything below it would jump.</summary>
    [Fact]
    public async Task moves_nothing_that_someone_looks_at_when_its_clocks_need_less_room()
    {
        for (var i = 0; i < 8; i++) await city.Server.PostAsync("api/incidents", new { title = $"時計の下 {i}", category = "ransomware" });
        var board = await city.OpenAsync(City.Csirt, "/", new() { ViewportSize = new() { Width = 1280, Height = 560 } });
        var watched = board.Locator(".row", new() { HasText = "時計の下 4" }); // some of its like stand above it, in whatever order
        await watched.EvaluateAsync("row => { window.watched = row; window.scrollTo(0, row.getBoundingClientRect().top + window.scrollY - 50); }");
        async Task<(double Top, double InPage)> PlaceAsync() =>
            (await board.EvaluateAsync<double>("watched.getBoundingClientRect().top"), await board.EvaluateAsync<double>("watched.offsetTop"));
        var before = await PlaceAsync();

        await board.EvaluateAsync("() => { const now = Date.now; Date.now = () => now() + 65_000; }");

        await Expect(watched).ToContainTextAsync("開始・1分経過");
        var after = await PlaceAsync();
        after.InPage.Should().BeLessThan(before.InPage, "what stands above it needs fewer lines");
        after.Top.Should().BeApproximately(before.Top, 1);
        await board.Context.CloseAsync();
    }
}

/// <summary>What is typed while the page lives, and what is sent on a bad line.</summary>
[Collection(InOneCity.Name)]
public sealed class A_form_on_a_live_page(SharedCity shared)
{
    private readonly City city = shared.City;

    [Fact]
    public async Task is_recorded_once_though_its_answer_was_lost_and_it_was_sent_again()
    {
        var number = (await city.Server.PostAsync("api/incidents", new { title = "回線が不安定", category = "other" })).GetProperty("number").GetString()!;
        var page = await city.OpenAsync(City.Csirt, $"/incidents/{number}");
        await page.RouteAsync($"**/incidents/{number}", async route =>
        {
            if (route.Request.Method == "POST") await route.FetchAsync(); // it arrives, and the answer does not
            await route.AbortAsync();
        }, new() { Times = 1 });
        await page.GetByLabel("メモを書く").FillAsync("一度だけ残る");

        await page.GetByRole(AriaRole.Button, new() { Name = "メモを残す" }).ClickAsync();
        await Expect(page.Locator("#strip")).ToContainTextAsync("送信できませんでした");
        await Expect(page.GetByLabel("メモを書く")).ToHaveValueAsync("一度だけ残る");
        await page.GetByRole(AriaRole.Button, new() { Name = "メモを残す" }).ClickAsync();

        await Expect(page.GetByLabel("メモを書く")).ToHaveValueAsync("");
        await Expect(page.Locator(".timeline")).ToContainTextAsync("一度だけ残る");
        (await city.EventsAsync(number, "NoteAdded")).Should().ContainSingle();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task keeps_what_is_being_typed_while_others_work_on_the_incident()
    {
        var number = (await city.Server.PostAsync("api/incidents", new { title = "みなで書く", category = "other" })).GetProperty("number").GetString()!;
        var page = await city.OpenAsync(City.Csirt, $"/incidents/{number}");
        var note = page.GetByLabel("メモを書く");
        await note.PressSequentiallyAsync("途中まで");

        for (var i = 1; i <= 3; i++)
        {
            await city.Server.PostAsync($"api/incidents/{number}/notes", new { text = $"ほかの人のメモ{i}" });
            await Expect(page.Locator(".timeline")).ToContainTextAsync($"ほかの人のメモ{i}");
            await note.PressSequentiallyAsync("書");
        }

        await Expect(note).ToHaveValueAsync("途中まで書書書");
        await Expect(note).ToBeFocusedAsync();
        await page.Context.CloseAsync();
    }
}
