using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Server.Plans.Files;

/// <summary>What can be wrong between the parts of the plan: what waits for what, and what refers to what.</summary>
internal static class PlaybookSoundness
{
    public static void Check(IReadOnlyList<PlaybookDraft> drafts, IReadOnlyList<ChoiceUse> planChoices, List<PlanProblem> problems)
    {
        foreach (var twice in drafts.GroupBy(d => d.Playbook.Id).Where(g => g.Count() > 1))
            foreach (var draft in twice.Skip(1))
                problems.Add(new PlanProblem(draft.File, draft.Line, $"対応手順「{twice.Key}」は {twice.First().File} にもあります。"));
        if (drafts.All(d => d.Playbook.Id != "general"))
            problems.Add(new PlanProblem("general.yaml", 1, "どの種類にも使える対応手順「general」がありません。"));

        foreach (var draft in drafts) CheckSteps(draft, problems);
        foreach (var use in planChoices)
            if (!drafts.Any(d => Offers(d.Playbook, use)))
                problems.Add(new PlanProblem(use.File, use.Line, $"判断「{use.Step}」で「{use.Choice}」を選べる対応手順がありません。"));
    }

    private static void CheckSteps(PlaybookDraft draft, List<PlanProblem> problems)
    {
        var seen = new Dictionary<string, StepDraft>(StringComparer.Ordinal);
        foreach (var step in draft.Steps)
            if (!seen.TryAdd(step.Step.Id, step))
                problems.Add(new PlanProblem(step.File, step.Line, $"対応手順「{draft.Playbook.Id}」に手順「{step.Step.Id}」が二つあります。"));

        var waitsRight = true;
        foreach (var step in draft.Steps)
            foreach (var (line, after) in step.After)
            {
                if (!seen.TryGetValue(after, out var before))
                    problems.Add(new PlanProblem(step.File, line, $"対応手順「{draft.Playbook.Id}」に、先に終えるべき手順「{after}」がありません。"));
                else if (before.Step.Phase > step.Step.Phase)
                    problems.Add(new PlanProblem(step.File, line, $"手順「{step.Step.Id}」は、後の段階の手順「{after}」を待てません。"));
                else continue;
                waitsRight = false;
            }

        if (waitsRight && FindCycle(draft.Steps) is { } cycle)
            problems.Add(new PlanProblem(
                cycle[0].File, cycle[0].Line, $"手順が互いを待っています: {string.Join(" → ", cycle.Append(cycle[0]).Select(s => s.Step.Id))}"));

        foreach (var step in draft.Steps)
            foreach (var use in step.Choices)
                if (seen.TryGetValue(use.Step, out var decision) && decision.Step.Phase > step.Step.Phase)
                    problems.Add(new PlanProblem(use.File, use.Line, $"手順「{step.Step.Id}」は、後の段階の判断「{use.Step}」によることができません。"));
        foreach (var use in draft.Steps.SelectMany(s => s.Choices).Concat(draft.Choices))
            if (!Offers(draft.Playbook, use))
                problems.Add(new PlanProblem(use.File, use.Line, $"対応手順「{draft.Playbook.Id}」に、「{use.Choice}」を選べる判断「{use.Step}」がありません。"));
    }

    private static bool Offers(Playbook playbook, ChoiceUse use) => playbook.Find(use.Step)?.Offers(use.Choice) == true;

    /// <summary>Takes away what waits for nothing that is left, until nothing is left; what stays waits in a circle.</summary>
    private static List<StepDraft>? FindCycle(IReadOnlyList<StepDraft> steps)
    {
        var left = steps.DistinctBy(s => s.Step.Id).ToDictionary(s => s.Step.Id, StringComparer.Ordinal);
        while (left.Values.FirstOrDefault(s => !WaitsFor(s.Step).Any(left.ContainsKey)) is { } free) left.Remove(free.Step.Id);
        if (left.Count == 0) return null;

        var path = new List<StepDraft> { left.Values.First() };
        while (true)
        {
            var next = left[WaitsFor(path[^1].Step).First(left.ContainsKey)];
            var start = path.IndexOf(next);
            if (start < 0) path.Add(next);
            else return [.. path.Skip(start)];
        }
    }

    /// <summary>A step that depends on a choice waits for the decision.</summary>
    private static IEnumerable<string> WaitsFor(Step step) => step.When.Choice is { } choice ? step.After.Concat(choice.Keys) : step.After;
}
