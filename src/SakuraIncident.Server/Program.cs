using System.Globalization;
using System.Runtime.InteropServices;
using SakuraIncident.Server;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Plans;
using SakuraIncident.Server.Storage;

// The machine's language changes nothing that is stored or shown.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

return args switch
{
    ["token", "create", .. var rest] => await TokenCreateVerb.RunAsync(rest, PrivateCluster.FindConnectionString),
    ["plan", "check", .. var rest] => PlanCheckVerb.Run(rest),
    ["plan", "show", .. var rest] => PlanShowVerb.Run(rest),
    ["plan", ..] => Unusable("使い方: sakura plan check [DIR] [--json]、または sakura plan show [DIR]"),
    ["token", ..] => Unusable(TokenCreateVerb.Usage),
    ["codegen", ..] => await Start.GenerateCodeAsync(args),
    ["up", .. var rest] => await UpAsync(rest),
    _ => await UpAsync(args),
};

static int Unusable(string usage)
{
    Console.Error.WriteLine(usage);
    return 2;
}

static async Task<int> UpAsync(string[] args)
{
    using var interrupted = new CancellationTokenSource();
    using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    try
    {
        var options = ServerOptions.Read(args, Environment.GetEnvironmentVariable);
        var reading = Task.Run(() => PlanFiles.Load(options.Playbooks)); // takes as long as all that comes before it is needed
        using var startLog = LoggerFactory.Create(l => l.AddSimpleConsole(o => o.SingleLine = true));
        await using var cluster = options.Database is null
            ? await PrivateCluster.StartAsync(options.Data, startLog.CreateLogger<PrivateCluster>(), interrupted.Token)
            : null;
        await using var app = Start.Build(options, options.Database ?? cluster!.ConnectionString, cluster);
        var created = await Start.PrepareAsync(app, reading, interrupted.Token);
        await app.StartAsync(interrupted.Token);
        Greeting.Print(options, created);
        await app.WaitForShutdownAsync(interrupted.Token);
        return 0;
    }
    catch (PlanBrokenException broken)
    {
        foreach (var problem in broken.Problems) await Console.Error.WriteLineAsync($"{problem.File}:{problem.Line}: {problem.Reason}");
        return 1;
    }
    catch (Exception refused) when (refused is ClusterException or IOException or Npgsql.NpgsqlException)
    {
        await Console.Error.WriteLineAsync(refused.Message.ReplaceLineEndings(" "));
        return 1;
    }
    catch (FormatException wrong)
    {
        await Console.Error.WriteLineAsync(wrong.Message.ReplaceLineEndings(" "));
        return 2;
    }
    catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
    {
        return 0;
    }

    // Until the host listens to signals itself, and beside it, so that an interrupted start leaves no PostgreSQL behind.
    void End(PosixSignalContext context)
    {
        context.Cancel = true;
        interrupted.Cancel();
    }
}
