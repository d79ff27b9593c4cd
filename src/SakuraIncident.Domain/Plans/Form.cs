using System.Text.RegularExpressions;

namespace SakuraIncident.Domain.Plans;

/// <summary>様式: what a receiver asks for, item by item, filled from the incident.</summary>
/// <param name="Source">Whose form it is: the law, guideline or rule that asks for the items.</param>
public sealed record Form(string Id, string Title, string Source, IReadOnlyList<FormItem> Items);

/// <summary>One item of a form.</summary>
/// <param name="Text">What the incident already says, with <see cref="Placeholders"/>; null: a person writes it.</param>
/// <param name="Asks">What to write, for the person who does.</param>
public sealed record FormItem(string Id, string Title, string? Text, string? Asks);

/// <summary>差込み: the names that a text of the plan may hold in braces, as in <c>{番号}</c>. A closed set, so that the check finds a misspelt one.</summary>
public static partial class Placeholders
{
    public static readonly IReadOnlyList<string> All =
    [
        "番号", "題名", "種類", "実施機関", "領域", "重大度", "国の深刻度", "段階", "状態", "発生日時", "覚知日時", "知った日時", "開始日時", "終結日時", "いま",
        "通報者", "対応責任者", "概要", "資産", "機密性", "完全性", "可用性", "人数", "個人情報の種別", "経過", "措置", "所見", "再発防止策", "報告済み",
        "報告の番号", "訓練",
    ];

    /// <summary>The names in a text, in order.</summary>
    public static IEnumerable<string> In(string text) => Braces().Matches(text).Select(m => m.Groups["name"].Value);

    /// <summary>The text with every name replaced.</summary>
    public static string Replace(string text, Func<string, string> value) => Braces().Replace(text, m => value(m.Groups["name"].Value));

    [GeneratedRegex(@"\{(?<name>[^{}\s]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Braces();
}
