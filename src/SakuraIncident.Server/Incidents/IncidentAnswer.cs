using SakuraIncident.Domain.Duties;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Server.Incidents;

public sealed record PersonAnswer(string Person, string Name);

public sealed record PlaybookAnswer(string Id, string Revision, string Title);

public sealed record StepAnswer(
    string Id, StepKind Kind, string Title, string Role, Phase Phase, StepState State, DateTimeOffset? DueAt, PersonAnswer? By,
    DateTimeOffset? At, string? Record, string? Choice, bool Overdue, bool Optional, string? AsksFor, string? Guide,
    IReadOnlyList<Choice> Choices, IReadOnlyList<string> Serves, IReadOnlyList<string> After, IReadOnlyList<string>? To = null,
    string? Text = null, string? Form = null, int Rounds = 0, Phase? Gate = null);

/// <param name="AnsweredAt">When the person answered, yes or no.</param>
/// <param name="EndedAt">When the call ended, also without an answer.</param>
public sealed record PageAnswer(
    string Id, string? Role, string Person, string Name, string? ActingFor, int Level, PageState State, DateTimeOffset CalledAt,
    DateTimeOffset? DueAt, DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, string Purpose);

public sealed record DutyAnswer(
    string Id, string Title, DutyState State, DateTimeOffset KnownAt, DateTimeOffset DueAt, string How, int Reports);

public sealed record DeadlineAnswer(string Key, DateTimeOffset DueAt, string Title);

public sealed record RoleAnswer(string Person, string Name, string? ActingFor);

public sealed record DrillAnswer(double Speed);

/// <summary>An incident as the API answers it: a function of the stream at a version, and of nothing that time changes.</summary>
/// <param name="State">Of an imported incident: its state in the source, verbatim.</param>
public sealed record IncidentAnswer(
    Guid Id, string Number, int Version, long Sequence, string Title, string Category, string Body, string? Zone,
    IReadOnlyList<string> Zones, Severity Severity, Phase Phase, IncidentStatus Status, Outcome? Outcome, Guid? DuplicateOf,
    IReadOnlyList<Guid> Duplicates, string? Summary, IReadOnlyList<string> Assets, DateTimeOffset OpenedAt, DateTimeOffset? OccurredAt,
    DateTimeOffset? DetectedAt, DateTimeOffset? ClosedAt, PersonAnswer? Lead, DrillAnswer? Drill, PlaybookAnswer? Playbook, Impact Impact,
    PersonalData? PersonalData, IReadOnlyList<StepAnswer> Steps, IReadOnlyList<PageAnswer> Pages, bool Unanswered,
    IReadOnlyList<DutyAnswer> Duties, IReadOnlyList<DeadlineAnswer> Deadlines, IReadOnlyDictionary<string, RoleAnswer> Roles,
    IReadOnlyList<Finding> Findings, IReadOnlyList<Measure> Measures, string? State, ImportOrigin? Origin)
{
    /// <summary>Those of the assets that the register knew at opening, as it classified them then.</summary>
    public IReadOnlyList<ClassifiedAsset> ClassifiedAssets { get; init; } = [];

    /// <param name="brief">Without the steps' guides and texts.</param>
    public static IncidentAnswer Of(Incident i, EmergencyPlan? plan, DutyRoster roster, long sequence, bool brief = false)
    {
        var playbook = i.Playbook is null || plan is null ? null : plan.PlaybookFor(i.Category);
        return new IncidentAnswer(
            i.Id, i.Number, i.Version, sequence, i.Title, i.Category, i.Body, MostProtected(i.Zones), i.Zones, i.Severity, i.Phase,
            i.Status, i.Outcome, i.DuplicateOf, i.Duplicates, i.Summary, i.Assets, i.OpenedAt, i.OccurredAt, i.DetectedAt, i.ClosedAt,
            i.Lead is { } lead ? new PersonAnswer(lead, roster.NameOf(lead)) : null,
            i.Speed is { } speed ? new DrillAnswer(speed) : null,
            i.Playbook is { } id ? new PlaybookAnswer(id, i.PlanRevision, i.PlaybookTitle ?? id) : null,
            i.Impact, i.PersonalData,
            playbook is null ? [] : StepsOf(i, plan!, playbook, roster, brief),
            i.Pages.Select(p => new PageAnswer(
                p.Id, p.Role, p.Person, roster.NameOf(p.Person), p.ActingFor, p.Level, p.State, p.CalledAt,
                plan is null ? null : p.DueAt(i, plan), p.State is PageState.Acknowledged or PageState.Declined ? p.AnsweredAt : null, p.AnsweredAt, p.Purpose)).ToList(),
            i.IsUnanswered(playbook),
            i.Duties.Select(d => new DutyAnswer(d.Id, d.Title, d.State, d.KnownAt, d.DueAt, d.How, d.Reports)).ToList(),
            plan is null ? [] : Domain.Incidents.Deadlines.Of(i, plan).Select(d => new DeadlineAnswer(d.Key, d.DueAt, d.Title)).ToList(),
            i.Roles.ToDictionary(r => r.Key, r => new RoleAnswer(r.Value.Person, roster.NameOf(r.Value.Person), r.Value.ActingFor)),
            i.Findings, i.Measures, i.Origin?.State, i.Origin)
        { ClassifiedAssets = i.ClassifiedAssets };
    }

    /// <summary>The most protected of the zones, in the order of <see cref="Vocabulary.Zones"/>.</summary>
    public static string? MostProtected(IReadOnlyList<string> zones) =>
        Vocabulary.Zones.Select(z => z.Id).FirstOrDefault(zones.Contains);

    private static List<StepAnswer> StepsOf(Incident i, EmergencyPlan plan, Playbook playbook, DutyRoster roster, bool brief)
    {
        var states = i.StepStates(playbook);
        var steps = playbook.Steps.Select(s =>
        {
            var said = i.Steps.GetValueOrDefault(s.Id);
            return new StepAnswer(
                s.Id, s.Kind, s.Title, s.Role, s.Phase, states[s.Id], s.DueAt(i), ByOf(said?.By, roster), said?.At, said?.Record, said?.Choice,
                said?.Overdue ?? false, s.Optional || (s.Gate > s.Phase && s.Gate > i.Phase), s.Record, brief ? null : s.Guide, s.Choices, s.Serves, s.After, s.To,
                s.Text is { } text && !brief ? FilledForm.Fill(text, i, plan, roster.NameOf, i.RecordedAt) : null, s.Form, said?.Rounds ?? 0, s.Gate);
        }).ToList();
        if (i is { IsOpen: true, Lowering: { } asked }) steps.Add(Lowering(i, asked, StepState.Open, asked.By, asked.At, asked.Reason, null, roster));
        else if (i.Judged is { } judged) steps.Add(Lowering(i, judged.Asked, StepState.Done, judged.By, judged.At, judged.Reason ?? judged.Asked.Reason, judged.Choice, roster));
        return steps;
    }

    private static StepAnswer Lowering(
        Incident i, Lowering asked, StepState state, Actor by, DateTimeOffset at, string? record, string? choice, DutyRoster roster) => new(
        LowerSeverity.StepId, StepKind.Approval, LowerSeverity.Title, LowerSeverity.Role, i.Phase, state, null, ByOf(by, roster), at, record, choice,
        false, true, null, $"「{Vocabulary.TitleOf(asked.To)}」への引き下げ", [], [], []);

    private static PersonAnswer? ByOf(Actor? actor, DutyRoster roster) =>
        actor is null ? null : new PersonAnswer(actor.Id, roster.NameOf(actor.Id));
}
