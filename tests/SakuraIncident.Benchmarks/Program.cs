using SakuraIncident.Benchmarks;

// bench [NAME]: measures the built server, each figure beside its raw limit in the same run.
Dictionary<string, Func<Bench, Task<IReadOnlyList<Figure>>>> all = new(StringComparer.Ordinal)
{
    ["start"] = StartUp.MeasureAsync,
    ["commands"] = Commands.MeasureAsync,
    ["watchers"] = Watchers.MeasureAsync,
    ["fold"] = Fold.MeasureAsync,
    ["import"] = Import.MeasureAsync,
    ["timers"] = Timers.MeasureAsync,
    ["plan"] = Plan.MeasureAsync,
};
if (args.Length > 1 || (args.Length == 1 && !all.ContainsKey(args[0])))
{
    await Console.Error.WriteLineAsync($"使い方: sakura bench [{string.Join(" | ", all.Keys)}]");
    return 2;
}
if (Environment.GetEnvironmentVariable("SAKURA_SERVER") is not { Length: > 0 } server || !File.Exists(server))
{
    await Console.Error.WriteLineAsync("SAKURA_SERVER に SakuraIncident.Server.dll の場所を指定してください(sakura bench が指定します)。");
    return 2;
}

await using var cluster = await Cluster.StartAsync();
await using var bench = new Bench(cluster, server);
await bench.StartAsync();
foreach (var (name, measure) in all.Where(b => args.Length == 0 || b.Key == args[0]))
{
    await Console.Error.WriteLineAsync($"{name} …");
    Results.Write(name, await measure(bench));
}
return 0;
