using SakuraIncident.Client.Shapes;

namespace SakuraIncident.Cli;

/// <summary>The contract's words as a person reads them. What is not known here is shown as it came.</summary>
internal static class Words
{
    /// <summary>For a word that only a newer server knows.</summary>
    private const string Unknown = "(不明)";

    public static readonly IReadOnlyDictionary<string, string> Categories = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["unauthorized-access"] = "不正アクセス",
        ["ransomware"] = "ランサムウェア",
        ["malware"] = "マルウェア感染",
        ["denial-of-service"] = "サービス不能攻撃",
        ["web-defacement"] = "ウェブサイト改ざん",
        ["phishing"] = "重要情報の詐取",
        ["insider"] = "内部不正",
        ["intrusion"] = "部外者の侵入",
        ["sns-takeover"] = "SNSアカウント乗っ取り",
        ["lost-or-stolen"] = "紛失・盗難・無断持ち出し",
        ["misdirected"] = "誤送信・誤公開・誤廃棄",
        ["misconfiguration"] = "設定・操作ミス",
        ["system-failure"] = "機器故障・プログラム欠陥",
        ["contractor-incident"] = "委託先での事故",
        ["disaster"] = "地震・落雷・火災",
        ["staff-shortage"] = "疾病による要員不足",
        ["infrastructure-outage"] = "電力・通信・水道の途絶",
        ["other"] = "その他",
    };

    public static readonly IReadOnlyDictionary<string, string> Zones = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["mynumber"] = "マイナンバー利用事務系",
        ["lgwan"] = "LGWAN接続系",
        ["internet"] = "インターネット接続系",
        ["cloud"] = "ガバメントクラウド・外部サービス",
        ["paper"] = "紙・物理",
    };

    public static readonly IReadOnlyDictionary<string, string> Roles = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ciso"] = "最高情報セキュリティ責任者",
        ["chief-officer"] = "統括情報セキュリティ責任者",
        ["officer"] = "情報セキュリティ責任者",
        ["manager"] = "情報セキュリティ管理者",
        ["system-manager"] = "情報システム管理者",
        ["system-operator"] = "情報システム担当者",
        ["csirt-lead"] = "CSIRT責任者",
        ["csirt"] = "CSIRT要員",
        ["contact-point"] = "統一的な窓口",
        ["public-relations"] = "広報担当",
        ["privacy-officer"] = "個人情報保護担当",
        ["legal"] = "法務担当",
        ["facility"] = "庁舎管理担当",
        ["sns-owner"] = "ソーシャルメディア責任者",
        ["contractor"] = "委託事業者",
        ["auditor"] = "情報セキュリティ監査担当",
        ["lead"] = "対応責任者",
    };

    public static string Of(IReadOnlyDictionary<string, string> words, string? id) => id is null ? "" : words.GetValueOrDefault(id, id);

    // A shape beside the word, so that colour is never the only difference.
    public static string Of(Severity? severity) => severity switch
    {
        Severity.Critical => "■緊急",
        Severity.High => "▲重大",
        Severity.Moderate => "◆警戒",
        Severity.Low => "●軽微",
        null => "",
        _ => Unknown,
    };

    public static string Of(Phase? phase) => phase switch
    {
        Phase.Detection => "検知",
        Phase.Containment => "封じ込め",
        Phase.Recovery => "復旧",
        Phase.Prevention => "再発防止",
        null => "",
        _ => Unknown,
    };

    public static string Of(IncidentStatus status) => status switch
    {
        IncidentStatus.Open => "対応中",
        IncidentStatus.Closed => "終結",
        IncidentStatus.Merged => "統合済み",
        _ => Unknown,
    };

    public static string Of(Outcome? outcome) => outcome switch
    {
        Outcome.Resolved => "解決",
        Outcome.FalseAlarm => "誤報",
        Outcome.Duplicate => "重複",
        null => "",
        _ => Unknown,
    };

    public static string Of(StepState state) => state switch
    {
        StepState.Waiting => "待ち",
        StepState.Open => "未着手",
        StepState.Started => "着手",
        StepState.Done => "完了",
        StepState.Skipped => "省略",
        StepState.NotNeeded => "不要",
        _ => Unknown,
    };

    public static string Of(StepVerb verb) => verb switch
    {
        StepVerb.Start => "着手",
        StepVerb.Complete => "完了",
        StepVerb.Skip => "省略",
        StepVerb.Decide => "判断",
        StepVerb.Approve => "承認",
        StepVerb.Refuse => "不承認",
        _ => "再開",
    };

    public static string Of(PageState state) => state switch
    {
        PageState.Calling => "呼出中",
        PageState.Acknowledged => "応答",
        PageState.Declined => "辞退",
        PageState.Unanswered => "応答なし",
        PageState.Withdrawn => "取消",
        _ => Unknown,
    };

    public static string Of(DutyState state) => state switch
    {
        DutyState.Running => "進行中",
        DutyState.Warned => "期限間近",
        DutyState.Reported => "報告済み",
        DutyState.Lapsed => "期限超過",
        DutyState.NotApplicable => "対象外",
        _ => Unknown,
    };

    public static string Of(ImpactLevel? level) => level switch
    {
        ImpactLevel.None => "なし",
        ImpactLevel.Limited => "限定的",
        ImpactLevel.Serious => "重大",
        null => "未評価",
        _ => Unknown,
    };
}
