namespace SakuraIncident.Domain.Plans;

/// <summary>影響 on each of the three (P 2-2(5)–(7)). Null: not yet assessed.</summary>
public sealed record Impact(ImpactLevel? Confidentiality, ImpactLevel? Integrity, ImpactLevel? Availability)
{
    public bool IsAssessed => Confidentiality is not null && Integrity is not null && Availability is not null;
}

/// <summary>What is known of personal data in an incident (個情法68条, 番号法29条の4).</summary>
/// <param name="Least">The least number of people that is certain; 0 when none is.</param>
/// <param name="Greatest">The greatest number that is possible: the law counts with this one.</param>
/// <param name="Sensitive">要配慮個人情報 or 条例要配慮個人情報.</param>
/// <param name="Financial">Harm to property is possible if misused.</param>
/// <param name="Unlawful">Suspected to be done with an unlawful purpose (不正の目的).</param>
/// <param name="MyNumber">特定個人情報 of the systems named in 番号法.</param>
/// <param name="PublicAccess">Open to the public by electronic means.</param>
/// <param name="Recovered">All of it was recovered before anybody read it: no leak.</param>
/// <param name="KnownAt">When any department came to know (知った時点).</param>
public sealed record PersonalData(
    int Least, int Greatest, bool Sensitive, bool Financial, bool Unlawful, bool MyNumber, bool PublicAccess, bool Recovered,
    DateTimeOffset? KnownAt)
{
    /// <summary>Nobody has said the greatest number yet: <see cref="Greatest"/> is only what the least makes sure.</summary>
    public bool GreatestUnknown { get; init; }
}

/// <summary>A 情報資産 as the register classified it when the incident was opened (P 2-6(2)): the register may change later.</summary>
/// <param name="Confidentiality"><c>3A</c>, <c>3B</c>, <c>3C</c>, <c>2</c> or <c>1</c>.</param>
/// <param name="Integrity"><c>2</c> or <c>1</c>; <paramref name="Availability"/> likewise.</param>
public sealed record ClassifiedAsset(
    string Id, string Name, string Body, string Zone, string Confidentiality, string Integrity, string Availability);

/// <summary>Everything that a condition of the plan may ask about: a closed set, so that the plan check can try every case.</summary>
/// <param name="Zones">Zone ids, each once.</param>
/// <param name="Choices">The choice made at each decision step: step id → choice id; for an approval <c>approved</c> or <c>refused</c>.</param>
public sealed record Facts(
    string Category, string Body, IReadOnlyList<string> Zones, Severity Severity, Impact Impact, PersonalData? PersonalData,
    IReadOnlyDictionary<string, string> Choices)
{
    /// <summary>The assets that are touched and that the register knew.</summary>
    public IReadOnlyList<ClassifiedAsset> Assets { get; init; } = [];
}
