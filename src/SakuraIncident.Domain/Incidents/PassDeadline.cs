using SakuraIncident.Domain.Escalation;

namespace SakuraIncident.Domain.Incidents;

/// <summary>A step's due time passed; its role is called for it.</summary>
public sealed record StepOverdue(string StepId) : IncidentEvent;

/// <summary>Nobody reported the situation in the plan's time.</summary>
public sealed record StatusReportMissed(DateTimeOffset DueAt) : IncidentEvent;

/// <summary>
/// A deadline has come. An ordinary command: where the deadline is no longer outstanding it comes to nothing, so that it may be
/// sent any number of times and has its effect once.
/// </summary>
public sealed record PassDeadline(string Key) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context)
    {
        if (Deadlines.Of(incident, context.Plan).FirstOrDefault(d => d.Key == Key) is not { } deadline || deadline.DueAt > context.Now)
            return Nothing;
        var (kind, id) = Key.IndexOf(':') is >= 0 and var at ? (Key[..at], Key[(at + 1)..]) : (Key, "");
        return kind switch
        {
            "page" => new Accepted(Ladders.AfterSilence(incident, context, Page(incident, id), new PageUnanswered(id))),
            "again" => new Accepted(Ladders.Climb(incident, context, id, again: true)),
            "quiet" => new Accepted([new NothingHappened(id), .. Ladders.Climb(incident, context, $"quiet:{id}")]),
            "step" => new Accepted([new StepOverdue(id), .. Ladders.Climb(incident, context, Ladders.ForStep(id, incident))]),
            "repeat" => new StepCameRound(id),
            "duty-warning" => new DutyWarned(id),
            "duty" => new DutyLapsed(id),
            "measure" => new MeasureOverdue(id),
            "status-report" => new StatusReportMissed(deadline.DueAt),
            _ => throw new InvalidOperationException($"No rule for the deadline {Key}."),
        };
    }

    private static Page Page(Incident incident, string id) => incident.Pages.First(p => p.Id == id);
}
