using System.Diagnostics;
using System.Text.Json;
using Npgsql;

namespace SakuraIncident.Benchmarks;

/// <summary>An incident of a thousand events as of its last version, through HTTP, beside reading and parsing the same rows.</summary>
public static class Fold
{
    private const int Events = 1000;
    private const int Rounds = 60;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Bench bench)
    {
        var id = await bench.OpenAsync();
        int version;
        do version = (await bench.PostAsync($"/api/incidents/{id}/notes", new { text = "測定のためのメモ" })).GetProperty("version").GetInt32();
        while (version < Events);

        await using var connection = new NpgsqlConnection(bench.Cluster.ConnectionString);
        await connection.OpenAsync();
        var (folded, raw) = (new List<double>(), new List<double>());
        for (var i = -20; i < Rounds; i++)
        {
            var since = Stopwatch.GetTimestamp();
            await bench.Http.GetStringAsync($"/api/incidents/{id}?version={version}");
            var fold = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
            since = Stopwatch.GetTimestamp();
            await ReadAsync(connection, Guid.Parse(id));
            if (i < 0) continue;
            folded.Add(fold);
            raw.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }
        return
        [
            new($"{version}件のイベントの再生(HTTP込み)p50", Results.Percentile(folded, 0.5), "ms", Results.Percentile(raw, 0.5), "同じ行を読んで解釈", "比 3未満"),
        ];
    }

    private static async Task ReadAsync(NpgsqlConnection connection, Guid id)
    {
        await using var command = new NpgsqlCommand(
            "select seq_id, version, type, timestamp, headers::text, data::text from sakura_events.mt_events where stream_id = $1 order by version", connection);
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            using var headers = JsonDocument.Parse(reader.GetString(4));
            using var data = JsonDocument.Parse(reader.GetString(5));
        }
    }
}
