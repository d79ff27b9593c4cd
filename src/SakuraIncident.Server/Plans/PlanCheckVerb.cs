namespace SakuraIncident.Server.Plans;

/// <summary><c>plan check [DIR]</c>: is the plan in these files sound? Needs no server.</summary>
public static class PlanCheckVerb
{
    /// <param name="args">What follows <c>plan check</c>.</param>
    /// <returns>0 sound, 1 problems found, 2 unusable arguments.</returns>
    public static int Run(string[] args) => Run(args, Console.Out, Console.Error);

    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        if (PlanDirectory.From(args, "plan check [DIR]", error) is not { } directory) return 2;
        var reading = PlanFiles.Load(directory);
        var problems = reading switch
        {
            PlanReading.Sound sound => sound.Warnings,
            PlanReading.Broken broken => broken.Problems,
            _ => [],
        };
        foreach (var problem in problems)
            output.WriteLine($"{Path.Combine(directory, problem.File)}:{problem.Line}: {problem.Reason}");
        if (problems.Count > 0)
        {
            output.WriteLine($"問題が {problems.Count} 件あります。");
            return 1;
        }

        var (plan, roster, _) = (PlanReading.Sound)reading;
        output.WriteLine(
            $"問題はありません。対応手順 {plan.Playbooks.Count}、手順 {plan.Playbooks.Values.Sum(p => p.Steps.Count)}、" +
            $"報告義務 {plan.Duties.Count}、職員と連絡先 {roster.People.Count}、版 {plan.Revision[..12]}");
        return 0;
    }
}

/// <summary>The folder that a verb of the plan is about.</summary>
internal static class PlanDirectory
{
    public static string? From(string[] args, string usage, TextWriter error)
    {
        if (args.Length > 1 || (args.Length == 1 && args[0].StartsWith('-')))
        {
            error.WriteLine($"使い方: sakura {usage}");
            return null;
        }

        var directory = args.Length == 1 ? args[0] : Environment.GetEnvironmentVariable("SAKURA_PLAYBOOKS") ?? PlanFiles.DefaultDirectory();
        if (Directory.Exists(directory)) return directory;
        error.WriteLine($"フォルダがありません: {directory}");
        return null;
    }
}
