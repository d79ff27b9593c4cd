namespace SakuraIncident.Domain.Plans;

/// <summary>
/// When a step, a duty or a severity rule applies. All parts that are given must hold; within a list one is enough.
/// No expression language: the set is closed and finite.
/// </summary>
public sealed record Condition
{
    public static readonly Condition Always = new();

    /// <summary>One of these zones is touched.</summary>
    public IReadOnlyList<string>? Zone { get; init; }
    public IReadOnlyList<string>? Category { get; init; }
    public IReadOnlyList<string>? Body { get; init; }
    public IReadOnlyList<string>? NotBody { get; init; }
    /// <summary>At least this severe.</summary>
    public Severity? AtLeast { get; init; }
    /// <summary>The greatest possible number of people is over this (0: at least one person).</summary>
    public int? PeopleOver { get; init; }
    public bool? PersonalData { get; init; }
    public bool? Sensitive { get; init; }
    public bool? Financial { get; init; }
    public bool? Unlawful { get; init; }
    public bool? MyNumber { get; init; }
    public bool? PublicAccess { get; init; }
    public ImpactLevel? Confidentiality { get; init; }
    public ImpactLevel? Integrity { get; init; }
    public ImpactLevel? Availability { get; init; }
    /// <summary>An asset of one of these classes is touched; for the two below likewise, and it need not be the same asset.</summary>
    public IReadOnlyList<string>? ConfidentialityClass { get; init; }
    public IReadOnlyList<string>? IntegrityClass { get; init; }
    public IReadOnlyList<string>? AvailabilityClass { get; init; }
    /// <summary>Step id → choices, one of which was made.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Choice { get; init; }
    /// <summary>One of these holds too.</summary>
    public IReadOnlyList<Condition>? Any { get; init; }
    /// <summary>This does not hold.</summary>
    public Condition? Unless { get; init; }

    /// <summary>It asks about personal data, so that its clock starts with the moment of knowing.</summary>
    public bool AsksForPersonalData =>
        PeopleOver is not null || PersonalData is not null || Sensitive is not null || Financial is not null || Unlawful is not null
        || MyNumber is not null || PublicAccess is not null || Any?.Any(c => c.AsksForPersonalData) == true;

    /// <summary>What was decided at this step matters to it.</summary>
    public bool AsksFor(string step) =>
        Choice?.ContainsKey(step) == true || Any?.Any(c => c.AsksFor(step)) == true || Unless?.AsksFor(step) == true;

    public bool Holds(Facts facts)
    {
        var data = facts.PersonalData is { Recovered: false, Greatest: > 0 } known ? known : null;
        return OneOf(Zone, facts.Zones)
            && (Category is null || Category.Contains(facts.Category))
            && (Body is null || Body.Contains(facts.Body))
            && (NotBody is null || !NotBody.Contains(facts.Body))
            && (AtLeast is not { } level || facts.Severity <= level)
            && (PeopleOver is not { } number || (data?.Greatest ?? 0) > number)
            && Is(PersonalData, data is not null)
            && Is(Sensitive, data?.Sensitive == true)
            && Is(Financial, data?.Financial == true)
            && Is(Unlawful, data?.Unlawful == true)
            && Is(MyNumber, data?.MyNumber == true)
            && Is(PublicAccess, data?.PublicAccess == true)
            && Reaches(Confidentiality, facts.Impact.Confidentiality)
            && Reaches(Integrity, facts.Impact.Integrity)
            && Reaches(Availability, facts.Impact.Availability)
            && (ConfidentialityClass is null || facts.Assets.Any(a => ConfidentialityClass.Contains(a.Confidentiality)))
            && (IntegrityClass is null || facts.Assets.Any(a => IntegrityClass.Contains(a.Integrity)))
            && (AvailabilityClass is null || facts.Assets.Any(a => AvailabilityClass.Contains(a.Availability)))
            && (Choice is null || Choice.All(c => facts.Choices.TryGetValue(c.Key, out var made) && c.Value.Contains(made)))
            && (Any is null || Any.Any(c => c.Holds(facts)))
            && Unless?.Holds(facts) != true;
    }

    private static bool OneOf(IReadOnlyList<string>? wanted, IReadOnlyList<string> present) =>
        wanted is null || wanted.Any(present.Contains);

    private static bool Is(bool? wanted, bool present) => wanted is null || wanted == present;

    private static bool Reaches(ImpactLevel? wanted, ImpactLevel? present) => wanted is not { } level || (present ?? ImpactLevel.None) >= level;
}
