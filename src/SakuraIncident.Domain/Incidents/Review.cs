namespace SakuraIncident.Domain.Incidents;

/// <summary>所見: what was learnt.</summary>
/// <param name="NoMeasureNeeded">The recorded decision that no measure is needed.</param>
public sealed record FindingAdded(string FindingId, string Text, bool NoMeasureNeeded) : IncidentEvent;

/// <summary>再発防止策: what will be done, by whom, until when.</summary>
public sealed record MeasureAdded(string MeasureId, string Title, string Owner, DateTimeOffset DueAt) : IncidentEvent;

public sealed record MeasureCompleted(string MeasureId, string Record) : IncidentEvent;

public sealed record MeasureOverdue(string MeasureId) : IncidentEvent;

/// <summary>Writes a finding, after closing too.</summary>
public sealed record AddFinding(string Text, bool NoMeasureNeeded) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context) => incident.IsImported
        ? Ended(incident)
        : new FindingAdded($"f{incident.Findings.Count + 1}", Text, NoMeasureNeeded);
}

/// <summary>Adds a measure with its owner and deadline.</summary>
public sealed record AddMeasure(string Title, string? Owner, DateTimeOffset DueAt) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context)
    {
        if (incident.IsImported) return Ended(incident);
        if (Owner is null || !context.Roster.People.ContainsKey(Owner))
            return Invalid("person-unknown", $"職員「{Owner}」は登録されていません。", "owner");
        if (!InJapan.IsYearToCome(DueAt)) return Invalid("due-year", "期限の年を確かめてください。", "dueAt");
        return new MeasureAdded($"m{incident.Measures.Count + 1}", Title, Owner, DueAt);
    }
}

/// <summary>Says that a measure was carried out.</summary>
public sealed record CompleteMeasure(string MeasureId, string Record) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context)
    {
        if (incident.Measures.FirstOrDefault(m => m.Id == MeasureId) is not { } measure)
            return Unknown("measure-unknown", $"再発防止策「{MeasureId}」は、この事案にありません。");
        if (measure.DoneAt is null) return new MeasureCompleted(MeasureId, Record);
        return measure.Record == Record ? Nothing : Conflict("measure-over", $"再発防止策「{measure.Title}」は、既に終わっています。");
    }
}
