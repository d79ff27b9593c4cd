using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Npgsql;

namespace SakuraIncident.Benchmarks;

/// <summary>From the sending of a command to its row at a watcher of the board, beside an insert and its NOTIFY at a listener.</summary>
public static class Watchers
{
    private const int Changes = 200;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Bench bench)
    {
        var figures = new List<Figure>();
        foreach (var watchers in (int[])[1, 200])
        {
            var raw = await NotifyAsync(bench.Cluster.ConnectionString);
            var times = await WatchAsync(bench, watchers);
            figures.Add(new($"コマンドから画面の接続まで p50、{watchers}接続", Results.Percentile(times, 0.5), "ms", Results.Percentile(raw, 0.5), "INSERT と NOTIFY"));
            figures.Add(new(
                $"コマンドから画面の接続まで p99、{watchers}接続", Results.Percentile(times, 0.99), "ms", Results.Percentile(raw, 0.99), "INSERT と NOTIFY",
                watchers == 200 ? "25 ms未満" : null));
            figures.Add(new($"届いた変更の割合、{watchers}接続", 100.0 * times.Count / (Changes * watchers), "%", Aim: "100 %"));
        }
        return figures;
    }

    private static async Task<IReadOnlyCollection<double>> WatchAsync(Bench bench, int watchers)
    {
        var incidents = new List<string>();
        for (var i = 0; i < 10; i++) incidents.Add(await bench.OpenAsync());
        var sent = new ConcurrentDictionary<(string, int), long>();
        var arrived = new ConcurrentBag<(string Id, int Version, long At)>();
        var connections = new List<HubConnection>();
        try
        {
            for (var i = 0; i < watchers; i++)
            {
                var connection = new HubConnectionBuilder()
                    .WithUrl(new Uri(bench.Address, "/hubs/board"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(bench.Token)).Build();
                connection.On<JsonElement>("BoardChanged", change =>
                {
                    var row = change.GetProperty("row");
                    arrived.Add((row.GetProperty("id").GetString()!, row.GetProperty("version").GetInt32(), Stopwatch.GetTimestamp()));
                });
                connections.Add(connection);
                await connection.StartAsync();
                await connection.InvokeAsync<JsonElement>("Watch", null);
            }
            for (var i = -20; i < Changes; i++) // the first are for warming
            {
                var since = Stopwatch.GetTimestamp();
                var id = incidents[(i + 20) % incidents.Count];
                var answer = await bench.PostAsync($"/api/incidents/{id}/notes", new { text = "測定のためのメモ" });
                if (i >= 0) sent[(id, answer.GetProperty("version").GetInt32())] = since;
                var rest = Between - Stopwatch.GetElapsedTime(since);
                if (rest > TimeSpan.Zero) await Task.Delay(rest);
            }
            await Task.Delay(1000);
            return arrived.Where(a => sent.ContainsKey((a.Id, a.Version)))
                .Select(a => Stopwatch.GetElapsedTime(sent[(a.Id, a.Version)], a.At).TotalMilliseconds).ToList();
        }
        finally
        {
            foreach (var connection in connections) await connection.DisposeAsync();
        }
    }

    private static async Task<IReadOnlyCollection<double>> NotifyAsync(string connectionString)
    {
        await using var writer = new NpgsqlConnection(connectionString);
        await using var listener = new NpgsqlConnection(connectionString);
        await writer.OpenAsync();
        await listener.OpenAsync();
        await using (var ddl = new NpgsqlCommand("create table if not exists public.told (n int)", writer)) await ddl.ExecuteNonQueryAsync();
        await using (var listen = new NpgsqlCommand("listen bench", listener)) await listen.ExecuteNonQueryAsync();
        var times = new List<double>();
        for (var i = 0; i < Changes; i++)
        {
            var since = Stopwatch.GetTimestamp();
            var heard = listener.WaitAsync();
            await using (var insert = new NpgsqlCommand("insert into public.told values (1)", writer)) await insert.ExecuteNonQueryAsync();
            await using (var notify = new NpgsqlCommand("notify bench", writer)) await notify.ExecuteNonQueryAsync();
            await heard;
            times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }
        return times;
    }
}
