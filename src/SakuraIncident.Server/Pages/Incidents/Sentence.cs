using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Pages.Parts;

namespace SakuraIncident.Server.Pages.Incidents;

/// <summary>What an event belongs to, for the filter of the timeline.</summary>
public enum Strand { Note, Call, Step, Fact, Duty, Review }

/// <summary>An event in Japanese.</summary>
/// <param name="Quote">What a person wrote.</param>
/// <param name="Grave">Something was missed or nobody answered.</param>
public sealed record Sentence(Strand Strand, string Text, string? Quote = null, bool Grave = false)
{
    public static Sentence Of(IncidentEvent happened, IncidentView view) => happened switch
    {
        IncidentOpened e => new(Strand.Fact, $"通報「{e.Title}」を受け、{Vocabulary.TitleOf(e.Severity)}の事案として開始しました", e.Summary),
        IncidentImported e => new(Strand.Fact, $"{e.Source} から取り込みました(状態: {e.State})"),
        ImportedRow e => new(Strand.Fact, $"取り込み元の状態が「{e.State}」になりました"),
        NoteAdded e => new(Strand.Note, "メモ", e.Text),
        NoteCorrected e => new(Strand.Note, $"メモ {e.NoteId} を訂正しました", e.Text),
        FactsAssessed e => new(Strand.Fact, $"評価を改めました: {Changes(e)}", e.Reason),
        PlaybookChanged e => new(Strand.Fact, $"対応手順が「{e.Title}」に変わりました", Mapped(e.Steps, view)),
        RevisionAdopted e => new(Strand.Fact, $"改訂後の計画（版 {e.To[..Math.Min(8, e.To.Length)]}）に移りました", $"{e.Reason}{(Mapped(e.Steps, view) is { } mapped ? $"\n{mapped}" : "")}"),
        SeverityChanged e => new(Strand.Fact,
            $"重大度を「{Vocabulary.TitleOf(e.From)}」から「{Vocabulary.TitleOf(e.To)}」に{(e.To < e.From ? "引き上げ" : "引き下げ")}ました", e.Reason),
        LoweringRequested e => new(Strand.Fact, $"重大度を「{Vocabulary.TitleOf(e.To)}」に引き下げる承認を求めました", e.Reason),
        LoweringRefused e => new(Strand.Fact, $"重大度の引き下げを差し戻しました{Acting(e.ActingFor, view)}", e.Reason),
        PhaseMoved e => new(Strand.Fact, $"段階が「{Vocabulary.TitleOf(e.From)}」から「{Vocabulary.TitleOf(e.To)}」に{(e.To > e.From ? "進み" : "戻り")}ました", e.Reason),
        IncidentClosed e => new(Strand.Fact, $"{Word.Of(e.Outcome)}として終結しました", e.Reason),
        IncidentReopened e => new(Strand.Fact, "再開しました", e.Reason),
        IncidentMerged e => new(Strand.Fact, "別の事案に統合しました", e.Reason),
        DuplicateLinked e => new(Strand.Fact, $"{e.Number} を重複として結び付けました"),
        DuplicateUnlinked e => new(Strand.Fact, $"{e.Number} は再開され、重複ではなくなりました"),
        StatusReportMissed e => new(Strand.Note, $"{JapanTime.Clock(e.DueAt)} までの状況報告がありませんでした", Grave: true),
        _ => OfStep(happened, view) ?? OfCall(happened, view) ?? OfDutyOrReview(happened, view)
            ?? throw new InvalidOperationException($"No sentence for {happened.GetType().Name}."),
    };

    private static Sentence? OfStep(IncidentEvent happened, IncidentView view) => happened switch
    {
        StepsOpened e => new(Strand.Step, $"手順が始められるようになりました: {Titles(e.StepIds, view, e.Why)}"),
        StepsRuledOut e => new(Strand.Step, $"手順が不要になりました: {Titles(e.StepIds, view, e.Why, e.Titles)}"),
        StepCameRound e => new(Strand.Step, $"手順「{view.StepTitle(e.StepId)}」の次の回が来ました"),
        AutomationAnswered e => new(Strand.Step, $"「{view.StepTitle(e.StepId)}」を自動で{(e.Succeeded ? "呼び出しました" : "呼び出せませんでした")}", e.Answer, Grave: !e.Succeeded),
        StepStarted e => new(Strand.Step, $"手順「{view.StepTitle(e.StepId)}」に着手しました"),
        StepCompleted e => new(Strand.Step, $"手順「{view.StepTitle(e.StepId)}」を完了しました", e.Record),
        StepSkipped e => new(Strand.Step, $"手順「{view.StepTitle(e.StepId)}」は行わないことにしました", e.Reason),
        StepReopened e => new(Strand.Step, $"手順「{view.StepTitle(e.StepId)}」をやり直すことにしました", e.Reason),
        DecisionMade e => new(Strand.Step, $"「{view.StepTitle(e.StepId)}」を「{view.ChoiceTitle(e.StepId, e.Choice)}」と判断しました{Acting(e.ActingFor, view)}", e.Record),
        StepApproved e => new(Strand.Step, $"「{view.StepTitle(e.StepId)}」を承認しました{Acting(e.ActingFor, view)}", e.Record),
        StepRefused e => new(Strand.Step, $"「{view.StepTitle(e.StepId)}」を差し戻しました{(e.AskedAgain ? "。あらためて承認が要ります" : "")}{Acting(e.ActingFor, view)}", e.Reason),
        StepOverdue e => new(Strand.Step, $"手順「{view.StepTitle(e.StepId)}」が期限を過ぎました", Grave: true),
        _ => null,
    };

    private static Sentence? OfCall(IncidentEvent happened, IncidentView view) => happened switch
    {
        RoleAssigned e => new(Strand.Call, $"{Word.Role(e.Role)}を {view.NameOf(e.Person)} が受け持ちます{Acting(e.ActingFor, view)}", e.Handover),
        ResponderPaged e => new(Strand.Call,
            $"{view.NameOf(e.Person)}{(e.Role is { } role ? $"({Word.Role(role)})" : "")}を招集しました{Acting(e.ActingFor, view)}。{view.Why(e.Purpose)}"),
        RungPassed e => new(Strand.Call, $"{Word.Role(e.Role)}(第{e.Level}段): {e.Reason}", Grave: true),
        NobodyAnswered e => new(Strand.Call, $"{view.Why(e.Purpose)}に、誰も応答していません", Grave: true),
        PageAcknowledged e => new(Strand.Call, $"{view.PageName(e.PageId)} が招集に応答しました{(e.ByTelephone ? "(電話)" : "")}"),
        PageDeclined e => new(Strand.Call, $"{view.PageName(e.PageId)} は招集に応じられません{(e.ByTelephone ? "(電話)" : "")}", e.Reason),
        PageUnanswered e => new(Strand.Call, $"{view.PageName(e.PageId)} から時間内に応答がありませんでした", Grave: true),
        PageWithdrawn e => new(Strand.Call, $"{view.PageName(e.PageId)} への招集を取り下げました。{e.Reason}"),
        NothingHappened e => new(Strand.Call, $"{view.PageName(e.PageId)} の応答後、動きがありません", Grave: true),
        NotificationSent e => new(Strand.Call, $"{view.NameOf(e.Person)} に{Channel(e.Channel)}で知らせました"),
        NotificationFailed e => new(Strand.Call, $"{view.NameOf(e.Person)} に{Channel(e.Channel)}で知らせることができませんでした", e.Reason, Grave: true),
        _ => null,
    };

    private static Sentence? OfDutyOrReview(IncidentEvent happened, IncidentView view) => happened switch
    {
        DutyStarted e => new(Strand.Duty, $"報告義務「{e.Duty.Title}」が始まりました。期限 {JapanTime.Short(e.Duty.DueAt)}"),
        DutyRevised e => new(Strand.Duty, $"報告義務「{e.Duty.Title}」の期限が {JapanTime.Short(e.Duty.DueAt)} になりました"),
        DutyNotApplicable e => new(Strand.Duty, $"報告義務「{view.DutyTitle(e.DutyId)}」は対象外になりました。{e.How}"),
        DutyWarned e => new(Strand.Duty, $"報告義務「{view.DutyTitle(e.DutyId)}」の期限が近づいています", Grave: true),
        DutyLapsed e => new(Strand.Duty, $"報告義務「{view.DutyTitle(e.DutyId)}」の期限を過ぎました", Grave: true),
        DutyReported e => new(Strand.Duty, $"「{view.DutyTitle(e.DutyId)}」の第{e.Report}報を記録しました{Receipt(e.ReceiptNumber)}", Said(e)),
        FindingAdded e => new(Strand.Review, e.NoMeasureNeeded ? "所見(再発防止策は不要と判断)" : "所見", e.Text),
        MeasureAdded e => new(Strand.Review, $"再発防止策「{e.Title}」を {view.NameOf(e.Owner)} が {JapanTime.Day(e.DueAt)} までに行います"),
        MeasureCompleted e => new(Strand.Review, $"再発防止策「{view.MeasureTitle(e.MeasureId)}」を終えました", e.Record),
        MeasureOverdue e => new(Strand.Review, $"再発防止策「{view.MeasureTitle(e.MeasureId)}」が期限を過ぎました", Grave: true),
        _ => null,
    };

    private static string Changes(FactsAssessed e)
    {
        var changes = new List<string>();
        if (e.Category is { } category) changes.Add($"種類 {Word.Category(category)}");
        if (e.Body is { } body) changes.Add($"実施機関 {Word.Body(body)}");
        if (e.Zones is { } zones) changes.Add($"領域 {string.Join("・", zones.Select(Word.Zone))}");
        if (e.Impact is { } i)
            changes.Add($"影響 機密性 {Word.Of(i.Confidentiality)}・完全性 {Word.Of(i.Integrity)}・可用性 {Word.Of(i.Availability)}");
        if (e.PersonalData is { } data)
            changes.Add(data.Recovered ? "個人情報 漏えいなし" : $"個人情報 {Word.People(data)}");
        return string.Join("、", changes);
    }

    private static string? Mapped(IReadOnlyDictionary<string, string>? steps, IncidentView view) => steps is { Count: > 0 }
        ? $"行ったことの対応付け: {string.Join("、", steps.Select(s => $"{view.StepTitle(s.Key)} → {view.StepTitle(s.Value)}"))}"
        : null;

    private static string Titles(
        IReadOnlyList<string> steps, IncidentView view, IReadOnlyDictionary<string, string>? why, IReadOnlyDictionary<string, string>? titles = null) =>
        string.Join("、", steps.Take(3).Select(id => (titles?.GetValueOrDefault(id) ?? view.StepTitle(id)) + (why?.GetValueOrDefault(id) is { } reason ? $"({reason})" : "")))
        + (steps.Count > 3 ? $" ほか{steps.Count - 3}件" : "");

    private static string Acting(string? actingFor, IncidentView view) => actingFor is null ? "" : $"({view.NameOf(actingFor)} の職務代行)";

    private static string Said(DutyReported e) => string.Join('\n', [
        .. e.Text.Length > 0 ? [e.Text] : Array.Empty<string>(), .. (e.Items ?? []).Select(i => $"{i.Title}: {i.Text}"),
        .. e.StillUnknown.Count > 0 ? [$"追完: {string.Join("、", e.StillUnknown)}"] : Array.Empty<string>()]);

    private static string Receipt(string? number) => number is null ? "" : $"(受付番号 {number})";

    private static string Channel(string kind) => kind switch { "mail" => "メール", "phone" => "電話", "product" => "この画面", _ => kind };
}
