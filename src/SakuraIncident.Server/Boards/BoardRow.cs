using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Incidents;

namespace SakuraIncident.Server.Boards;

public sealed record BoardDuty(string Id, string Title, DutyState State, DateTimeOffset DueAt);

/// <summary>One line of the board, and of lists: what management looks at.</summary>
/// <param name="Next">The earliest outstanding deadline.</param>
/// <param name="Overdue">A step, a duty or a measure is past its time.</param>
/// <param name="Unanswered">The whole ladder was climbed and nobody has answered.</param>
public sealed record BoardRow(
    Guid Id, string Number, int Version, string Title, string Category, IReadOnlyList<string> Zones, string Body, Severity Severity,
    Phase Phase, IncidentStatus Status, PersonAnswer? Lead, DateTimeOffset OpenedAt, DeadlineAnswer? Next, bool Overdue, bool Unanswered,
    IReadOnlyList<BoardDuty> Duties, DrillAnswer? Drill, Outcome? Outcome, int Calling, int Answered)
{
    public static BoardRow Of(Incident i, EmergencyPlan? plan, DutyRoster roster)
    {
        var deadlines = plan is null ? [] : Deadlines.Of(i, plan);
        return new BoardRow(
            i.Id, i.Number, i.Version, i.Title, i.Category, i.Zones, i.Body, i.Severity, i.Phase, i.Status,
            i.Lead is { } lead ? new PersonAnswer(lead, roster.NameOf(lead)) : null, i.OpenedAt,
            deadlines.Count > 0 ? new DeadlineAnswer(deadlines[0].Key, deadlines[0].DueAt, deadlines[0].Title) : null,
            IsOverdue(i), i.IsUnanswered(i.Playbook is null ? null : plan?.PlaybookFor(i.Category)),
            i.Duties.Where(d => d.State is DutyState.Running or DutyState.Warned or DutyState.Lapsed)
                .Select(d => new BoardDuty(d.Id, d.Title, d.State, d.DueAt)).ToList(),
            i.Speed is { } speed ? new DrillAnswer(speed) : null, i.Outcome,
            i.Pages.Count(p => p.State == PageState.Calling), i.Pages.Count(p => p.State == PageState.Acknowledged));
    }

    private static bool IsOverdue(Incident i) =>
        (i.IsOpen && i.Steps.Values.Any(s => s is { Overdue: true, State: StepState.Open or StepState.Started }))
        || i.Duties.Any(d => d.State == DutyState.Lapsed)
        || i.Measures.Any(m => m is { Overdue: true, DoneAt: null });
}
