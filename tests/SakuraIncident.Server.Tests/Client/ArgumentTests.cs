using System.Text.Json;
using FluentAssertions;

namespace SakuraIncident.Server.Tests.Client;

/// <summary>What the command takes for an option, for a verb and for text, and what it says of them.</summary>
public sealed class Arguments_of_the_command(SakuraHost host)
{
    [Theory]
    [InlineData("--drill", "incident open --category malware --drill")]
    [InlineData("-drill", "incident open --category malware -drill")]
    [InlineData("–drill", "incident open --category malware –drill")]
    [InlineData("－－drill=60", "incident open --category malware －－drill=60")]
    [InlineData("--severty", "incident open 題名 -c malware --severty high")]
    [InlineData("--bogus", "incident open 題名 -c malware --summary --bogus")]
    [InlineData("--bogus", "incident note R8-0001 --bogus")]
    [InlineData("-x", "incident note R8-0001 -x")]
    [InlineData("--bogus", "incident list --bogus")]
    [InlineData("--bogus", "--bogus incident list")]
    public async Task never_take_a_mistyped_option_for_text(string word, string line)
    {
        var ran = await RunAsync(line.Split(' '));

        ran.Code.Should().Be(2, ran.Out + ran.Error);
        ran.Out.Should().BeEmpty();
        ran.Error.Should().MatchRegex($"^[^\n]*「{word}」というオプションはありません[^\n]*\n$");
        using var api = await host.CallerAsync();
        (await api.GetAsync("/api/incidents?limit=200")).Text.Should().NotContain($"\"title\":\"{word}\"");
    }

    [Fact]
    public async Task say_how_text_with_dashes_is_written()
    {
        (await RunAsync("incident", "note", "R8-0001", "--bogus")).Error.Should().Contain("「--」の後に");
        (await RunAsync("incident", "close", "R8-0001", "--reason", "--bogus")).Error.Should().Contain("--reason=--bogus");
    }

    [Theory]
    [InlineData("--bogus", "--", "--bogus")]
    [InlineData("--json", "--", "--json")]
    [InlineData("-x", "--", "-x")]
    [InlineData("- 端末を切り離した", "- 端末を切り離した")]
    [InlineData("-端末", "-端末")]
    [InlineData("-5", "-5")]
    [InlineData("――以下は電話の記録", "――以下は電話の記録")]
    [InlineData("@記録.txt", "@記録.txt")]
    public async Task are_text_where_they_are_meant_so(string text, params string[] written)
    {
        var number = await OpenAsync();

        var ran = await RunAsync(["incident", "note", number, .. written]);

        ran.Code.Should().Be(0, ran.Error);
        var events = (await RunAsync("replay", number, "--json")).Out;
        events.TrimEnd().Split('\n').Select(e => JsonDocument.Parse(e).RootElement)
            .Where(e => e.GetProperty("type").GetString() == "NoteAdded").Select(e => e.GetProperty("data").GetProperty("text").GetString())
            .Should().Equal(text);
    }

    [Fact]
    public async Task give_an_option_a_value_with_dashes_behind_its_equals_sign()
    {
        var number = await OpenAsync();

        var ran = await RunAsync("incident", "close", number, "--outcome", "falseAlarm", "--reason=--bogus");

        ran.Code.Should().Be(0, ran.Error);
    }

    [Theory]
    [InlineData("R8-0001", "page acknowledge <ID> [<PAGE>]", "incident page R8-0001 acknowledge p1")]
    [InlineData("R8-0001", "page decline <ID> [<PAGE>]", "incident page R8-0001 decline")]
    [InlineData("--json", "page acknowledge <ID> [<PAGE>]", "incident page --json acknowledge R8-0001")]
    [InlineData("R8-0001", "measure complete <ID> <MEASURE> <RECORD>", "incident measure R8-0001 complete m1 した")]
    public async Task say_the_order_when_something_stands_before_its_verb(string what, string order, string line)
    {
        var ran = await RunAsync(line.Split(' '));

        ran.Code.Should().Be(2);
        ran.Error.Should().Contain($"「{what}」").And.Contain($"sakura incident {order}").And.MatchRegex("^[^\n]*\n$");
    }

    [Theory]
    [InlineData("incident page", "sakura incident page acknowledge <ID> [<PAGE>]")]
    [InlineData("incident page acknowledge", "sakura incident page acknowledge <ID> [<PAGE>]")]
    [InlineData("incident measure", "sakura incident measure complete <ID> <MEASURE> <RECORD>")]
    [InlineData("incident open", "--severity <critical|high|moderate|low>")]
    [InlineData("incident open", "--drill-speed <drill-speed>")]
    [InlineData("incident list", "--phase <detection|containment|recovery|prevention>")]
    [InlineData("incident assess", "--integrity <none|limited|serious>")]
    [InlineData("incident close", "--outcome <resolved|falseAlarm|duplicate>")]
    [InlineData("incident step", "start, complete, skip, decide, approve, refuse, reopen")]
    public async Task are_shown_by_the_help_as_they_are_taken(string command, string said)
    {
        var ran = await RunAsync([.. command.Split(' '), "--help"]);

        ran.Code.Should().Be(0);
        ran.Error.Should().BeEmpty();
        ran.Out.Should().Contain(said).And.Contain("使い方:").And.NotContainAny("Usage", "Critical", "Detection", "<ID> acknowledge");
    }

    [Theory]
    [InlineData("incident list --severity huge", "critical、high、moderate、low")]
    [InlineData("incident list --phase huge", "detection、containment、recovery、prevention")]
    [InlineData("incident phase R8-0001 huge", "detection、containment、recovery、prevention")]
    [InlineData("incident close R8-0001 --outcome huge", "resolved、falseAlarm、duplicate")]
    [InlineData("incident step R8-0001 isolate huge", "start、complete、skip、decide、approve、refuse、reopen")]
    public async Task are_named_in_the_contracts_words_when_one_is_wrong(string line, string choices)
    {
        var ran = await RunAsync(line.Split(' '));

        ran.Code.Should().Be(2);
        ran.Error.Should().Contain($"「huge」は使えません。{choices} のどれか");
    }

    private Task<Ran> RunAsync(params string[] args) => CommandLine.RunAsync(host, args);

    private async Task<string> OpenAsync()
    {
        using var api = await host.CallerAsync();
        return (await api.OpenAsync()).GetProperty("number").GetString()!;
    }
}
