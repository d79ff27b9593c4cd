using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Server.Plans.Files;

/// <summary>
/// The four contents that the guideline asks of every 緊急時対応計画: ① 連絡先, ② 報告すべき事項, ③ 対応措置, ④ 再発防止.
/// </summary>
internal static class FourContents
{
    private const string Organisation = "organisation.yaml";

    /// <summary>What a report to the commission has to say (個人情報保護法施行規則44条1項1号–9号; 番号法の規則3条1項 likewise), by the form's id.</summary>
    private static readonly string[] NineItems = ["outline", "kinds", "people", "cause", "secondary", "persons", "publication", "prevention", "other"];
    private static readonly string[] OfTheCommission = ["ppc", "my-number"];

    private static readonly string[] ToAuthorities =
        ["prefecture", "ppc-preliminary", "ppc-final", "my-number-preliminary", "my-number-final", "lgwan-operator", "police"];

    public static void Check(
        EmergencyPlan plan, DutyRoster roster, IReadOnlyList<PlaybookDraft> drafts, List<PlanProblem> problems)
    {
        if (!roster.People.Values.Any(p => !p.External && p.Channels.Any(c => c.Address is not null)))
            problems.Add(new PlanProblem(Organisation, 1, "①関係者の連絡先: 電話かメールの連絡先がある職員がいません。"));
        if (!roster.People.Values.Any(p => p.External && p.Channels.Any(c => c.Address is not null)))
            problems.Add(new PlanProblem(Organisation, 1, "①関係者の連絡先: 庁外の連絡先（県、警察、J-LIS、委託事業者など）がありません。"));
        if (plan.Duties.All(d => d.Form is null || plan.Forms![d.Form].Items.Count == 0))
            problems.Add(new PlanProblem("duties.yaml", 1, "②報告すべき事項: どの報告義務にも、報告する事項の様式（form）がありません。"));

        foreach (var form in OfTheCommission.Select(id => plan.Forms?.GetValueOrDefault(id)).OfType<Form>())
            foreach (var item in NineItems.Where(id => form.Items.All(i => i.Id != id)))
                problems.Add(new PlanProblem("forms.yaml", 1, $"②報告すべき事項: 様式「{form.Title}」に、個人情報保護委員会への報告に必要な項目「{item}」がありません。"));
        CheckReceivers(plan, roster, problems);
        foreach (var draft in drafts) CheckPlaybook(draft, problems);
    }

    /// <summary>An authority that a duty names is an outside contact: at night nobody looks for its number.</summary>
    private static void CheckReceivers(EmergencyPlan plan, DutyRoster roster, List<PlanProblem> problems)
    {
        var known = roster.People.Values.Where(p => p.External).Select(p => FirstWord(p.Name)).ToHashSet(StringComparer.Ordinal);
        var missing = plan.Duties.Where(d => ToAuthorities.Contains(d.Id)).Select(d => FirstWord(d.To)).Where(to => !known.Contains(to)).Distinct();
        foreach (var to in missing) problems.Add(new PlanProblem(Organisation, 1, $"①関係者の連絡先: 報告先「{to}」の連絡先（outside）がありません。"));

        static string FirstWord(string name) => name.Split(' ', '　', '（', '(', '・', '、')[0];
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
