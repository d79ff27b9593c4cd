using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Assurance;

/// <summary>
/// Every case that a condition can tell apart: only what it asks about is varied, since nothing else changes its answer. Finite, because
/// conditions are data over a closed set of facts.
/// </summary>
internal static class FactSpace
{
    private static readonly Impact Unassessed = new(null, null, null);

    /// <summary>A case in which the condition holds; null: there is none, whatever happens.</summary>
    /// <param name="categories">The kinds of incident in which it can be asked.</param>
    /// <param name="made">What can have been chosen so far: each is one case.</param>
    public static Facts? Witness(
        Condition when, EmergencyPlan plan, IReadOnlyList<string> categories, IReadOnlyList<string> bodies,
        IEnumerable<IReadOnlyDictionary<string, string>> made)
    {
        var asked = Asked.By(when);
        // How severe an incident is at least depends on all that the rules ask about.
        if (asked.Severity)
            foreach (var playbook in categories.Select(plan.PlaybookFor).Distinct()) asked.Add(Asked.By(when, plan, playbook));
        foreach (var category in asked.Category ? categories : categories.Take(1))
            foreach (var body in asked.Bodies.Count == 0 ? bodies.Take(1) : bodies)
                foreach (var facts in Cases(asked, category, body, made))
                    foreach (var severity in asked.Severity ? Severities(plan.LeastSeverity(facts)) : [Severity.Low])
                        if (facts with { Severity = severity } is var one && when.Holds(one)) return one;
        return null;
    }

    private static IEnumerable<Severity> Severities(Severity least) => Enum.GetValues<Severity>().Where(s => s <= least);

    private static IEnumerable<Facts> Cases(Asked asked, string category, string body, IEnumerable<IReadOnlyDictionary<string, string>> made) =>
        from chosen in made
        from zones in Subsets(asked.Zones)
        from confidentiality in Levels(asked.Confidentiality)
        from integrity in Levels(asked.Integrity)
        from availability in Levels(asked.Availability)
        from data in People(asked)
        from assets in Assets(asked)
        select new Facts(
            category, body, zones, Severity.Low,
            confidentiality is null && integrity is null && availability is null ? Unassessed : new Impact(confidentiality, integrity, availability), data, chosen)
        { Assets = assets };

    /// <summary>Assets of every mixture of the classes that are asked about; each asset has one of them.</summary>
    private static IEnumerable<IReadOnlyList<ClassifiedAsset>> Assets(Asked asked) =>
        from confidential in Subsets(asked.ConfidentialityClasses)
        from integral in Subsets(asked.IntegrityClasses)
        from available in Subsets(asked.AvailabilityClasses)
        select (IReadOnlyList<ClassifiedAsset>)
        [
            .. confidential.Select(c => Classified(c, "", "")), .. integral.Select(i => Classified("", i, "")), .. available.Select(a => Classified("", "", a)),
        ];

    private static ClassifiedAsset Classified(string confidentiality, string integrity, string availability) =>
        new("", "", "", "", confidentiality, integrity, availability);

    private static IEnumerable<ImpactLevel?> Levels(bool asked) => asked ? [ImpactLevel.None, ImpactLevel.Limited, ImpactLevel.Serious] : [null];

    private static IEnumerable<PersonalData?> People(Asked asked)
    {
        yield return null;
        if (!asked.PersonalData) yield break;
        foreach (var number in asked.PeopleOver.SelectMany(n => new[] { n, n + 1 }).Append(1).Where(n => n > 0).Distinct())
            foreach (var flags in Subsets(asked.Flags))
                yield return new PersonalData(
                    number, number, flags.Contains("sensitive"), flags.Contains("financial"), flags.Contains("unlawful"),
                    flags.Contains("myNumber"), flags.Contains("publicAccess"), Recovered: false, KnownAt: null);
    }

    /// <summary>Every way to choose at some steps what each of them offers, or not to.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Choices(IReadOnlyList<string> steps, Func<string, IReadOnlyList<string>> offered)
    {
        if (steps.Count == 0)
        {
            yield return new Dictionary<string, string>();
            yield break;
        }
        foreach (var rest in Choices([.. steps.Skip(1)], offered))
        {
            yield return rest;
            foreach (var choice in offered(steps[0])) yield return new Dictionary<string, string>(rest) { [steps[0]] = choice };
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Subsets(IReadOnlyCollection<string> of)
    {
        var all = of.ToList();
        for (var mask = 0; mask < 1 << all.Count; mask++)
            yield return all.Where((_, i) => (mask & (1 << i)) != 0).ToList();
    }
}
