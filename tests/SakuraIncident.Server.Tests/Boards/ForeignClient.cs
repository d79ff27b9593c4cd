using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FluentAssertions;

namespace SakuraIncident.Server.Tests.Boards;

/// <summary>npm's SignalR client on <c>WatchIncident</c>.</summary>
public sealed class A_foreign_client(SakuraHost host)
{
    private static readonly string Folder = Path.Combine(SakuraHost.Root, "tests", "foreign");

    [Fact]
    public async Task gets_every_version_once_and_in_order_over_500_changes_and_5_drops()
    {
        using var api = await host.CallerAsync();
        var incident = await api.OpenAsync("other", null);
        var id = incident.GetProperty("id").GetString()!;
        var last = incident.GetProperty("version").GetInt32() + 500;
        await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent");

        var watching = RunAsync(
            "node", "watch.js", host.Address.ToString(), await host.TokenAsync("admin"), id, last.ToString(CultureInfo.InvariantCulture), "5");
        for (var i = 0; i < 500; i += 4)
            await Task.WhenAll(Enumerable.Range(i, 4).Select(n => api.PostAsync($"/api/incidents/{id}/notes", new { text = $"変更 {n}" })));
        var told = JsonElement.Parse(await watching.WaitAsync(TimeSpan.FromMinutes(2)));

        told.GetProperty("dropped").GetInt32().Should().Be(5);
        told.GetProperty("seen").EnumerateArray().Select(v => v.GetInt32()).Should().Equal(Enumerable.Range(1, last));
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = Folder };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {output}");
    }
}
