using System.Globalization;

namespace SakuraIncident.Domain.Plans;

/// <summary>Parts of the plan as Japanese sentences have them.</summary>
public static class InWords
{
    /// <summary>8分, 1時間30分, 3日.</summary>
    public static string Of(TimeSpan time)
    {
        var parts = new (int Number, string Unit)[] { (time.Days, "日"), (time.Hours, "時間"), (time.Minutes, "分"), (time.Seconds, "秒") }
            .Where(p => p.Number > 0).Select(p => p.Number.ToString(CultureInfo.InvariantCulture) + p.Unit);
        return string.Concat(parts) is { Length: > 0 } words ? words : "0分";
    }

    /// <param name="steps">Where the titles of steps and choices are found.</param>
    public static string Of(Condition when, IReadOnlyList<Step>? steps = null)
    {
        var parts = Parts(when, steps ?? []).ToList();
        return parts.Count == 0 ? "いつも" : string.Join("、かつ", parts);
    }

    private static IEnumerable<string> Parts(Condition when, IReadOnlyList<Step> steps)
    {
        if (when.Zone is { } zones) yield return $"領域が{Listed(zones, Vocabulary.Zones)}";
        if (when.Category is { } kinds) yield return $"種類が{Listed(kinds, Vocabulary.Categories)}";
        if (when.Body is { } bodies) yield return $"実施機関が{Listed(bodies, Vocabulary.Bodies)}";
        if (when.NotBody is { } others) yield return $"実施機関が{Listed(others, Vocabulary.Bodies)}以外";
        if (when.AtLeast is { } level) yield return $"重大度が{Vocabulary.TitleOf(level)}以上";
        if (when.PeopleOver is { } number) yield return number == 0 ? "本人が1人以上" : string.Create(CultureInfo.InvariantCulture, $"本人が{number:#,0}人超");
        foreach (var (asked, words) in Flags(when))
            if (asked is { } wanted) yield return wanted ? $"{words}がある" : $"{words}がない";
        foreach (var (asked, words) in new[] { (when.Confidentiality, "機密性"), (when.Integrity, "完全性"), (when.Availability, "可用性") })
            if (asked is { } least) yield return $"{words}への影響が{(least == ImpactLevel.Serious ? "重大" : "限定的以上")}";
        if (when.ConfidentialityClass is { } confidential) yield return $"{Listed(confidential, Vocabulary.ConfidentialityClasses)}の情報資産がある";
        if (when.IntegrityClass is { } integral) yield return $"{Listed(integral, Vocabulary.IntegrityClasses)}の情報資産がある";
        if (when.AvailabilityClass is { } available) yield return $"{Listed(available, Vocabulary.AvailabilityClasses)}の情報資産がある";
        foreach (var (id, choices) in when.Choice ?? new Dictionary<string, IReadOnlyList<string>>())
            yield return $"「{steps.FirstOrDefault(s => s.Id == id)?.Title ?? id}」の判断が{string.Join("か", choices.Select(c => $"「{ChoiceTitle(id, c)}」"))}";
        if (when.Any is { } any) yield return $"（{string.Join("、または", any.Select(c => Of(c, steps)))}）";
        if (when.Unless is { } unless) yield return $"（{Of(unless, steps)}）でない";

        // Several playbooks may ask the same; where one does not offer the choice, another does.
        string ChoiceTitle(string step, string choice) => choice switch
        {
            "approved" => "承認",
            "refused" => "差し戻し",
            _ => steps.Where(s => s.Id == step).SelectMany(s => s.Choices).FirstOrDefault(c => c.Id == choice)?.Title ?? choice,
        };
    }

    private static IEnumerable<(bool? Asked, string Words)> Flags(Condition when) =>
    [
        (when.PersonalData, "個人情報"), (when.Sensitive, "要配慮個人情報"), (when.Financial, "財産的被害のおそれ"),
        (when.Unlawful, "不正の目的のおそれ"), (when.MyNumber, "特定個人情報"), (when.PublicAccess, "不特定多数による閲覧のおそれ"),
    ];

    private static string Listed(IEnumerable<string> ids, IReadOnlyList<(string Id, string Title)> words) =>
        string.Join("か", ids.Select(id => Vocabulary.TitleOf(words, id)));
}
