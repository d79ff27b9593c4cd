using FluentAssertions;
using Microsoft.Playwright;
using SakuraIncident.Tests;
using static Microsoft.Playwright.Assertions;

namespace SakuraIncident.Browser.Tests;

/// <summary>An official changes a file of the plan while an incident runs, with JavaScript and without.</summary>
public sealed class A_revised_plan(Chromium chromium) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sakura-plan").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task is_read_explained_and_taken_up_by_an_incident()
    {
        CopyPlan();
        await using var city = await City.StartAsync(chromium, folder);
        var number = (await city.Server.PostAsync("api/incidents", new { title = "改訂の前に開いた事案", category = "other" })).GetProperty("number").GetString()!;
        await city.Server.PostAsync($"api/incidents/{number}/steps/confirm/complete", new { record = "見た" });

        var file = Path.Combine(folder, "general.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("due: 15m", "due: 25m", StringComparison.Ordinal));
        var plan = await city.OpenAsync("fujita", "/plan"); // 最高情報セキュリティ責任者
        await RunningServer.UntilAsync(async () =>
        {
            await plan.ReloadAsync();
            return await plan.GetByText("の期限を「15分」から「25分」に変えた").CountAsync() > 0;
        }, "the change is in force");
        await plan.GetByText("だれが、なぜ改めたかを記録する").First.ClickAsync();
        await plan.GetByRole(AriaRole.Button, new() { Name = "理由を記録する" }).First.ClickAsync();
        await Expect(plan.Locator("#error-summary")).ToContainTextAsync("理由を記入してください");
        await plan.GetByLabel("改訂の理由と承認").First.FillAsync("夜間は15分では足りない。CISO決裁");
        await plan.GetByRole(AriaRole.Button, new() { Name = "理由を記録する" }).First.ClickAsync();
        await Expect(plan.Locator("#revision-0")).ToContainTextAsync("夜間は15分では足りない。CISO決裁");

        var incident = await city.OpenAsync(City.Csirt, $"/incidents/{number}", new() { JavaScriptEnabled = false });
        await incident.GetByRole(AriaRole.Link, new() { Name = "計画が改訂されています" }).ClickAsync();
        await Expect(incident.GetByText("そのまま引き継ぎます").First).ToBeVisibleAsync();
        await incident.ScreenshotAsync(new() { Path = Path.Combine(RunningServer.Root, "artifacts", "screenshots", "adopt-revision.png"), FullPage = true });
        await incident.GetByLabel("移す理由").FillAsync("新しい時間で動く");
        await incident.GetByRole(AriaRole.Button, new() { Name = "改訂後の計画へ移す" }).ClickAsync();

        await Expect(incident.Locator("#timeline")).ToContainTextAsync("改訂後の計画");
        await Expect(incident.GetByRole(AriaRole.Link, new() { Name = "計画が改訂されています" })).ToHaveCountAsync(0);
        (await city.EventsAsync(number, "RevisionAdopted")).Should().ContainSingle();
    }

    private void CopyPlan()
    {
        var shipped = Path.Combine(RunningServer.Root, "playbooks");
        foreach (var path in Directory.EnumerateFiles(shipped, "*.yaml", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(shipped, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }
}
