namespace SakuraIncident.Benchmarks;

/// <summary>From the start of the process on an existing database to <c>/readyz</c>, and memory 30 s later.</summary>
public static class StartUp
{
    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Bench bench)
    {
        var (starts, bare) = (new List<double>(), new List<double>());
        for (var i = 0; i < 3; i++)
        {
            await bench.StopAsync();
            bare.Add(await bench.BareStartAsync());
            starts.Add(await bench.StartAsync());
        }
        await Task.Delay(TimeSpan.FromSeconds(30));
        return
        [
            new("起動から /readyz まで(中央値)", Results.Percentile(starts, 0.5), "秒", Results.Percentile(bare, 0.5), "同じプログラムを読み込み、誤った引数で終わるまで", "3秒未満"),
            new("30秒後の常駐メモリ", bench.ResidentMegabytes(), "MB", Aim: "180 MB未満"),
        ];
    }
}
