using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Server.Plans.Files;

/// <summary>A condition that asks for the choice made at a step; whether there is such a step is known only when all is read.</summary>
internal sealed record ChoiceUse(string File, int Line, string Step, string Choice);

internal static class ConditionReader
{
    /// <summary>The condition at a key; always, where the key is missing.</summary>
    public static Condition Read(Fields of, string key, List<ChoiceUse> choices, bool required = false) =>
        of.Map(key, required) is { } when ? Read(when, choices) : Condition.Always;

    private static Condition Read(Fields when, List<ChoiceUse> choices)
    {
        var condition = new Condition
        {
            Zone = when.Words("zone", Vocabulary.Zones, "領域"),
            Category = when.Words("category", Vocabulary.Categories, "事案の種類"),
            Body = when.Words("body", Vocabulary.Bodies, "実施機関"),
            NotBody = when.Words("notBody", Vocabulary.Bodies, "実施機関"),
            AtLeast = when.OneOf<Severity>("severity"),
            PeopleOver = when.Number("peopleOver", 0, 1_000_000_000),
            PersonalData = when.Flag("personalData"),
            Sensitive = when.Flag("sensitive"),
            Financial = when.Flag("financial"),
            Unlawful = when.Flag("unlawful"),
            MyNumber = when.Flag("myNumber"),
            PublicAccess = when.Flag("publicAccess"),
            Confidentiality = when.OneOf<ImpactLevel>("confidentiality"),
            Integrity = when.OneOf<ImpactLevel>("integrity"),
            Availability = when.OneOf<ImpactLevel>("availability"),
            ConfidentialityClass = when.Words("confidentialityClass", Vocabulary.ConfidentialityClasses, "機密性の分類"),
            IntegrityClass = when.Words("integrityClass", Vocabulary.IntegrityClasses, "完全性の分類"),
            AvailabilityClass = when.Words("availabilityClass", Vocabulary.AvailabilityClasses, "可用性の分類"),
            Choice = ReadChoices(when, choices),
            Any = when.Has("any") ? [.. when.Maps("any").Select(part => Read(part, choices))] : null,
            Unless = when.Map("unless") is { } unless ? Read(unless, choices) : null,
        };
        if (!when.Keys.Any() || condition.Any is { Count: 0 }) when.Problem(when.Line, "条件が空です。");
        when.RefuseTheRest();
        return condition;
    }

    private static Dictionary<string, IReadOnlyList<string>>? ReadChoices(Fields when, List<ChoiceUse> choices)
    {
        if (when.Map("choice") is not { } choice) return null;
        var made = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var step in choice.Keys)
        {
            if (choice.Texts(step) is not { } options) continue;
            foreach (var (line, option) in options) choices.Add(new ChoiceUse(choice.File, line, step, option));
            made[step] = [.. options.Select(o => o.Text)];
        }

        return made;
    }
}
