using System.Globalization;
using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Incidents;

/// <summary>An item of a form with what the incident says of it.</summary>
/// <param name="Text">Ready to be copied; what is not known yet stands as 調査中（追完）.</param>
/// <param name="IsKnown">False: a person has to write it, or it is not known yet.</param>
public sealed record FilledItem(string Id, string Title, string Text, string? Asks, bool IsKnown);

/// <summary>
/// 様式 and notices filled from an incident: a function of its state and the moment, so that what could have been sent then can be shown
/// years later. What is submitted is kept as submitted (<see cref="DutyReported"/>).
/// </summary>
public static class FilledForm
{
    /// <summary>追完: still to be supplied.</summary>
    public const string Unknown = "調査中（追完）";

    /// <param name="nameOf">A person's name by id.</param>
    /// <param name="report">第N報.</param>
    public static IReadOnlyList<FilledItem> Of(
        Form form, Incident incident, EmergencyPlan plan, Func<string, string> nameOf, DateTimeOffset now, int report) =>
        [.. form.Items.Select(item =>
        {
            var isKnown = item.Text is not null;
            var text = item.Text is null ? Unknown : Placeholders.Replace(item.Text, name => Value(name, incident, plan, nameOf, now, report) ?? Missing());
            return new FilledItem(item.Id, item.Title, text.Trim(), item.Asks, isKnown && !text.Contains(Unknown, StringComparison.Ordinal));

            string Missing()
            {
                isKnown = false;
                return Unknown;
            }
        })];

    /// <summary>A text of the plan with its 差込み.</summary>
    public static string Fill(string text, Incident incident, EmergencyPlan plan, Func<string, string> nameOf, DateTimeOffset now, int report = 1) =>
        Placeholders.Replace(text, name => Value(name, incident, plan, nameOf, now, report) ?? Unknown).Trim();

    /// <summary>和暦, to the minute: 令和8年11月25日（水）3時05分.</summary>
    public static string Japanese(DateTimeOffset moment)
    {
        var here = InJapan.Here(moment);
        var (era, year) = here.Year switch
        {
            > 2019 => ("令和", here.Year - 2018),
            2019 when here.Month >= 5 => ("令和", 1),
            _ => ("平成", here.Year - 1988),
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{era}{(year == 1 ? "元" : year)}年{here.Month}月{here.Day}日（{InJapan.Weekday(here.DayOfWeek)}）{here.Hour}時{here.Minute:00}分");
    }

    /// <returns>Null: not known yet.</returns>
    private static string? Value(
        string name, Incident i, EmergencyPlan plan, Func<string, string> nameOf, DateTimeOffset now, int report) => name switch
        {
            "番号" => i.Number,
            "題名" => i.Title,
            "種類" => Vocabulary.TitleOf(Vocabulary.Categories, i.Category),
            "実施機関" => Vocabulary.TitleOf(Vocabulary.Bodies, i.Body),
            "領域" => Listed(i.Zones.Select(z => Vocabulary.TitleOf(Vocabulary.Zones, z))),
            "資産" => Listed(i.Assets),
            "重大度" => Vocabulary.TitleOf(i.Severity),
            "国の深刻度" => i.Severity switch { Severity.Critical => "3から4", Severity.High => "2", Severity.Moderate => "1", _ => "0" },
            "段階" => Vocabulary.TitleOf(i.Phase),
            "状態" => i.IsOpen ? "対応を続けている" : "終結した",
            "発生日時" => i.OccurredAt is { } occurred ? Japanese(occurred) : null,
            "覚知日時" => Japanese(i.DetectedAt ?? i.OpenedAt),
            "知った日時" => i.PersonalData?.KnownAt is { } known ? Japanese(known) : null,
            "開始日時" => Japanese(i.OpenedAt),
            "終結日時" => i.ClosedAt is { } closed ? Japanese(closed) : null,
            "いま" => Japanese(now),
            "通報者" => nameOf(i.OpenedBy.Id),
            "対応責任者" => i.Lead is { } lead ? nameOf(lead) : null,
            "概要" => i.Summary,
            "機密性" => Level(i.Impact.Confidentiality),
            "完全性" => Level(i.Impact.Integrity),
            "可用性" => Level(i.Impact.Availability),
            "人数" => People(i.PersonalData),
            "個人情報の種別" => Kinds(i.PersonalData),
            "経過" => History(i, plan),
            "措置" => Lines(StepsDone(i, plan).Where(s => s.Step.Kind == StepKind.Task).Select(s => $"{Japanese(s.At)}　{s.Step.Title}")),
            "所見" => Lines(i.Findings.Select(f => f.Text)),
            "再発防止策" => Lines(i.Measures.OrderBy(m => m.DoneAt is null).Select(m => m.DoneAt is { } done
                ? $"（実施済み）{m.Title}　{Japanese(done)}"
                : $"（予定）{m.Title}　担当 {nameOf(m.Owner)}　期限 {Japanese(m.DueAt)}")),
            "報告済み" => Listed(i.Duties.Where(d => d.Reports > 0).Select(d => $"{d.Title} 第{d.Reports}報")),
            "報告の番号" => report.ToString(CultureInfo.InvariantCulture),
            "訓練" => i.Speed is null ? "" : "【訓練】",
            _ => null,
        };

    private static string? Level(ImpactLevel? level) => level switch
    {
        ImpactLevel.None => "影響なし",
        ImpactLevel.Limited => "限定的",
        ImpactLevel.Serious => "重大",
        _ => null,
    };

    private static string? People(PersonalData? data) => data switch
    {
        null => null,
        { Recovered: true } => "0人（読まれる前に全て回収した）",
        { GreatestUnknown: true, Least: 0 } => null,
        { GreatestUnknown: true } => string.Create(CultureInfo.InvariantCulture, $"最少 {data.Least:#,0}人、最大は{Unknown}"),
        _ when data.Least == data.Greatest => string.Create(CultureInfo.InvariantCulture, $"{data.Greatest:#,0}人"),
        _ => string.Create(CultureInfo.InvariantCulture, $"最少 {data.Least:#,0}人、最大 {data.Greatest:#,0}人"),
    };

    private static string? Kinds(PersonalData? data)
    {
        if (data is null) return null;
        var kinds = new List<string> { "個人情報" };
        if (data.MyNumber) kinds.Add("特定個人情報");
        if (data.Sensitive) kinds.Add("要配慮個人情報");
        if (data.Financial) kinds.Add("財産的被害のおそれがある情報");
        if (data.Unlawful) kinds.Add("不正の目的によるおそれ");
        if (data.PublicAccess) kinds.Add("不特定の者が見られる状態");
        return string.Join("、", kinds);
    }

    private static string? History(Incident i, EmergencyPlan plan)
    {
        var happened = new List<(DateTimeOffset At, string What)> { (i.DetectedAt ?? i.OpenedAt, "覚知") };
        if (i.OccurredAt is { } occurred) happened.Add((occurred, "発生"));
        happened.AddRange(StepsDone(i, plan).Select(s => (s.At, s.Step.Title)));
        if (i.ClosedAt is { } closed) happened.Add((closed, "終結"));
        return Lines(happened.OrderBy(h => h.At).Select(h => $"{Japanese(h.At)}　{h.What}"));
    }

    private static IEnumerable<(Step Step, DateTimeOffset At)> StepsDone(Incident i, EmergencyPlan plan) =>
        plan.PlaybookFor(i.Category).Steps
            .Where(s => i.Steps.GetValueOrDefault(s.Id) is { State: StepState.Done, At: not null })
            .Select(s => (s, i.Steps[s.Id].At!.Value)).OrderBy(s => s.Item2);

    private static string? Listed(IEnumerable<string> words) => string.Join("、", words) is { Length: > 0 } list ? list : null;

    private static string? Lines(IEnumerable<string> lines) => string.Join("\n", lines) is { Length: > 0 } list ? list : null;
}
