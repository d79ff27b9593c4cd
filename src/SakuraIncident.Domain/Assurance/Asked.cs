using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Assurance;

/// <summary>What a condition asks about, in all its parts.</summary>
internal sealed class Asked
{
    public HashSet<string> Zones { get; } = [];
    public HashSet<string> Bodies { get; } = [];
    public HashSet<string> Flags { get; } = [];
    public HashSet<int> PeopleOver { get; } = [];
    public HashSet<string> Choices { get; } = [];
    public bool Category { get; private set; }
    public HashSet<string> ConfidentialityClasses { get; } = [];
    public HashSet<string> IntegrityClasses { get; } = [];
    public HashSet<string> AvailabilityClasses { get; } = [];
    public bool Severity { get; private set; }
    public bool PersonalData { get; private set; }
    public bool Confidentiality { get; private set; }
    public bool Integrity { get; private set; }
    public bool Availability { get; private set; }

    public static Asked By(Condition when)
    {
        var asked = new Asked();
        asked.Add(when);
        return asked;
    }

    /// <summary>What decides whether a condition holds: where it asks about severity, that is what the rules of severity ask about too.</summary>
    public static Asked By(Condition when, EmergencyPlan plan, Playbook playbook)
    {
        var asked = By(when);
        if (asked.Severity)
            foreach (var rule in plan.SeverityRules.Concat(playbook.SeverityRules)) asked.Add(rule.When);
        return asked;
    }

    public void Add(Asked other)
    {
        Zones.UnionWith(other.Zones);
        Bodies.UnionWith(other.Bodies);
        Flags.UnionWith(other.Flags);
        PeopleOver.UnionWith(other.PeopleOver);
        Choices.UnionWith(other.Choices);
        ConfidentialityClasses.UnionWith(other.ConfidentialityClasses);
        IntegrityClasses.UnionWith(other.IntegrityClasses);
        AvailabilityClasses.UnionWith(other.AvailabilityClasses);
        Category |= other.Category;
        Severity |= other.Severity;
        PersonalData |= other.PersonalData;
        Confidentiality |= other.Confidentiality;
        Integrity |= other.Integrity;
        Availability |= other.Availability;
    }

    private void Add(Condition when)
    {
        Zones.UnionWith(when.Zone ?? []);
        Bodies.UnionWith((when.Body ?? []).Concat(when.NotBody ?? []));
        Choices.UnionWith(when.Choice?.Keys ?? []);
        ConfidentialityClasses.UnionWith(when.ConfidentialityClass ?? []);
        IntegrityClasses.UnionWith(when.IntegrityClass ?? []);
        AvailabilityClasses.UnionWith(when.AvailabilityClass ?? []);
        if (when.PeopleOver is { } number) PeopleOver.Add(number);
        if (when.Sensitive is not null) Flags.Add("sensitive");
        if (when.Financial is not null) Flags.Add("financial");
        if (when.Unlawful is not null) Flags.Add("unlawful");
        if (when.MyNumber is not null) Flags.Add("myNumber");
        if (when.PublicAccess is not null) Flags.Add("publicAccess");
        PersonalData |= when.PersonalData is not null || PeopleOver.Count > 0 || Flags.Count > 0;
        Category |= when.Category is not null;
        Severity |= when.AtLeast is not null;
        Confidentiality |= when.Confidentiality is not null;
        Integrity |= when.Integrity is not null;
        Availability |= when.Availability is not null;
        foreach (var part in when.Any ?? []) Add(part);
        if (when.Unless is { } unless) Add(unless);
    }
}
