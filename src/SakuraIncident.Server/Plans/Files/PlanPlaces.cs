using SakuraIncident.Domain.Assurance;
using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Server.Plans.Files;

/// <summary>Where each part of the plan stands in its files, so that a finding names file and line.</summary>
public sealed class PlanPlaces
{
    private const string Severities = "severity.yaml";
    private const string Organisation = "organisation.yaml";
    private const string Holidays = "holidays.yaml";

    private readonly Dictionary<string, (string File, int Line)> playbooks = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Playbook, string Step), (string File, int Line)> steps = [];
    private readonly Dictionary<string, (string File, int Line)> duties = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string File, int Line)> roles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string File, int Line)> people = new(StringComparer.Ordinal);
    private readonly Dictionary<int, (string File, int Line)> years = [];
    private readonly Dictionary<Severity, (string File, int Line)> ladders = [];
    private readonly List<(string File, int Line)> rules = [];

    /// <summary>The place of what a finding is about; where nothing in particular is, the first line of the file in which it is missing.</summary>
    public (string File, int Line) Of(Subject about)
    {
        if (about is { Playbook: { } playbook, Step: { } step } && steps.TryGetValue((playbook, step), out var place)) return place;
        if (about.Playbook is { } book && playbooks.TryGetValue(book, out place)) return place;
        if (about.Duty is { } duty) return duties.GetValueOrDefault(duty, ("duties.yaml", 1));
        if (about.Rule is { } rule) return rule < rules.Count ? rules[rule] : (Severities, 1);
        if (about.Ladder is { } ladder) return ladders.GetValueOrDefault(ladder, (Severities, 1));
        if (about.Role is { } role) return roles.GetValueOrDefault(role, (Organisation, 1));
        if (about.Person is { } person) return people.GetValueOrDefault(person, (Organisation, 1));
        if (about.Year is { } year) return years.GetValueOrDefault(year, (Holidays, 1));
        return ("general.yaml", 1);
    }

    internal void AddRule(Fields rule) => rules.Add((rule.File, rule.Line));

    internal void AddDuty(Fields duty, string id) => duties.TryAdd(id, (duty.File, duty.Line));

    internal void AddPerson(Fields person, string id) => people.TryAdd(id, (person.File, person.Line));

    /// <summary>A year stands where its first day does.</summary>
    internal void AddDay(Fields days, string day, int year) => years.TryAdd(year, (days.File, days.LineOf(day)));

    internal void AddHolding(Fields holding, string role) => roles.TryAdd(role, (holding.File, holding.LineOf("role")));

    /// <summary>A role that nobody holds has no place in the organisation file: then the ladder that names it is the place.</summary>
    internal void AddLadder(Fields ladder, Severity severity, IReadOnlyList<string> rungs)
    {
        ladders[severity] = (ladder.File, ladder.LineOf("rungs"));
        foreach (var rung in rungs) roles.TryAdd(rung, ladders[severity]);
    }

    internal void AddPlaybook(PlaybookDraft draft)
    {
        playbooks.TryAdd(draft.Playbook.Id, (draft.File, draft.Line));
        foreach (var step in draft.Steps)
        {
            steps.TryAdd((draft.Playbook.Id, step.Step.Id), (step.File, step.Line));
            roles.TryAdd(step.Step.Role, (step.File, step.RoleLine));
        }
    }
}
