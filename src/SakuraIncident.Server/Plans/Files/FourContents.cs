using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Server.Plans.Files;

/// <summary>
/// The four contents that the guideline asks of every 緊急時対応計画: ① 連絡先, ② 報告すべき事項, ③ 対応措置, ④ 再発防止.
/// </summary>
internal static class FourContents
{
    private const string Organisation = "organisation.yaml";

    public static void Check(
        EmergencyPlan plan, DutyRoster roster, IReadOnlyList<PlaybookDraft> drafts, List<PlanProblem> problems)
    {
        if (!roster.People.Values.Any(p => !p.External && p.Channels.Any(c => c.Address is not null)))
            problems.Add(new PlanProblem(Organisation, 1, "①関係者の連絡先: 電話かメールの連絡先がある職員がいません。"));
        if (!roster.People.Values.Any(p => p.External && p.Channels.Any(c => c.Address is not null)))
            problems.Add(new PlanProblem(Organisation, 1, "①関係者の連絡先: 庁外の連絡先（県、警察、J-LIS、委託事業者など）がありません。"));
        if (plan.Duties.All(d => d.Form is null || plan.Forms![d.Form].Items.Count == 0))
            problems.Add(new PlanProblem("duties.yaml", 1, "②報告すべき事項: どの報告義務にも、報告する事項の様式（form）がありません。"));

        foreach (var draft in drafts) CheckPlaybook(draft, problems);
    }

    private static void CheckPlaybook(PlaybookDraft draft, List<PlanProblem> problems)
    {
        var steps = draft.Playbook.Steps;
        if (steps.All(s => s.Kind != StepKind.Report)) Lacks("②報告すべき事項: 報告（report）の手順がありません。");
        if (steps.All(s => s.Kind != StepKind.Notice)) Lacks("③対応措置: 連絡（notice）の手順がありません。");
        if (steps.All(s => s.Id != "preserve-evidence")) Lacks("③対応措置: 証拠保全の手順（preserve-evidence）がありません。");
        if (steps.All(s => s.Phase != Phase.Containment || s.Optional)) Lacks("③対応措置: 被害の拡大を防ぐ手順がありません。");
        if (steps.All(s => s.Phase != Phase.Recovery || s.Optional)) Lacks("③対応措置: 復旧の手順がありません。");
        if (steps.All(s => s.Phase != Phase.Prevention || s.Optional)) Lacks("④再発防止措置の策定: 再発防止の手順がありません。");

        void Lacks(string what) => problems.Add(new PlanProblem(draft.File, draft.Line, what));
    }
}
