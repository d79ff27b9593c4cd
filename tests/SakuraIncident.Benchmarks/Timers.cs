using System.Collections.Concurrent;
using System.Text.Json;

namespace SakuraIncident.Benchmarks;

/// <summary>How late the deadlines of 200 calls pass that nobody answers, beside as many timers in this process.</summary>
public static class Timers
{
    private const int Incidents = 200;
    private const double Speed = 20;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Bench bench)
    {
        var due = new ConcurrentDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(Enumerable.Range(0, Incidents), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
        {
            var incident = await bench.PostAsync("/api/incidents", new { title = "測定用の訓練", category = "other", severity = "critical", drill = new { speed = Speed } });
            var page = incident.GetProperty("pages").EnumerateArray().First(p => p.GetProperty("state").GetString() == "calling");
            due[incident.GetProperty("id").GetString()!] = page.GetProperty("dueAt").GetDateTimeOffset();
        });
        var raw = Task.WhenAll(due.Values.Select(async moment =>
        {
            if (moment > DateTimeOffset.UtcNow) await Task.Delay(moment - DateTimeOffset.UtcNow);
            return Math.Max(0, (DateTimeOffset.UtcNow - moment).TotalSeconds);
        }));
        var rawLate = await raw;
        await Task.Delay(TimeSpan.FromSeconds(5));

        var late = new List<double>();
        foreach (var (id, moment) in due)
        {
            var events = await bench.GetAsync($"/api/incidents/{id}/events?limit=200");
            var passed = events.GetProperty("items").EnumerateArray().FirstOrDefault(e => e.GetProperty("type").GetString() == "PageUnanswered");
            if (passed.ValueKind == JsonValueKind.Object) late.Add((passed.GetProperty("at").GetDateTimeOffset() - moment).TotalSeconds);
        }
        return
        [
            new("期限の遅れ p50(200件)", Results.Percentile(late, 0.5), "秒", Results.Percentile(rawLate, 0.5), "このプロセスのタイマー"),
            new("期限の遅れ 最大(200件)", Results.Percentile(late, 1), "秒", Results.Percentile(rawLate, 1), "このプロセスのタイマー", "0.5秒以内"),
            new("過ぎた期限", late.Count, "件", Incidents, "開いた訓練"),
        ];
    }
}
