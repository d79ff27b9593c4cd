using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Assurance;

/// <summary>Every step, duty and rule can be used: there is a case in which it applies.</summary>
internal static class Usable
{
    public static IEnumerable<PlanFinding> Check(EmergencyPlan plan)
    {
        foreach (var playbook in plan.Playbooks.Values)
            foreach (var finding in OfPlaybook(plan, playbook)) yield return finding;

        var everywhere = Vocabulary.Categories.Select(c => c.Id).ToList();
        foreach (var duty in plan.Duties)
            if (FactSpace.Witness(duty.When, plan, everywhere, step => AnyChoice(plan, step)) is null)
                yield return new("duty-never", new Subject(Duty: duty.Id), $"報告義務「{duty.Title}」の条件（when）に当たる事案はありません。");
        for (var i = 0; i < plan.SeverityRules.Count; i++)
            if (FactSpace.Witness(plan.SeverityRules[i].When, plan, everywhere, step => AnyChoice(plan, step)) is null)
                yield return new("rule-never", new Subject(Rule: i), "この重大度の規則の条件（when）に当たる事案はありません。");
    }

    private static IEnumerable<PlanFinding> OfPlaybook(EmergencyPlan plan, Playbook playbook)
    {
        var categories = CategoriesOf(plan, playbook);
        var possible = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var step in playbook.Steps)
        {
            var about = new Subject(playbook.Id, step.Id);
            if (!CanOpen(step.Id))
                yield return new("step-never", about, $"手順「{step.Title}」は、どの場合にも始まりません（条件に当たる事案がありません）。");
            if (step is { Due: null, Optional: false })
                yield return new("step-no-due", about, $"手順「{step.Title}」に期限（due）がありません。");
            if (step.Record is null && step.Kind != StepKind.Automation)
                yield return new("step-no-record", about, $"手順「{step.Title}」に、記録すること（record）がありません。");
            if (step.Serves.Count == 0)
                yield return new("step-serves-nothing", about, $"手順「{step.Title}」に根拠（serves）がありません。");
        }

        bool CanOpen(string id)
        {
            if (possible.TryGetValue(id, out var known)) return known;
            possible[id] = false; // a decision that depends on itself is never made
            if (playbook.Find(id) is not { } step) return false;
            return possible[id] = FactSpace.Witness(step.When, plan, categories, Made) is not null;
        }

        IReadOnlyList<string> Made(string decision) => playbook.Find(decision) is { } step && CanOpen(decision) ? step.Answers() : [];
    }

    /// <summary>The kinds of incident that open with a playbook: its own, or for the general one all that have none.</summary>
    private static IReadOnlyList<string> CategoriesOf(EmergencyPlan plan, Playbook playbook) =>
        [.. Vocabulary.Categories.Select(c => c.Id).Where(c => plan.PlaybookFor(c).Id == playbook.Id)];

    private static List<string> AnyChoice(EmergencyPlan plan, string step) =>
        [.. plan.Playbooks.Values.Select(p => p.Find(step)).OfType<Step>().SelectMany(s => s.Answers()).Distinct()];
}
