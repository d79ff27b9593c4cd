using System.Globalization;
using SakuraIncident.Domain.Duties;
using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Incidents;

/// <summary>Steps whose turn has come.</summary>
/// <param name="Why">Which facts ask for the conditional ones, in Japanese, by step id.</param>
public sealed record StepsOpened(IReadOnlyList<string> StepIds, IReadOnlyDictionary<string, string>? Why = null) : IncidentEvent;

/// <summary>Steps that were open or still to come and that facts or decisions no longer ask for.</summary>
/// <param name="Why">What was so before and no longer is, in Japanese, by step id.</param>
public sealed record StepsRuledOut(IReadOnlyList<string> StepIds, IReadOnlyDictionary<string, string>? Why = null) : IncidentEvent
{
    /// <summary>Of those that the present playbook does not have, by step id.</summary>
    public IReadOnlyDictionary<string, string>? Titles { get; init; }
}

/// <summary>What follows at once from what a command changed: steps open, duties start, calls go out or are withdrawn.</summary>
public static class Consequences
{
    /// <summary>委託先での事故: the city knows at the latest when it is told.</summary>
    private const string ToldByContractor = "contractor-incident";

    /// <summary>The command's events and all that follows from them, in order.</summary>
    public static IReadOnlyList<IncidentEvent> Follow(
        Incident before, IReadOnlyList<IncidentEvent> decided, Context context, DateTimeOffset? occurredAt)
    {
        var happened = new List<IncidentEvent>();
        var incident = before;
        foreach (var decidedEvent in decided) Take(decidedEvent);
        if (decided.Any(e => e is RevisionAdopted)) context = context with { Plan = context.InForce };
        if (incident.IsImported) return happened;

        foreach (var step in ChoicesNotOffered(incident, decided, context).ToList()) Take(step);
        if (incident.IsOpen && context.Plan.LeastSeverity(incident.Facts) is var least && least < incident.Severity)
            Take(new SeverityChanged(incident.Severity, least, "計画の規則により引き上げました。", ByRule: true));
        foreach (var duty in DutyChanges(before, incident, context).ToList()) Take(duty);
        foreach (var step in StepChanges(before, incident, context).ToList()) Take(step);
        foreach (var call in CallChanges(before, incident, context).ToList()) Take(call);
        return happened;

        void Take(IncidentEvent e)
        {
            happened.Add(e);
            incident = incident.After(new Recorded(context.Now, occurredAt, context.Actor, e));
        }
    }

    /// <summary>Another playbook may ask the same question with other answers: what was chosen by the old one must not decide in the new one.</summary>
    private static IEnumerable<IncidentEvent> ChoicesNotOffered(Incident incident, IReadOnlyList<IncidentEvent> decided, Context context)
    {
        if (!decided.Any(e => e is PlaybookChanged or RevisionAdopted) || context.PlaybookOf(incident) is not { } playbook) yield break;
        foreach (var step in playbook.Steps)
            if (incident.Steps.GetValueOrDefault(step.Id)?.Choice is { } choice && !step.Offers(choice))
                yield return new StepReopened(step.Id, "対応手順が変わり、選べることが変わったため。");
    }

    private static IEnumerable<IncidentEvent> StepChanges(Incident before, Incident incident, Context context)
    {
        if (!incident.IsOpen || MovesNoStep(before, incident) || context.PlaybookOf(incident) is not { } playbook) yield break;
        var states = incident.StepStates(playbook);
        var earlier = before.Version == 0 || context.PlaybookOf(before) is not { } followed ? null : before.StepStates(followed);
        var opened = playbook.Steps.Where(s => states[s.Id] == StepState.Open && incident.Steps.GetValueOrDefault(s.Id)?.OpenedAt is null)
            .Select(s => s.Id).ToList();
        var ruledOut = playbook.Steps.Where(s =>
                (states[s.Id] is StepState.NotNeeded or StepState.Waiting && incident.Steps.GetValueOrDefault(s.Id)?.State == StepState.Open)
                || (states[s.Id] == StepState.NotNeeded && earlier?.GetValueOrDefault(s.Id, StepState.NotNeeded) == StepState.Waiting))
            .Select(s => s.Id)
            .Concat(incident.Steps.Where(s => s.Value.State is StepState.Open or StepState.Started && playbook.Find(s.Key) is null).Select(s => s.Key)).ToList();
        if (ruledOut.Count > 0) yield return new StepsRuledOut(ruledOut, Why(ruledOut, WhyRuledOut)) { Titles = TitlesOf(ruledOut) };
        if (opened.Count > 0) yield return new StepsOpened(opened, Why(opened, s => s.When == Condition.Always ? null : WhyStarted.By(s.When, incident.Facts)));

        SortedDictionary<string, string>? Why(IEnumerable<string> steps, Func<Step, string?> of)
        {
            var why = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var id in steps)
                if ((playbook.Find(id) is { } step ? of(step) : "移った先の対応手順にない") is { } reason) why[id] = reason;
            return why.Count > 0 ? why : null;
        }

        string? WhyRuledOut(Step step)
        {
            if (step.Phase > incident.Phase && states[step.Id] == StepState.Waiting) return "段階を戻したため";
            if (!(step.When with { Choice = null }).Holds(incident.Facts)) return $"いまは当たらない: {WhyStarted.By(step.When with { Choice = null }, before.Facts)}";
            var asked = (step.When.Choice?.Keys ?? []).Where(id => incident.Steps.GetValueOrDefault(id)?.State != StepState.Done).ToList();
            if (asked.Count > 0 && states[step.Id] == StepState.NotNeeded) return $"判断をしないことにしたため: {TitlesAt(asked)}";
            return step.When.Choice is null ? null : $"判断の結果: {TitlesAt(step.When.Choice.Keys)}";
        }

        string TitlesAt(IEnumerable<string> steps) => string.Join("、", steps.Select(id => playbook.Find(id)?.Title ?? id));

        // Of steps that only the earlier playbook has: nobody could read their names from the present one.
        SortedDictionary<string, string>? TitlesOf(IEnumerable<string> steps)
        {
            var gone = steps.Where(id => playbook.Find(id) is null).ToList();
            return gone.Count == 0 || context.PlaybookOf(before) is not { } old
                ? null
                : new SortedDictionary<string, string>(gone.ToDictionary(id => id, id => old.Find(id)?.Title ?? id), StringComparer.Ordinal);
        }
    }

    private static IEnumerable<IncidentEvent> DutyChanges(Incident before, Incident incident, Context context)
    {
        var knownAgain = incident.PersonalData?.KnownAt != before.PersonalData?.KnownAt ? incident.PersonalData?.KnownAt : null;
        var isNew = before.Version == 0;
        var isRevised = before.PlanRevision != incident.PlanRevision;
        if (!incident.IsOpen || (!isNew && !isRevised && Same(before.Facts, incident.Facts))) yield break;

        var personal = context.Plan.Duties.Where(r => r.When.AsksForPersonalData).Select(r => r.Id).ToHashSet();
        var running = incident.Duties.Where(d => d.State != DutyState.NotApplicable).ToDictionary(d => d.Id);
        // One that ran before counts on: an entry by mistake that was put right must not move a legal date.
        var clocks = incident.Duties.ToDictionary(
            d => d.Id,
            d => incident.PlanMoment(knownAgain is { } moment && personal.Contains(d.Id) ? moment : d.KnownAt));
        // A duty that starts for the first time counts from what was said of knowing now, else from when the contractor told,
        // else from this moment: 100 people passed later start it later.
        var known = knownAgain ?? (incident.Category == ToldByContractor ? incident.DetectedAt : null) ?? context.Now;
        var facts = incident.Facts with { PersonalData = incident.PersonalData is { } data ? data with { KnownAt = incident.PlanMoment(known) } : null };
        var due = DutyCalculation.Of(
            context.Plan, facts, incident.OpenedAt, incident.PlanMoment(context.Now), clocks);
        foreach (var duty in due)
        {
            var real = new DutyProgress(
                duty.Id, duty.Title, DutyState.Running,
                duty.KnownAt <= incident.OpenedAt ? duty.KnownAt : incident.RealMoment(duty.KnownAt), incident.RealMoment(duty.DueAt),
                duty.WarnAt is { } warn ? incident.RealMoment(warn) : null, duty.How, incident.Duties.FirstOrDefault(d => d.Id == duty.Id)?.Reports ?? 0);
            if (!running.TryGetValue(duty.Id, out var present)) yield return new DutyStarted(real);
            else if (present.DueAt != real.DueAt || present.KnownAt != real.KnownAt)
                yield return new DutyRevised(real with { State = present.State is DutyState.Reported ? DutyState.Reported : DutyState.Running });
        }
        foreach (var gone in running.Values.Where(d => d.State is not DutyState.Reported && due.All(x => x.Id != d.Id)))
            yield return new DutyNotApplicable(gone.Id, isRevised ? "改訂後の計画では、報告の要件に当たりません。" : $"事実が更新され、報告の要件に当たらなくなりました。いまは当たらない: {WasAskedBy(gone.Id)}");

        string WasAskedBy(string duty) => WhyStarted.By(context.Plan.Duties.First(r => r.Id == duty).When, before.Facts);
    }

    private static IEnumerable<IncidentEvent> CallChanges(Incident before, Incident incident, Context context)
    {
        foreach (var page in incident.Pages.Where(p => p.State == PageState.Calling))
        {
            if (!incident.IsOpen) yield return new PageWithdrawn(page.Id, "事案が終わりました。");
            else if (Ladders.IsOver(page.Purpose, incident, context.PlaybookOf(incident))) yield return new PageWithdrawn(page.Id, page.Purpose.StartsWith("quiet:", StringComparison.Ordinal) ? "対応が再び動きました。" : "手順が終わりました。");
        }
        if (before.Version == 0)
            foreach (var call in Ladders.Climb(incident, context, Ladders.Opening)) yield return call;
        if (before.Version > 0 && !before.IsOpen && incident is { IsOpen: true, Lead: null }) // taken up again, and nobody leads it
            foreach (var call in Ladders.Climb(incident, context, string.Create(CultureInfo.InvariantCulture, $"reopened:{incident.Version}"))) yield return call;
        if (before.Lowering is null && incident.Lowering is not null)
            foreach (var call in Ladders.Climb(incident, context, LoweringPurpose(incident))) yield return call;
    }

    private static string LoweringPurpose(Incident incident) =>
        string.Create(CultureInfo.InvariantCulture, $"step:{LowerSeverity.StepId}:{incident.Version}");

    /// <summary>Nothing that the states of steps are a function of has changed: most commands are notes and answers.</summary>
    private static bool MovesNoStep(Incident before, Incident incident) =>
        before.Version > 0 && before.IsOpen && before.Phase == incident.Phase && before.PlanRevision == incident.PlanRevision
        && ReferenceEquals(before.Steps, incident.Steps) && Same(before.Facts, incident.Facts);

    private static bool Same(Facts a, Facts b) =>
        a.Category == b.Category && a.Body == b.Body && a.Severity == b.Severity && a.Impact == b.Impact && a.PersonalData == b.PersonalData
        && a.Zones.SequenceEqual(b.Zones) && a.Choices.Count == b.Choices.Count
        && a.Choices.All(c => b.Choices.TryGetValue(c.Key, out var choice) && choice == c.Value);
}
