using SakuraIncident.Domain.Duties;
using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Assurance;

/// <summary>Every step, duty and rule can be used: there is a case in which it applies.</summary>
internal static class Usable
{
    public static IEnumerable<PlanFinding> Check(EmergencyPlan plan, DateTimeOffset now)
    {
        foreach (var playbook in plan.Playbooks.Values)
            foreach (var finding in OfPlaybook(plan, playbook)) yield return finding;
        foreach (var duty in plan.Duties)
            foreach (var finding in OfDuty(plan, duty)) yield return finding;
        foreach (var duty in plan.Duties.GroupBy(d => d.Id).Where(d => d.All(version => version.EffectiveFrom > InJapan.Day(now))).Select(d => d.First()))
            yield return new(
                "duty-not-in-force", new Subject(Duty: duty.Id),
                $"報告義務「{duty.Title}」は、{duty.EffectiveFrom:yyyy-MM-dd}まで施行されず、それまで期限が動きません。いま有効な定めを残してください。");
        for (var i = 0; i < plan.SeverityRules.Count; i++)
            if (!CanHold(plan, plan.SeverityRules[i].When))
                yield return new("rule-never", new Subject(Rule: i), "この重大度の規則の条件（when）に当たる事案はありません。");
    }

    private static IEnumerable<PlanFinding> OfPlaybook(EmergencyPlan plan, Playbook playbook)
    {
        var choosing = new Choosing(plan, playbook, CategoriesOf(plan, playbook));
        foreach (var step in playbook.Steps)
        {
            var about = new Subject(playbook.Id, step.Id);
            if (!choosing.CanHold(step.When))
                yield return new("step-never", about, $"手順「{step.Title}」は、どの場合にも始まりません（条件に当たる事案がありません）。");
            if (step is { Due: null, Optional: false })
                yield return new("step-no-due", about, $"手順「{step.Title}」に期限（due）がありません。");
            if (step.Record is null && step.Kind != StepKind.Automation)
                yield return new("step-no-record", about, $"手順「{step.Title}」に、記録すること（record）がありません。");
            if (step.Serves.Count == 0)
                yield return new("step-serves-nothing", about, $"手順「{step.Title}」に根拠（serves）がありません。");
            if (step is { Kind: StepKind.Report, Form: null } && plan.Forms is not null)
                yield return new("form-missing", about, $"報告「{step.Title}」に、報告する事項の様式（form）がありません。");
        }
        foreach (var rule in playbook.SeverityRules)
            if (!choosing.CanHold(rule.When))
                yield return new("rule-never", new Subject(playbook.Id), $"対応手順「{playbook.Title}」の重大度の規則（{Vocabulary.TitleOf(rule.Least)}にする条件）に当たる事案はありません。");
    }

    private static IEnumerable<PlanFinding> OfDuty(EmergencyPlan plan, DutyRule duty)
    {
        var about = new Subject(Duty: duty.Id);
        if (!CanHold(plan, duty.When))
            yield return new("duty-never", about, $"報告義務「{duty.Title}」の条件（when）に当たる事案はありません。");
        else if (duty.LongerWhen is { } longer && !CanHold(plan, Both(duty.When, longer)))
            yield return new("duty-never", about, $"報告義務「{duty.Title}」の期限を延ばす条件（longer）に当たる事案はありません。");
    }

    private static Condition Both(Condition a, Condition b) => new() { Any = [a], Unless = new Condition { Unless = b } };

    /// <summary>Of a duty or a rule for all: a choice stays made when the incident turns out to be of another kind.</summary>
    private static bool CanHold(EmergencyPlan plan, Condition when)
    {
        var bodies = Vocabulary.Bodies.Select(b => b.Id).ToList();
        return Vocabulary.Categories.Any(category =>
        {
            var asked = Asked.By(when, plan, plan.PlaybookFor(category.Id)).Choices.ToList();
            return FactSpace.Witness(when, plan, [category.Id], bodies, FactSpace.Choices(asked, step => AnyChoice(plan, step))) is not null;
        });
    }

    /// <summary>The kinds of incident that open with a playbook: its own, or for the general one all that have none.</summary>
    private static IReadOnlyList<string> CategoriesOf(EmergencyPlan plan, Playbook playbook) =>
        [.. Vocabulary.Categories.Select(c => c.Id).Where(c => plan.PlaybookFor(c).Id == playbook.Id).DefaultIfEmpty(playbook.Id)];

    private static List<string> AnyChoice(EmergencyPlan plan, string step) =>
        [.. plan.Playbooks.Values.Select(p => p.Find(step)).OfType<Step>().SelectMany(s => s.Answers()).Distinct()];
}
