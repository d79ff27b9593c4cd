using System.Collections.Immutable;
using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Incidents;

/// <summary>The fold: an incident after one more event. It refuses nothing; what happened has happened.</summary>
public static class IncidentFold
{
    private static readonly StepProgress Untouched = new(null, null, null, null, null, null, false);

    public static Incident After(this Incident incident, Recorded recorded)
    {
        var next = Apply(incident, recorded.Data, recorded);
        var active = recorded.By.Kind != ActorKind.System && recorded.Data is not (
            PageAcknowledged or PageDeclined or ResponderPaged or RungPassed or NobodyAnswered or PageUnanswered or PageWithdrawn); // answering, and what follows from it
        return next with
        {
            Version = incident.Version + 1,
            RecordedAt = recorded.At,
            LastActivityAt = active ? recorded.At : next.LastActivityAt,
        };
    }

    public static Incident Fold(Guid id, IEnumerable<Recorded> events) =>
        events.Aggregate(new Incident { Id = id }, (incident, recorded) => incident.After(recorded));

    private static Incident Apply(Incident i, IncidentEvent happened, Recorded r) => happened switch
    {
        IncidentOpened e => e.Begin(i, r),
        IncidentImported e => e.Begin(i, r),
        ImportedRow e => e.Add(i, r),
        NoteAdded e => i with { Notes = i.Notes.Add(e.NoteId), StatusReportedAt = r.At },
        NoteCorrected => i,
        FactsAssessed e => i with
        {
            Category = e.Category ?? i.Category,
            Body = e.Body ?? i.Body,
            Zones = e.Zones?.ToImmutableList() ?? i.Zones,
            Impact = e.Impact ?? i.Impact,
            PersonalData = e.PersonalData ?? i.PersonalData,
        },
        PlaybookChanged e => StepMapping.Apply(i, e.Steps) with { Playbook = e.Playbook, PlaybookTitle = e.Title },
        RevisionAdopted e => StepMapping.Apply(i, e.Steps) with { PlanRevision = e.To, PlaybookTitle = e.PlaybookTitle },
        SeverityChanged e => i with { Severity = e.To, Lowering = null, Judged = Approved(i, e, r) ?? i.Judged },
        LoweringRequested e => i with { Lowering = new Lowering(e.To, e.Reason, r.By, r.At) },
        LoweringRefused e => i with { Lowering = null, Judged = i.Lowering is { } asked ? new JudgedLowering(asked, "refused", e.Reason, r.By, r.At) : i.Judged },
        StepsOpened e => e.StepIds.Aggregate(i, (x, id) => OpenedAnew(Step(x, id, s => s with { State = s.State ?? StepState.Open, OpenedAt = r.At }), id)),
        StepsRuledOut e => e.StepIds.Aggregate(i, (x, id) => x with { Steps = x.Steps.Remove(id) }),
        StepStarted e => Step(i, e.StepId, s => s with { State = StepState.Started, By = r.By, At = r.At }),
        StepCompleted e => Over(i, e.StepId, StepState.Done, r, e.Record, null),
        StepSkipped e => Over(i, e.StepId, StepState.Skipped, r, e.Reason, null),
        DecisionMade e => Over(i, e.StepId, StepState.Done, r, e.Record, e.Choice),
        StepApproved e => Over(i, e.StepId, StepState.Done, r, e.Record, "approved"),
        StepRefused { AskedAgain: true } e => Step(i, e.StepId, s => s with { State = StepState.Open, By = r.By, At = r.At, Record = e.Reason }),
        StepRefused e => Over(i, e.StepId, StepState.Done, r, e.Reason, "refused"),
        StepReopened e => Step(i, e.StepId, _ => Untouched),
        StepCameRound e => Step(i, e.StepId, s => s with { State = null, OpenedAt = null, Overdue = false, Rounds = s.Rounds + 1 }),
        AutomationAnswered e => Over(i, e.StepId, e.Succeeded ? StepState.Done : StepState.Skipped, r, e.Answer, null),
        StepOverdue e => Step(i, e.StepId, s => s with { Overdue = true }),
        RoleAssigned e => i with { Roles = i.Roles.SetItem(e.Role, new RoleAssignment(e.Person, e.ActingFor, r.At)) },
        ResponderPaged e => i with
        {
            Pages = i.Pages.Add(new Page(e.PageId, e.Purpose, e.Role, e.Person, e.ActingFor, e.Level, PageState.Calling, r.At, null, false)),
        },
        PageAcknowledged e => Answer(i, e.PageId, PageState.Acknowledged, r),
        PageDeclined e => Answer(i, e.PageId, PageState.Declined, r),
        PageUnanswered e => Answer(i, e.PageId, PageState.Unanswered, r),
        PageWithdrawn e => Answer(i, e.PageId, PageState.Withdrawn, r),
        NothingHappened e => OnPage(i, e.PageId, p => p with { NothingHappenedSince = true }),
        RungPassed or NotificationSent or NotificationFailed => i,
        NobodyAnswered e => i with { Unanswered = i.Unanswered.SetItem(e.Purpose, r.At) },
        PhaseMoved e => i with { Phase = e.To },
        DutyStarted e => i with { Duties = i.Duties.RemoveAll(d => d.Id == e.Duty.Id).Add(e.Duty) },
        DutyRevised e => OnDuty(i, e.Duty.Id, d => e.Duty with { Reports = d.Reports }),
        DutyNotApplicable e => OnDuty(i, e.DutyId, d => d with { State = DutyState.NotApplicable, How = e.How }),
        DutyWarned e => OnDuty(i, e.DutyId, d => d with { State = DutyState.Warned }),
        DutyLapsed e => OnDuty(i, e.DutyId, d => d with { State = DutyState.Lapsed }),
        DutyReported e => OnDuty(i, e.DutyId, d => d with { State = DutyState.Reported, Reports = e.Report }),
        StatusReportMissed => i with { StatusReportedAt = r.At },
        FindingAdded e => i with { Findings = i.Findings.Add(new Finding(e.FindingId, e.Text, e.NoMeasureNeeded)) },
        MeasureAdded e => i with { Measures = i.Measures.Add(new Measure(e.MeasureId, e.Title, e.Owner, e.DueAt, null, null, false)) },
        MeasureCompleted e => OnMeasure(i, e.MeasureId, m => m with { DoneAt = r.At, Record = e.Record }),
        MeasureOverdue e => OnMeasure(i, e.MeasureId, m => m with { Overdue = true }),
        IncidentClosed e => i with { Status = IncidentStatus.Closed, Outcome = e.Outcome, DuplicateOf = e.Of, ClosedAt = r.At },
        IncidentReopened => i with
        {
            Status = IncidentStatus.Open,
            Outcome = null,
            DuplicateOf = null,
            ClosedAt = null,
            StatusReportedAt = r.At,
            Unanswered = i.Unanswered.Clear(),
        },
        IncidentMerged e => i with { Status = IncidentStatus.Merged, Outcome = Incidents.Outcome.Duplicate, DuplicateOf = e.Into, ClosedAt = r.At },
        DuplicateLinked e => i with { Duplicates = i.Duplicates.Add(e.Duplicate) },
        DuplicateUnlinked e => i with { Duplicates = i.Duplicates.Remove(e.Duplicate) },
        _ => throw new InvalidOperationException($"The fold does not know {happened.GetType().Name}."),
    };

    private static JudgedLowering? Approved(Incident i, SeverityChanged e, Recorded r) =>
        i.Lowering is { } asked && !e.ByRule && e.To == asked.To ? new JudgedLowering(asked, "approved", null, r.By, r.At) : null;

    private static Incident Step(Incident i, string id, Func<StepProgress, StepProgress> change) =>
        i with { Steps = i.Steps.SetItem(id, change(i.Steps.GetValueOrDefault(id, Untouched))) };

    /// <summary>Calls that nobody answered when the step was open before are not made again: it is not overdue now.</summary>
    private static Incident OpenedAnew(Incident i, string id) =>
        i with { Unanswered = i.Unanswered.RemoveRange(i.Unanswered.Keys.Where(purpose => Ladders.IsForStep(purpose, id))) };

    private static Incident Over(Incident i, string id, StepState state, Recorded r, string? record, string? choice) =>
        Step(i, id, s => s with { State = state, By = r.By, At = r.At, Record = record, Choice = choice });

    private static Incident Answer(Incident i, string id, PageState state, Recorded r)
    {
        var answered = OnPage(i, id, p => p with { State = state, AnsweredAt = r.At });
        return state == PageState.Acknowledged && i.Pages.FirstOrDefault(p => p.Id == id) is { } page
            ? answered with { Unanswered = answered.Unanswered.Remove(page.Purpose).Remove(Ladders.Opening) }
            : answered;
    }

    private static Incident OnPage(Incident i, string id, Func<Page, Page> change) =>
        i.Pages.FindIndex(p => p.Id == id) is >= 0 and var at ? i with { Pages = i.Pages.SetItem(at, change(i.Pages[at])) } : i;

    private static Incident OnDuty(Incident i, string id, Func<DutyProgress, DutyProgress> change) =>
        i.Duties.FindIndex(d => d.Id == id) is >= 0 and var at ? i with { Duties = i.Duties.SetItem(at, change(i.Duties[at])) } : i;

    private static Incident OnMeasure(Incident i, string id, Func<Measure, Measure> change) =>
        i.Measures.FindIndex(m => m.Id == id) is >= 0 and var at ? i with { Measures = i.Measures.SetItem(at, change(i.Measures[at])) } : i;
}
