using SakuraIncident.Domain.Duties;
using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Server.Pages.Parts;

/// <summary>How states read on a screen.</summary>
public static class Word
{
    /// <summary>How many people's data; what nobody has said yet is not made up.</summary>
    public static string People(PersonalData data) => data switch
    {
        { GreatestUnknown: true, Least: 0 } => "人数不明",
        { GreatestUnknown: true } => $"{data.Least}人以上",
        _ => $"{data.Least}から{data.Greatest}人",
    };

    public static string Of(StepState state) => state switch
    {
        StepState.Waiting => "待機",
        StepState.Open => "未着手",
        StepState.Started => "作業中",
        StepState.Done => "完了",
        StepState.Skipped => "行わない",
        _ => "不要",
    };

    public static string Of(PageState state) => state switch
    {
        PageState.Calling => "呼び出し中",
        PageState.Acknowledged => "応答",
        PageState.Declined => "応じられない",
        PageState.Unanswered => "応答なし",
        _ => "取り下げ",
    };

    public static string Of(DutyState state) => state switch
    {
        DutyState.Running => "進行中",
        DutyState.Warned => "期限が近い",
        DutyState.Reported => "報告済み",
        DutyState.Lapsed => "期限超過",
        _ => "対象外",
    };

    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Resolved => "解決",
        Outcome.FalseAlarm => "誤報",
        _ => "重複",
    };

    public static string Of(ImpactLevel? level) => level switch
    {
        null => "未評価",
        ImpactLevel.None => "なし",
        ImpactLevel.Limited => "限定的",
        _ => "重大",
    };

    public static string Role(string id) => Vocabulary.TitleOf(Vocabulary.Roles, id);

    public static string Zone(string id) => Vocabulary.TitleOf(Vocabulary.Zones, id);

    public static string Body(string id) => Vocabulary.TitleOf(Vocabulary.Bodies, id);

    public static string Category(string id) => Vocabulary.TitleOf(Vocabulary.Categories, id);

    /// <summary>The value of a form field or CSS class: <c>falseAlarm</c>.</summary>
    public static string Id(Enum value) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
