using SakuraIncident.Domain.Duties;

namespace SakuraIncident.Domain.Plans;

/// <summary>
/// 緊急時対応計画: what an incident is pinned to when it opens. People, holders, shifts, absences and channels are not part
/// of it (<see cref="Roster.DutyRoster"/>).
/// </summary>
/// <param name="Revision">SHA-256 of the plan's content, hexadecimal.</param>
public sealed record EmergencyPlan(
    string Revision,
    IReadOnlyDictionary<string, Playbook> Playbooks,
    IReadOnlyList<SeverityRule> SeverityRules,
    IReadOnlyDictionary<Severity, Ladder> Ladders,
    IReadOnlyList<DutyRule> Duties,
    BusinessCalendar Calendar)
{
    /// <summary>様式 by id; null in a revision from before there were any.</summary>
    public IReadOnlyDictionary<string, Form>? Forms { get; init; }

    /// <summary>What the plan check holds the plan to; null: <see cref="PlanLimits.Usual"/>.</summary>
    public PlanLimits? Limits { get; init; }

    /// <summary>The playbook for a kind of incident: its own, or <c>general</c>, so that nothing is refused for want of a plan.</summary>
    public Playbook PlaybookFor(string category) =>
        Playbooks.TryGetValue(category, out var own) ? own : Playbooks["general"];

    /// <summary>The form that the receiver of a duty's reports asks for; null: any text.</summary>
    public Form? FormOf(string duty) =>
        Duties.LastOrDefault(d => d.Id == duty)?.Form is { } id ? Forms?.GetValueOrDefault(id) : null;

    /// <summary>The least severity that the rules and the playbook allow for these facts.</summary>
    public Severity LeastSeverity(Facts facts)
    {
        var playbook = PlaybookFor(facts.Category);
        var least = playbook.LeastSeverity;
        foreach (var rule in SeverityRules.Concat(playbook.SeverityRules))
            if (rule.Least < least && rule.When.Holds(facts)) least = rule.Least;
        return least;
    }
}

/// <summary>検証の基準: what the organisation wants to be able to rely on.</summary>
/// <param name="SecondRung">Opening of a critical or high incident to the first call of the second rung, while nobody answers.</param>
/// <param name="Reach">Opening to the call of somebody who answers.</param>
/// <param name="Absentees">So many people may be absent at once, and somebody can still be called.</param>
/// <param name="Means">So many means of contact may be down at once, and somebody can still be called.</param>
/// <param name="Ahead">How far ahead the roster is looked through.</param>
public sealed record PlanLimits(TimeSpan SecondRung, TimeSpan Reach, int Absentees, int Means, TimeSpan Ahead)
{
    public static readonly PlanLimits Usual = new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), 3, 1, TimeSpan.FromDays(60));

    /// <summary>So many people besides the first can take every role, absences apart.</summary>
    public int Deputies { get; init; } = 1;

    /// <summary>For so long may quiet hours keep everybody from an incident that wakes nobody.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromHours(12);
}

/// <summary>Where the condition holds, the incident is at least this severe.</summary>
/// <param name="Source">The clause or guideline that asks for it.</param>
public sealed record SeverityRule(Condition When, Severity Least, string Source);

/// <summary>対応手順 for one kind of incident.</summary>
/// <param name="Serves">Clauses of the policy that it serves, such as <c>P2-3(1)</c>.</param>
/// <param name="Steps">In order; every phase has at least three.</param>
public sealed record Playbook(
    string Id, string Title, IReadOnlyList<string> Serves, Severity LeastSeverity, IReadOnlyList<SeverityRule> SeverityRules,
    IReadOnlyList<Step> Steps)
{
    public Step? Find(string stepId) => Steps.FirstOrDefault(s => s.Id == stepId);

    /// <summary>A step goes on from what was decided at this one. An approval that none asks for must be given before it goes on.</summary>
    public bool AsksFor(string stepId) => Steps.Any(s => s.When.AsksFor(stepId));
}

/// <summary>手順: one thing that one role does.</summary>
/// <param name="Due">Time allowed from the moment the step opens; null: none.</param>
/// <param name="After">Steps of this playbook that must be done, skipped or not needed before this one opens.</param>
/// <param name="When">Where it does not hold, the step is not needed.</param>
/// <param name="Record">What has to be written down; null where no record is required.</param>
/// <param name="Guide">What to look at and how: the concrete actions.</param>
/// <param name="Choices">For a decision: what can be chosen.</param>
/// <param name="Serves">The clause or guideline that asks for this step.</param>
public sealed record Step(
    string Id, StepKind Kind, string Title, string Role, Phase Phase, TimeSpan? Due, IReadOnlyList<string> After, Condition When,
    string? Record, bool Optional, string? Guide, IReadOnlyList<Choice> Choices, IReadOnlyList<string> Serves)
{
    /// <summary>What can be chosen here: a decision's choices, or an approval's <c>approved</c> and <c>refused</c>.</summary>
    public IReadOnlyList<string> Answers() => Kind switch
    {
        StepKind.Decision => [.. Choices.Select(c => c.Id)],
        StepKind.Approval => ["approved", "refused"],
        _ => [],
    };

    public bool Offers(string choice) => Answers().Contains(choice);

    /// <summary>持ち越し: the phase whose gate waits for it, where that is a later one than its own; null: its own.</summary>
    public Phase? By { get; init; }

    /// <summary>The gate of this phase waits for it; never that of an earlier one, in which it cannot have opened.</summary>
    public Phase Gate => By is { } by && by > Phase ? by : Phase;

    /// <summary>Once done, it opens again after this time while its condition holds and recovery is not over; null: once is enough.</summary>
    public TimeSpan? Repeat { get; init; }

    /// <summary>Of a notice or report: who gets it, role ids or words.</summary>
    public IReadOnlyList<string>? To { get; init; }

    /// <summary>Of a notice: what to say, with <see cref="Placeholders"/>.</summary>
    public string? Text { get; init; }

    /// <summary>Of a report: the id of its form (様式).</summary>
    public string? Form { get; init; }

    /// <summary>Of an automation: where to send what is known of the incident.</summary>
    public Uri? Call { get; init; }
}

public sealed record Choice(string Id, string Title);

/// <summary>上申の段: who is called for an incident of one severity, in which order and how fast.</summary>
/// <param name="Acknowledge">Time each call waits for an answer.</param>
/// <param name="Within">Time a rung may take, deputies included, before the next rung is called.</param>
/// <param name="Repeat">Time after which the last rung is called again when nobody has answered.</param>
/// <param name="Quiet">Time after an answered call within which something must happen.</param>
/// <param name="StatusReport">How often a status report is due; null: never.</param>
/// <param name="Rungs">Role ids, the first called first.</param>
public sealed record Ladder(
    TimeSpan Acknowledge, TimeSpan Within, TimeSpan Repeat, TimeSpan Quiet, TimeSpan? StatusReport, IReadOnlyList<string> Rungs);
