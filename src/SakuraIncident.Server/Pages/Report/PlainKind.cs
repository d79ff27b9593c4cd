namespace SakuraIncident.Server.Pages.Report;

/// <summary>A kind of incident as one sees it who does not know its name.</summary>
/// <param name="Id">A category, or <c>other</c>.</param>
public sealed record PlainKind(string Id, string Seen, string Name)
{
    /// <summary>What is reported most, and what cannot wait.</summary>
    public static readonly IReadOnlyList<PlainKind> Usual =
    [
        new("ransomware", "ファイルが開けない・金銭を要求された", "ランサムウェア"),
        new("malware", "ウイルスの警告・怪しい添付を開いた", "マルウェア感染"),
        new("misdirected", "送り先・公開範囲を間違えた", "誤送信・誤公開・誤廃棄"),
        new("lost-or-stolen", "なくした・盗まれた", "紛失・盗難・持ち出し"),
        new("phishing", "パスワードなどを入力してしまった", "重要情報の詐取"),
        new("unauthorized-access", "知らない人が入った形跡がある", "不正アクセス"),
        new("system-failure", "システムが動かない・おかしい", "機器故障・欠陥"),
        new("disaster", "地震・落雷・火災・水害", "災害"),
        new("other", "分からない・どれでもない", "その他"),
    ];

    public static readonly IReadOnlyList<PlainKind> Others =
    [
        new("web-defacement", "ホームページが書き換えられた", "ウェブサイト改ざん"),
        new("denial-of-service", "サイトに大量の通信が来ている", "サービス不能攻撃"),
        new("sns-takeover", "市のSNSに覚えのない投稿がある", "SNSアカウント乗っ取り"),
        new("misconfiguration", "設定や操作を間違えた", "設定・操作ミス"),
        new("insider", "職員による持ち出し・のぞき見", "内部不正"),
        new("intrusion", "部外者が執務室などに入った", "部外者の侵入"),
        new("contractor-incident", "委託先から事故の連絡が来た", "委託先での事故"),
        new("staff-shortage", "病気などで人が足りない", "要員不足"),
        new("infrastructure-outage", "停電・断水・通信が切れた", "電力・通信・水道の途絶"),
    ];

    public static PlainKind Of(string id) => Usual.Concat(Others).FirstOrDefault(k => k.Id == id) ?? Usual[^1];
}
