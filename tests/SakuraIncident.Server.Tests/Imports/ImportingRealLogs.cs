using System.Diagnostics;
using System.Globalization;
using FluentAssertions;
using SakuraIncident.Server.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace SakuraIncident.Server.Tests.Imports;

/// <summary>The real logs, taken by the real command over the real API.</summary>
public sealed class Importing_real_logs(TestDatabase postgres)
{
    private static readonly string Data = Path.Combine(SakuraHost.Root, "tests", "data", "incidents");

    [Fact]
    public async Task makes_streams_that_show_each_rows_state_at_its_time_and_a_second_run_adds_nothing()
    {
        await using var server = await ServerAsync();
        var file = Path.Combine(Data, "servicenow-log.csv");

        (await server.RunAsync("import", "servicenow", file)).Should().Be((0, "servicenow: 3968行を読み、3968行を新しく取り込みました (インシデント 578件)。取り込み済み 0行、壊れた行 0行。"));
        (await server.RunAsync("import", "servicenow", file)).Should().Be((0, "servicenow: 3968行を読み、0行を新しく取り込みました (インシデント 0件)。取り込み済み 3968行、壊れた行 0行。"));

        using var api = new ApiCaller(server.Address, server.Token);
        var rows = File.ReadLines(file).Skip(1).Select(l => l.Split(',')).Select(c => (Number: c[0], State: c[1], At: Moment(c[13]))).ToList();
        foreach (var incident in rows.GroupBy(r => r.Number).Where((_, i) => i % 12 == 0))
        {
            foreach (var at in incident.Select(r => r.At).Distinct())
            {
                var expected = incident.OrderBy(r => r.At).Last(r => r.At <= at).State;
                var shown = (await api.GetAsync($"/api/incidents/{incident.Key}?at={at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}")).Ok();
                shown.GetProperty("state").GetString().Should().Be(expected, $"{incident.Key} at {at:u}");
            }
        }
        var board = (await api.GetAsync("/api/incidents?open=true&imported=false")).Ok();
        board.GetProperty("items").GetArrayLength().Should().Be(0, "imported incidents are on no board");
    }

    [Fact]
    public async Task finds_a_category_for_each_public_incident_or_says_that_none_fits()
    {
        await using var server = await ServerAsync();

        var (code, last) = await server.RunAsync("import", "veris", Path.Combine(Data, "veris-incidents.csv"));

        (code, last).Should().Be((0, "veris: 3800行を読み、3800行を新しく取り込みました (インシデント 3800件)。取り込み済み 0行、壊れた行 0行。"));
        (await server.RunAsync("import", "veris", Path.Combine(Data, "veris-incidents.csv"))).Last.Should().Contain("0行を新しく");
    }

    [Fact]
    public async Task names_a_damaged_row_and_takes_the_rest()
    {
        await using var server = await ServerAsync();
        var lines = File.ReadLines(Path.Combine(Data, "servicenow-log.csv")).Take(5).ToList();
        lines[2] = "INC1,New,short";
        lines[3] = lines[3].Replace("2016", "99xx", StringComparison.Ordinal);
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, lines);

        var (code, last) = await server.RunAsync("import", "servicenow", file);

        (code, last).Should().Be((0, "servicenow: 4行を読み、2行を新しく取り込みました (インシデント 1件)。取り込み済み 0行、壊れた行 2行。"));
        server.Errors.Should().Contain("3行目").And.Contain("4行目");
        File.Delete(file);
    }

    [Fact]
    public async Task goes_on_after_a_row_that_is_too_large_and_splits_what_the_way_does_not_let_through()
    {
        await using var server = await ServerAsync();
        await using var gate = await NarrowGate.BeforeAsync(server.Address);
        var lines = File.ReadLines(Path.Combine(Data, "servicenow-log.csv")).Take(60).ToList();
        lines[3] = lines[3].Replace("Category 55", new string('あ', 70_000), StringComparison.Ordinal);
        lines[4] = lines[4].Replace("Category 55", new string('x', 20_000), StringComparison.Ordinal);
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);

        var (code, last) = await server.RunThroughAsync(gate.Address, "import", "servicenow", file);

        code.Should().Be(0, server.Errors);
        last.Should().StartWith("servicenow: 59行を読み、57行を新しく").And.EndWith("壊れた行 2行。");
        server.Errors.Should().Be("4行目: 行が大きすぎます\n5行目: 行が大きすぎます\n");
        File.Delete(file);
    }

    private static DateTimeOffset Moment(string text) =>
        DateTimeOffset.ParseExact(text, "dd-MM-yyyy HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private async Task<ServerWithCommand> ServerAsync()
    {
        var (app, address) = await SakuraHost.StartAsync(await postgres.CreateDatabaseAsync());
        return new ServerWithCommand(app, address, await app.Services.GetRequiredService<Tokens>().CreateAsync("import", "admin", null));
    }

    private sealed class ServerWithCommand(Microsoft.AspNetCore.Builder.WebApplication app, Uri address, string token) : IAsyncDisposable
    {
        public Uri Address => address;

        public string Token => token;

        public string Errors { get; private set; } = "";

        /// <summary>The exit code, and the last line of the standard output.</summary>
        public Task<(int Code, string Last)> RunAsync(params string[] arguments) => RunThroughAsync(address, arguments);

        public async Task<(int Code, string Last)> RunThroughAsync(Uri way, params string[] arguments)
        {
            var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "sakura.dll"));
            foreach (var argument in arguments) start.ArgumentList.Add(argument);
            start.Environment["SAKURA_URL"] = way.ToString();
            start.Environment["SAKURA_TOKEN"] = token;
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            Errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, (await output).TrimEnd().Split('\n')[^1]);
        }

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }
}
