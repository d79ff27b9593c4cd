using System.Globalization;
using FluentAssertions;

namespace SakuraIncident.Server.Tests.Roster;

/// <summary>当番表 in the shipped roster, read and changed by forms alone.</summary>
public sealed class The_page_of_the_roster(TestDatabase postgres)
{
    private static readonly DateTimeOffset Tomorrow =
        new DateTimeOffset(DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(9)).Date, TimeSpan.FromHours(9)).AddDays(1);

    [Fact]
    public async Task shows_who_is_called_first_fourteen_days_and_every_role()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var lead = await server.ReaderAsync("csirt-lead", "nakajima");

        (await lead.OpenAsync("/roster")).Should().Be(200);

        lead.Text.Should().Contain("いま最初に呼ばれる人").And.Contain("これから14日間の当番").And.Contain("最高情報セキュリティ責任者");
        lead.Text.Should().MatchRegex("17:15–翌08:30 (伊藤 大輔|小林 直樹|吉田 彩|山田 太郎|佐藤 健|鈴木 美咲)");
        lead.Text.Should().NotContain("当番なし", "the shipped roster has no gap");
        for (var day = 1; day < 14; day++) lead.Page.Should().Contain($"id=\"days-{Tomorrow.AddDays(day - 1):yyyy-MM-dd}\"");
    }

    [Fact]
    public async Task lets_everybody_see_his_own_duty_enter_his_absence_and_take_it_back()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var suzuki = await server.ReaderAsync("system-operator", "suzuki");

        (await suzuki.OpenAsync("/roster")).Should().Be(200);
        suzuki.Text.Should().Contain("自分の当番").And.Contain("鈴木 美咲").And.NotContain("役割ごとに").And.NotContain("これから14日間の当番");
        suzuki.Has("shift").Should().BeFalse();

        (await suzuki.SendAsync("absence", ("from", Input(Tomorrow)), ("until", Input(Tomorrow.AddDays(3))), ("reason", "研修"))).Should().Be(200);

        suzuki.Text.Should().Contain("不在 鈴木 美咲").And.Contain("研修");
        (await server.AuditAsync()).Should().Contain("roster-changed suzuki /roster");
        var withdraw = System.Text.RegularExpressions.Regex.Match(suzuki.Page, "form id=\"(withdraw-[^\"]+)\"", default, TimeSpan.FromSeconds(1)).Groups[1].Value;
        (await suzuki.SendAsync(withdraw)).Should().Be(200);
        suzuki.Text.Should().Contain("いま、不在や当番の変更は入力されていません");
    }

    [Fact]
    public async Task marks_who_is_absent_and_keeps_his_place()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var admin = await server.ReaderAsync();
        await admin.OpenAsync("/roster");

        (await admin.SendAsync("absence", ("person", "fujita"), ("from", Input(Tomorrow.AddDays(-1))), ("until", Input(Tomorrow.AddDays(1))))).Should().Be(200);

        admin.Text.Should().MatchRegex("最高情報セキュリティ責任者 1\\. 藤田 義明 担当 不在 2\\. 渡辺 和子 職務代行");
    }

    [Fact]
    public async Task says_what_is_wrong_in_its_own_words_and_keeps_what_was_typed()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var suzuki = await server.ReaderAsync("system-operator", "suzuki");
        await suzuki.OpenAsync("/roster");

        (await suzuki.SendAsync("absence", ("from", Input(Tomorrow.AddDays(3))), ("until", Input(Tomorrow)), ("reason", "夏季休暇"))).Should().Be(422);
        suzuki.Text.Should().Contain("まだ記録されていません").And.Contain("終わりは、始まりより後にしてください。");
        suzuki.Page.Should().Contain("夏季休暇").And.Contain(Input(Tomorrow.AddDays(3)));

        (await suzuki.SendAsync("absence", ("from", ""), ("until", "いつか"), ("reason", ""))).Should().Be(422);
        suzuki.Text.Should().Contain("「始まり」を記入してください。").And.Contain("「終わり」");
        (await suzuki.SendAsync("absence", ("from", Input(Tomorrow)), ("until", Input(Tomorrow.AddDays(1))), ("person", "sato"))).Should().Be(403);
        suzuki.Text.Should().Contain("権限がありません");
        (await server.AuditAsync()).Should().Contain("denied suzuki /roster");
        (await suzuki.SendAsync("absence", ("__RequestVerificationToken", "x"), ("from", Input(Tomorrow)), ("until", Input(Tomorrow.AddDays(1))))).Should().Be(400);
    }

    [Fact]
    public async Task trades_and_changes_duty()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var monday = Tomorrow.AddDays((8 - (int)Tomorrow.DayOfWeek) % 7 + 7); // sato by day
        var admin = await server.ReaderAsync();
        await admin.OpenAsync("/roster");

        (await admin.SendAsync("shift", ("role", "csirt"), ("person", "kimura"), ("from", Input(Tomorrow)), ("until", Input(Tomorrow.AddHours(6))))).Should().Be(200);
        admin.Text.Should().Contain("CSIRT要員の当番を 木村 翔 に").And.Contain("00:00–06:00 木村 翔");

        var sato = await server.ReaderAsync("system-operator", "sato");
        await sato.OpenAsync("/roster");
        (await sato.SendAsync("swap", ("role", "csirt"), ("with", "suzuki"), ("from", Input(monday)), ("until", Input(monday.AddDays(1))))).Should().Be(200);
        sato.Text.Should().Contain("CSIRT要員 佐藤 健 ⇔ 鈴木 美咲");
    }

    [Fact]
    public async Task twice_the_same_form_enters_once()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var suzuki = await server.ReaderAsync("system-operator", "suzuki");
        await suzuki.OpenAsync("/roster");
        var page = suzuki.Page;
        await suzuki.SendAsync("absence", ("from", Input(Tomorrow)), ("until", Input(Tomorrow.AddDays(1))));

        await suzuki.Back(page).SendAsync("absence", ("from", Input(Tomorrow)), ("until", Input(Tomorrow.AddDays(1))));

        var admin = await server.CallerAsync();
        (await admin.GetAsync("/api/roster")).Ok().GetProperty("changes").GetArrayLength().Should().Be(1);
        (await suzuki.Back(page).SendAsync("absence", ("from", Input(Tomorrow)), ("until", Input(Tomorrow.AddDays(2))))).Should().Be(422);
        suzuki.Text.Should().Contain("既に別の内容を記録しました");
    }

    [Fact]
    public async Task lets_an_auditor_read_all_and_enter_nothing()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var auditor = await server.ReaderAsync("auditor", "saito");

        (await auditor.OpenAsync("/roster")).Should().Be(200);

        auditor.Text.Should().Contain("役割ごとに呼ばれる順");
        (auditor.Has("absence"), auditor.Has("swap"), auditor.Has("shift")).Should().Be((false, false, false));
    }

    private static string Input(DateTimeOffset moment) => moment.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
}
