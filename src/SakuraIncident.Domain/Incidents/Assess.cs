using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Incidents;

/// <summary>What is known changed (事実の更新). Null: as before. Earlier facts stay in the stream.</summary>
public sealed record FactsAssessed(
    string? Category, IReadOnlyList<string>? Zones, Impact? Impact, PersonalData? PersonalData, string Reason) : IncidentEvent
{
    /// <summary>実施機関, where it was entered by mistake: the law that applies hangs on it.</summary>
    public string? Body { get; init; }
}

/// <summary>Another kind of incident, another playbook; steps that both have stay as they are.</summary>
/// <param name="Steps">Steps worked on under the earlier playbook by their id there → the id under which they count now.</param>
public sealed record PlaybookChanged(string Playbook, string Title, IReadOnlyDictionary<string, string>? Steps = null) : IncidentEvent;

/// <param name="ByRule">The plan's rule raised it; no person chose.</param>
/// <param name="ActingFor">The holder for whom a deputy approved a lowering.</param>
public sealed record SeverityChanged(Severity From, Severity To, string Reason, bool ByRule, string? ActingFor = null) : IncidentEvent;

/// <summary>A lowering waits for approval (step <c>lower-severity</c>).</summary>
public sealed record LoweringRequested(Severity To, string Reason) : IncidentEvent;

public sealed record LoweringRefused(string Reason, string? ActingFor = null) : IncidentEvent;

/// <summary>What someone says of personal data; null: as before.</summary>
public sealed record PersonalDataReport(
    int? Least, int? Greatest, bool? Sensitive, bool? Financial, bool? Unlawful, bool? MyNumber, bool? PublicAccess, bool? Recovered,
    DateTimeOffset? KnownAt);

/// <summary>Assesses: category, severity, zones, impact, personal data. Facts are revised by another event, never overwritten.</summary>
public sealed record Assess(
    string? Category, Severity? Severity, IReadOnlyList<string>? Zones, Impact? Impact, PersonalDataReport? PersonalData, string Reason)
    : IncidentCommand
{
    /// <inheritdoc cref="FactsAssessed.Body"/>
    public string? Body { get; init; }

    /// <summary>対応付け, where the category changes (<see cref="StepMapping"/>).</summary>
    public IReadOnlyDictionary<string, string>? Steps { get; init; }

    public override Decision Decide(Incident incident, Context context)
    {
        if (!incident.IsOpen || incident.IsImported) return Ended(incident);
        if (NotPast(PersonalData?.KnownAt, context, "知った日時", "personalData.knownAt") is { } wrong) return wrong;
        var data = Merge(incident.PersonalData);
        if (data is { Least: var least, Greatest: var greatest } && (least < 0 || greatest < least))
            return Invalid("people-range", "人数は「最少 ≦ 最大」で、0以上にしてください。", "personalData.greatest");

        var assessed = new FactsAssessed(
            Category == incident.Category ? null : Category,
            Zones is null || Zones.SequenceEqual(incident.Zones) ? null : Zones,
            Merge(incident.Impact) is var impact && impact == incident.Impact ? null : impact,
            data == incident.PersonalData ? null : data,
            Reason)
        {
            Body = Body == incident.Body ? null : Body,
        };
        var happened = new List<IncidentEvent>();
        if (assessed is not { Category: null, Body: null, Zones: null, Impact: null, PersonalData: null }) happened.Add(assessed);
        if (assessed.Category is { } category && context.Plan.PlaybookFor(category) is var playbook && playbook.Id != incident.Playbook)
        {
            var present = context.Plan.PlaybookFor(incident.Category);
            if (StepMapping.Fault(Steps, incident, present, playbook) is { } fault) return Invalid("mapping-invalid", fault, "steps");
            var mapping = StepMapping.Of(Steps, incident, present, playbook);
            happened.Add(new PlaybookChanged(playbook.Id, playbook.Title, mapping.Count > 0 ? mapping : null));
        }

        var after = happened.Aggregate(incident, (i, e) => i.After(new Recorded(context.Now, null, context.Actor, e)));
        return ChangeSeverity(incident.Severity, context.Plan.LeastSeverity(after.Facts), context) switch
        {
            Refused refused => refused,
            Accepted { Events: var changes } => new Accepted([.. happened, .. changes]),
            _ => Nothing,
        };
    }

    private Decision ChangeSeverity(Severity present, Severity least, Context context)
    {
        if (Severity > least)
            return Invalid("severity-below-rule", $"この事案の重大度は「{Vocabulary.TitleOf(least)}」以上です。", "severity");
        if (Severity is { } said && said < present) return new SeverityChanged(present, said, Reason, ByRule: false);
        if (least < present) return Nothing; // the rule raises it: Consequences
        if (Severity is not { } lower || lower == present) return Nothing;
        return context.MayLowerSeverity
            ? new SeverityChanged(present, lower, Reason, ByRule: false)
            : new LoweringRequested(lower, Reason);
    }

    private Impact Merge(Impact before) => Impact is null ? before : new Impact(
        Impact.Confidentiality ?? before.Confidentiality, Impact.Integrity ?? before.Integrity, Impact.Availability ?? before.Availability);

    /// <summary>Where no number is said, one person is possible: the law asks for the greatest possible number.</summary>
    private PersonalData? Merge(PersonalData? before)
    {
        if (PersonalData is not { } said) return before;
        var least = said.Least ?? before?.Least ?? 0;
        var greatest = said.Greatest ?? Math.Max(least, before?.Greatest ?? 1);
        return new PersonalData(
            least, greatest, said.Sensitive ?? before?.Sensitive ?? false, said.Financial ?? before?.Financial ?? false,
            said.Unlawful ?? before?.Unlawful ?? false, said.MyNumber ?? before?.MyNumber ?? false,
            said.PublicAccess ?? before?.PublicAccess ?? false, said.Recovered ?? before?.Recovered ?? false,
            said.KnownAt ?? before?.KnownAt)
        {
            GreatestUnknown = said.Greatest is null && before is not { GreatestUnknown: false },
        };
    }
}
