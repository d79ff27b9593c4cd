using System.Text.Json;
using FluentAssertions;
using SakuraIncident.Cli;

namespace SakuraIncident.Server.Tests.Client;

/// <summary>The command <c>sakura</c> on the real server: what it prints, and how it ends.</summary>
public sealed class The_command(SakuraHost host)
{
    [Theory]
    [InlineData(2, "")]
    [InlineData(2, "nonsense")]
    [InlineData(2, "incident open 題名")]
    [InlineData(2, "incident open 題名 -c ransomware --occurred 25:99")]
    [InlineData(2, "incident open 題名 -c ransomware --severity huge")]
    [InlineData(2, "incident open 題名 -c ransomware --severity 1")]
    [InlineData(2, "incident open 題名 -c ransomware --drill-speed x")]
    [InlineData(2, "incident open 題名 -c ransomware --drill-speed NaN")]
    [InlineData(1, "incident open 題名 -c ransomware --drill-speed 3601")]
    [InlineData(2, "incident page R8-0001")]
    [InlineData(2, "replay R8-0001 --speed x")]
    [InlineData(2, "replay R8-0001 --speed 0")]
    [InlineData(2, "drill start ransomware --speed Infinity")]
    [InlineData(2, "import veris /")]
    [InlineData(2, "import veris no-such-file.csv")]
    [InlineData(1, "incident open 題名 -c earthquake")]
    [InlineData(1, "incident show R8-9999")]
    [InlineData(1, "drill start ransomware --speed 100000")]
    [InlineData(0, "incident list")]
    [InlineData(0, "incident open 題名 -c ransomware")]
    [InlineData(0, "drill start general --speed 60")]
    public async Task ends_with_the_contracts_exit_code_and_one_line_of_complaint(int code, string line)
    {
        var ran = await RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        ran.Code.Should().Be(code, ran.Error);
        ran.Error.Should().MatchRegex(code == 0 ? "^$" : "^[^\n]*[ぁ-ん][^\n]*\n$");
        (ran.Out.Length > 0).Should().Be(code == 0);
    }

    [Fact]
    public async Task ends_with_3_where_no_server_is()
    {
        var ran = await RunAsync(["incident", "list"], "http://127.0.0.1:1");

        ran.Code.Should().Be(3);
        ran.Error.Should().Be("サーバー http://127.0.0.1:1 に接続できません。\n");
    }

    [Fact]
    public async Task prints_the_servers_json_verbatim()
    {
        var opened = await RunAsync(["incident", "open", "題名", "-c", "misdirected", "--json"]);
        var number = JsonDocument.Parse(opened.Out).RootElement.GetProperty("number").GetString()!;
        using var api = await host.CallerAsync();

        var shown = await RunAsync(["incident", "show", number, "--json"]);

        shown.Out.Should().Be((await api.GetAsync($"/api/incidents/{number}")).Text + "\n");
    }

    [Fact]
    public async Task says_a_refusal_to_programs_with_its_stable_code()
    {
        var refused = await RunAsync(["incident", "open", "題名", "-c", "earthquake", "--json"]);
        var unknown = await RunAsync(["incident", "show", "R8-9999", "--json"]);

        (refused.Code, refused.Out).Should().Be((1, ""));
        refused.Error.Should().MatchRegex("^[^\n]*[ぁ-ん][^\n]*\n$");
        var line = JsonDocument.Parse(refused.Error).RootElement;
        line.EnumerateObject().Select(m => m.Name).Should().Equal("status", "code", "title", "detail", "errors");
        (line.GetProperty("status").GetInt32(), line.GetProperty("code").GetString()).Should().Be((422, "invalid"));
        line.GetProperty("errors").GetProperty("category").GetArrayLength().Should().Be(1);
        JsonDocument.Parse(unknown.Error).RootElement.GetProperty("code").GetString().Should().Be("not-found");
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("トークン")]
    public async Task ends_with_1_for_what_is_no_token(string token)
    {
        var ran = await CommandLine.RunAsync(host, ["incident", "list"], token: token);

        ran.Code.Should().Be(1);
        ran.Error.Should().MatchRegex("^[^\n]*トークン[^\n]*\n$");
    }

    [Fact]
    public async Task opens_a_drill()
    {
        var opened = await RunAsync(["incident", "open", "題名", "-c", "malware", "--drill-speed", "60", "--json"]);

        opened.Code.Should().Be(0, opened.Error);
        var incident = JsonDocument.Parse(opened.Out).RootElement;
        incident.GetProperty("number").GetString().Should().StartWith("K");
        incident.GetProperty("drill").GetProperty("speed").GetDouble().Should().Be(60);
    }

    [Fact]
    public async Task says_that_nothing_moved_when_the_incident_is_in_the_phase_already()
    {
        using var api = await host.CallerAsync();
        var number = (await api.OpenAsync()).GetProperty("number").GetString()!;

        var ran = await RunAsync(["incident", "phase", number, "detection"]);

        ran.Code.Should().Be(0, ran.Error);
        ran.Out.Should().Contain("すでに「検知」").And.NotContain("移しました");
    }

    [Fact]
    public async Task works_an_incident_from_a_terminal_and_writes_no_colour_codes_into_a_pipe()
    {
        var number = JsonDocument.Parse((await RunAsync(["incident", "open", "メールの誤送信", "-c", "misdirected", "--json"])).Out)
            .RootElement.GetProperty("number").GetString()!;

        foreach (var line in new string[][]
        {
            ["incident", "note", number, "宛先を取り違えた"],
            ["incident", "assess", number, "--reason", "100人を超えない", "--people-greatest", "12", "--confidentiality", "limited"],
            ["incident", "page", "decline", number, "--by-telephone"],
            ["incident", "finding", number, "送信前の確認がなかった"],
            ["incident", "close", number, "--outcome", "falseAlarm", "--reason", "宛先は正しかった"],
            ["incident", "reopen", number, "--reason", "やはり誤送信"],
            ["incident", "show", number],
            ["incident", "list", "--category", "misdirected"],
            ["replay", number],
        })
        {
            var ran = await RunAsync(line);
            ran.Code.Should().Be(0, $"{string.Join(' ', line)}: {ran.Error}");
            ran.Out.Should().Contain(line[0] == "replay" ? "NoteAdded" : number).And.NotContain("\u001b");
        }
    }

    private Task<Ran> RunAsync(string[] args, string? server = null) => CommandLine.RunAsync(host, args, server);
}
