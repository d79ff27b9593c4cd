using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Duties;

/// <summary>Which facts start a duty, in Japanese: only the parts of the condition that hold.</summary>
internal static class WhyStarted
{
    public static string By(Condition when, Facts facts)
    {
        var reasons = Parts(when, facts).Distinct().ToList();
        return reasons.Count == 0 ? "事案の発生" : string.Join("、", reasons);
    }

    private static IEnumerable<string> Parts(Condition when, Facts facts)
    {
        if (when.Zone is { } zones)
            foreach (var zone in zones.Where(facts.Zones.Contains)) yield return Vocabulary.TitleOf(Vocabulary.Zones, zone);
        if (when.Category is not null) yield return Vocabulary.TitleOf(Vocabulary.Categories, facts.Category);
        if (when.Body is not null) yield return Vocabulary.TitleOf(Vocabulary.Bodies, facts.Body);
        if (when.AtLeast is not null) yield return $"重大度「{Vocabulary.TitleOf(facts.Severity)}」";
        if (when.MyNumber == true) yield return "特定個人情報";
        else if (when.PersonalData == true) yield return "個人情報の漏えい等のおそれ";
        if (when.Sensitive == true) yield return "要配慮個人情報";
        if (when.Financial == true) yield return "財産的被害のおそれ";
        if (when.Unlawful == true) yield return "不正の目的のおそれ";
        if (when.PublicAccess == true) yield return "不特定多数による閲覧のおそれ";
        if (when.PeopleOver is > 0 and var number) yield return $"本人の数が{number}人超(最大{facts.PersonalData?.Greatest}人)";
        if (when.Confidentiality is not null) yield return "機密性への影響";
        if (when.Integrity is not null) yield return "完全性への影響";
        if (when.Availability is not null) yield return "可用性への影響";
        if (when.ConfidentialityClass is { } confidential) yield return Touched(facts.Assets.Where(a => confidential.Contains(a.Confidentiality)));
        if (when.IntegrityClass is { } integral) yield return Touched(facts.Assets.Where(a => integral.Contains(a.Integrity)));
        if (when.AvailabilityClass is { } available) yield return Touched(facts.Assets.Where(a => available.Contains(a.Availability)));
        if (when.Choice is not null) yield return "判断の結果";
        foreach (var part in when.Any ?? [])
            if (part.Holds(facts))
                foreach (var reason in Parts(part, facts)) yield return reason;
    }

    private static string Touched(IEnumerable<ClassifiedAsset> assets) =>
        string.Join("、", assets.Select(a => $"{a.Name}(機密性{a.Confidentiality}・完全性{a.Integrity}・可用性{a.Availability})"));
}
