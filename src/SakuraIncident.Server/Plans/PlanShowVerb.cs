using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Server.Plans;

/// <summary><c>plan show [DIR]</c>: what the plan holds, on one screen.</summary>
public static class PlanShowVerb
{
    /// <param name="args">What follows <c>plan show</c>.</param>
    /// <returns>0 shown, 1 the files cannot be used, 2 unusable arguments.</returns>
    public static int Run(string[] args) => Run(args, Console.Out, Console.Error);

    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        if (PlanDirectory.From(args, "plan show [DIR]", error) is not { } directory) return 2;
        if (PlanFiles.Load(directory) is not PlanReading.Sound sound)
        {
            error.WriteLine("計画のファイルに問題があります。plan check で確かめてください。");
            return 1;
        }

        var (plan, roster, _, _) = sound;
        output.WriteLine($"緊急時対応計画　版 {plan.Revision}");
        ShowPlaybooks(plan, output);
        ShowLadders(plan, output);
        output.WriteLine("\n報告義務");
        foreach (var duty in plan.Duties) output.WriteLine($"  {duty.Id,-22} {duty.Title}　→ {duty.To}");
        output.WriteLine("\n役割と担当者");
        foreach (var holding in roster.Holdings)
        {
            var body = holding.Body is null ? "" : $"（{Vocabulary.TitleOf(Vocabulary.Bodies, holding.Body)}）";
            var people = holding.Holders.Concat(holding.Deputies).Select(id => roster.People.TryGetValue(id, out var person) ? person.Name : id);
            output.WriteLine($"  {holding.Role,-22} {Vocabulary.TitleOf(Vocabulary.Roles, holding.Role)}{body}　{(holding.ByShift ? "当番、" : "")}{string.Join("、", people)}");
        }

        return 0;
    }

    private static void ShowPlaybooks(EmergencyPlan plan, TextWriter output)
    {
        output.WriteLine("\n対応手順");
        foreach (var playbook in plan.Playbooks.Values.OrderBy(p => p.Id, StringComparer.Ordinal))
        {
            var phases = playbook.Steps.GroupBy(s => s.Phase).Select(g => $"{Vocabulary.TitleOf(g.Key)} {g.Count()}");
            output.WriteLine($"  {playbook.Id,-22} {playbook.Title}　{string.Join("、", phases)}　重大度の下限 {Vocabulary.TitleOf(playbook.LeastSeverity)}");
        }

        var general = Vocabulary.Categories.Where(c => !plan.Playbooks.ContainsKey(c.Id)).Select(c => c.Title);
        output.WriteLine($"  共通手順（general）を使う種類: {string.Join("、", general)}");
    }

    private static void ShowLadders(EmergencyPlan plan, TextWriter output)
    {
        output.WriteLine("\n招集の段");
        foreach (var (severity, ladder) in plan.Ladders)
            output.WriteLine(
                $"  {Vocabulary.TitleOf(severity)}　{string.Join(" → ", ladder.Rungs.Select(r => Vocabulary.TitleOf(Vocabulary.Roles, r)))}" +
                $"　応答 {ladder.Acknowledge.TotalMinutes:0.#}分、次の段へ {ladder.Within.TotalMinutes:0.#}分");
    }
}
