namespace SakuraIncident.Domain.Plans;

/// <summary>段階: the four phases every incident passes through, in this order.</summary>
public enum Phase { Detection, Containment, Recovery, Prevention }

/// <summary>重大度, worst first, so that a smaller value is a worse incident.</summary>
public enum Severity { Critical, High, Moderate, Low }

/// <summary>手順の種類. An automation calls another program; nothing ever waits for it.</summary>
public enum StepKind { Task, Decision, Approval, Report, Notice, Automation }

/// <summary>影響の程度 on one of confidentiality, integrity, availability.</summary>
public enum ImpactLevel { None, Limited, Serious }

/// <summary>The fixed words of the domain: the ids that files, events and the HTTP API use, and how a person reads them.</summary>
public static class Vocabulary
{
    /// <summary>Zones, the most protected first (P 2-2(8)–(10)).</summary>
    public static readonly IReadOnlyList<(string Id, string Title)> Zones =
    [
        ("mynumber", "マイナンバー利用事務系"), ("lgwan", "LGWAN接続系"), ("internet", "インターネット接続系"),
        ("cloud", "ガバメントクラウド・外部サービス"), ("paper", "紙・物理"),
    ];

    /// <summary>実施機関 (P 2-4(1)).</summary>
    public static readonly IReadOnlyList<(string Id, string Title)> Bodies =
    [
        ("mayor", "市長部局"), ("public-enterprise", "地方公営企業"), ("education", "教育委員会"), ("assembly", "議会"),
        ("audit", "監査委員"), ("agriculture", "農業委員会"), ("election", "選挙管理委員会"), ("assessment", "固定資産評価委員会"),
    ];

    /// <summary>情報資産の分類 (P 2-6(2)), the weightiest first.</summary>
    public static readonly IReadOnlyList<(string Id, string Title)> ConfidentialityClasses =
        [("3A", "機密性3A"), ("3B", "機密性3B"), ("3C", "機密性3C"), ("2", "機密性2"), ("1", "機密性1")];

    public static readonly IReadOnlyList<(string Id, string Title)> IntegrityClasses = [("2", "完全性2"), ("1", "完全性1")];

    public static readonly IReadOnlyList<(string Id, string Title)> AvailabilityClasses = [("2", "可用性2"), ("1", "可用性1")];

    /// <summary>Kinds of incident (P 2-3): the seventeen, and what fits none.</summary>
    public static readonly IReadOnlyList<(string Id, string Title)> Categories =
    [
        ("unauthorized-access", "不正アクセス"), ("ransomware", "ランサムウェア"), ("malware", "マルウェア感染"),
        ("denial-of-service", "サービス不能攻撃"), ("web-defacement", "ウェブサイト改ざん"), ("phishing", "重要情報の詐取"),
        ("insider", "内部不正"), ("intrusion", "部外者の侵入"), ("sns-takeover", "SNSアカウント乗っ取り"),
        ("lost-or-stolen", "紛失・盗難・無断持ち出し"), ("misdirected", "誤送信・誤公開・誤廃棄"),
        ("misconfiguration", "設定・操作ミス"), ("system-failure", "機器故障・プログラム欠陥"),
        ("contractor-incident", "委託先での事故"), ("disaster", "地震・落雷・火災"),
        ("staff-shortage", "疾病による要員不足"), ("infrastructure-outage", "電力・通信・水道の途絶"), ("other", "その他"),
    ];

    /// <summary>Roles (P 2-6(1)); <c>lead</c> is the one who leads one incident.</summary>
    public static readonly IReadOnlyList<(string Id, string Title)> Roles =
    [
        ("ciso", "最高情報セキュリティ責任者"), ("chief-officer", "統括情報セキュリティ責任者"), ("officer", "情報セキュリティ責任者"),
        ("manager", "情報セキュリティ管理者"), ("system-manager", "情報システム管理者"), ("system-operator", "情報システム担当者"),
        ("csirt-lead", "CSIRT責任者"), ("csirt", "CSIRT要員"), ("contact-point", "統一的な窓口"), ("public-relations", "広報担当"),
        ("privacy-officer", "個人情報保護担当"), ("legal", "法務担当"), ("facility", "庁舎管理担当"),
        ("sns-owner", "ソーシャルメディア責任者"), ("contractor", "委託事業者"), ("auditor", "情報セキュリティ監査担当"), ("lead", "対応責任者"),
    ];

    public static string TitleOf(IReadOnlyList<(string Id, string Title)> words, string id)
    {
        foreach (var word in words)
            if (word.Id == id) return word.Title;
        return id;
    }

    public static bool Knows(IReadOnlyList<(string Id, string Title)> words, string? id)
    {
        foreach (var word in words)
            if (word.Id == id) return true;
        return false;
    }

    public static string TitleOf(Phase phase) => phase switch
    {
        Phase.Detection => "検知",
        Phase.Containment => "封じ込め",
        Phase.Recovery => "復旧",
        _ => "再発防止",
    };

    public static string TitleOf(Severity severity) => severity switch
    {
        Severity.Critical => "緊急",
        Severity.High => "重大",
        Severity.Moderate => "警戒",
        _ => "軽微",
    };

    public static string TitleOf(StepKind kind) => kind switch
    {
        StepKind.Task => "作業",
        StepKind.Decision => "判断",
        StepKind.Approval => "承認",
        StepKind.Report => "報告",
        StepKind.Automation => "自動",
        _ => "連絡",
    };
}
