using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Incidents;

/// <summary>期限: a moment by which something must have happened.</summary>
/// <param name="Key">Stable within the incident: <c>page:p1</c>, <c>step:isolate</c>, <c>duty:ppc-final</c>, …</param>
/// <param name="Title">Japanese, for the board.</param>
public sealed record Deadline(string Key, DateTimeOffset DueAt, string Title);

/// <summary>Every outstanding deadline is a function of the state: nothing is armed, so nothing needs re-arming.</summary>
public static class Deadlines
{
    private static readonly TimeSpan DrillLength = TimeSpan.FromHours(72);

    public static IReadOnlyList<Deadline> Of(Incident incident, EmergencyPlan plan)
    {
        if (incident.IsImported) return [];
        var duties = DutiesAndMeasures(incident);
        return (incident.IsOpen ? duties.Concat(WhileOpen(incident, plan).Where(d => !IsPastDrill(incident, d))) : duties)
            .OrderBy(d => d.DueAt).ThenBy(d => d.Key, StringComparer.Ordinal).ToList();
    }

    /// <summary>When a call must have been answered: with the times of the present severity, so that a raise hastens it.</summary>
    public static DateTimeOffset DueAt(this Page page, Incident incident, EmergencyPlan plan) =>
        page.CalledAt + incident.Real(plan.Ladders[incident.Severity].Acknowledge);

    /// <summary>When an open step is due; null where the plan gives it no time or it is not open.</summary>
    public static DateTimeOffset? DueAt(this Step step, Incident incident) =>
        incident.Steps.GetValueOrDefault(step.Id)?.OpenedAt is { } opened && step.Due is { } due ? opened + incident.Real(due) : null;

    /// <summary>A drill that everybody has left must not call for ever, hundreds of times faster than real.</summary>
    private static bool IsPastDrill(Incident incident, Deadline deadline) =>
        incident.Speed is not null
        && (deadline.Key == "status-report" || deadline.Key.StartsWith("repeat:", StringComparison.Ordinal)
            || deadline.Key.StartsWith("again:", StringComparison.Ordinal))
        && deadline.DueAt > incident.OpenedAt + incident.Real(DrillLength);

    private static IEnumerable<Deadline> DutiesAndMeasures(Incident incident)
    {
        foreach (var duty in incident.Duties)
        {
            if (duty is { State: DutyState.Running, WarnAt: { } warn } && warn < duty.DueAt)
                yield return new Deadline($"duty-warning:{duty.Id}", warn, $"{duty.Title}の警告");
            if (duty.State is DutyState.Running or DutyState.Warned)
                yield return new Deadline($"duty:{duty.Id}", duty.DueAt, duty.Title);
        }
        foreach (var measure in incident.Measures)
            if (measure is { DoneAt: null, Overdue: false })
                yield return new Deadline($"measure:{measure.Id}", measure.DueAt, measure.Title);
    }

    private static IEnumerable<Deadline> WhileOpen(Incident incident, EmergencyPlan plan)
    {
        var ladder = plan.Ladders[incident.Severity];
        foreach (var page in incident.Pages)
        {
            if (page.State == PageState.Calling)
                yield return new Deadline($"page:{page.Id}", page.DueAt(incident, plan), "招集への応答");
            if (page is { State: PageState.Acknowledged, NothingHappenedSince: false, AnsweredAt: { } answered }
                && incident.LastActivityAt <= answered)
                yield return new Deadline($"quiet:{page.Id}", answered + incident.Real(ladder.Quiet), "応答後の最初の対応");
        }
        foreach (var (purpose, since) in incident.Unanswered)
            if (!Ladders.IsOver(purpose, incident, plan.PlaybookFor(incident.Category)) && !incident.Pages.Any(p => p.Purpose == purpose && p.State == PageState.Calling))
                yield return new Deadline($"again:{purpose}", since + incident.Real(ladder.Repeat), "再度の招集");
        if (plan.PlaybookFor(incident.Category) is var playbook)
        {
            var states = incident.StepStates(playbook);
            foreach (var step in playbook.Steps)
                if (states[step.Id] is StepState.Open or StepState.Started && incident.Steps.GetValueOrDefault(step.Id) is { Overdue: false }
                    && step.DueAt(incident) is { } due)
                    yield return new Deadline($"step:{step.Id}", due, step.Title);
            foreach (var step in playbook.Steps)
                if (step.Repeat is { } after && incident.Phase != Phase.Prevention && step.When.Holds(incident.Facts)
                    && incident.Steps.GetValueOrDefault(step.Id) is { State: StepState.Done, At: { } done })
                    yield return new Deadline($"repeat:{step.Id}", done + incident.Real(after), $"{step.Title}(次回)");
        }
        if (ladder.StatusReport is { } every && incident.Phase != Phase.Prevention)
            yield return new Deadline("status-report", incident.StatusReportedAt + incident.Real(every), "状況報告");
    }
}
