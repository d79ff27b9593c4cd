using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Pages.Parts;

namespace SakuraIncident.Server.Pages.Incidents;

/// <summary>Who looks at an incident, and what he may do there.</summary>
/// <param name="Person">Null: a token that acts for nobody.</param>
/// <param name="Roles">Roles that he holds by the roster or acts in here.</param>
public sealed record Viewer(string? Person, IReadOnlySet<string> Roles, bool MayWork, bool MayNote, bool MayLowerSeverity);

/// <summary>One event as the timeline shows it.</summary>
/// <param name="By">The name; null: the system itself.</param>
public sealed record Happening(int Version, DateTimeOffset At, DateTimeOffset? OccurredAt, string? By, IncidentEvent What);

/// <summary>Everything that the page of an incident is made from.</summary>
/// <param name="Events">In the order of the stream; of a very long one the newest.</param>
/// <param name="People">Who can be called or given a role.</param>
/// <param name="IsPast">It is shown as it was: nothing can be done here.</param>
public sealed record IncidentView(
    IncidentAnswer Incident, IReadOnlyList<Happening> Events, IReadOnlyList<PersonAnswer> People, Viewer Viewer, DateTimeOffset Now, bool IsPast)
{
    /// <summary>What the answer was made from.</summary>
    public required Incident State { get; init; }

    /// <summary>Another revision of the plan is in force than the one that this incident follows.</summary>
    public bool IsRevised { get; init; }

    public string Path => $"/incidents/{Incident.Number}";

    public bool IsOpen => Incident.Status == IncidentStatus.Open;

    public bool MayAct => Viewer.MayWork && !IsPast && Incident.Origin is null;

    public bool MayNote => Viewer.MayNote && !IsPast && Incident.Origin is null;

    public bool MayWorkOnSteps => MayAct && IsOpen;

    public IEnumerable<(string Id, string Title)> PeopleToChoose => People.Select(p => (p.Person, p.Name));

    /// <summary>Roles that someone can be called in or given; the lead has a form of its own.</summary>
    public static IEnumerable<(string Id, string Title)> RolesToGive => Vocabulary.Roles.Where(r => r.Id != "lead");

    /// <summary>Calls that wait for this person's answer.</summary>
    public IEnumerable<PageAnswer> MyCalls => IsPast || !IsOpen
        ? []
        : Incident.Pages.Where(p => p.State == PageState.Calling && p.Person == Viewer.Person);

    /// <summary>Open steps of roles that this person holds, the earliest deadline first.</summary>
    public IEnumerable<StepAnswer> MySteps => MayWorkOnSteps
        ? Incident.Steps.Where(s => s.State is StepState.Open or StepState.Started && IsMine(s)).OrderBy(s => s.DueAt ?? DateTimeOffset.MaxValue)
        : [];

    private bool IsMine(StepAnswer step) =>
        Viewer.Roles.Contains(step.Role)
        || (Viewer.Person is { } me && Incident.Roles.TryGetValue(step.Role, out var role) && role.Person == me)
        || (step.State == StepState.Started && step.By?.Person == Viewer.Person);

    /// <summary>Who acts in a role here; null: nobody has been named.</summary>
    public string? HolderOf(string role) => Incident.Roles.TryGetValue(role, out var holder) ? holder.Name : null;

    public string NameOf(string person) =>
        People.FirstOrDefault(p => p.Person == person)?.Name ?? Incident.Pages.FirstOrDefault(p => p.Person == person)?.Name ?? person;

    /// <summary>A program is called by the name of its token.</summary>
    public static string? PlainName(string? name) => name?.StartsWith("token:", StringComparison.Ordinal) == true ? name["token:".Length..] : name;

    public string StepTitle(string id) => Incident.Steps.FirstOrDefault(s => s.Id == id)?.Title ?? id;

    /// <summary>What stands between the incident and its next phase, or its end.</summary>
    public IReadOnlyList<string> Unmet
    {
        get
        {
            var unmet = Incident.Steps
                .Where(s => (s.Gate ?? s.Phase) <= Incident.Phase && !s.Optional && s.Rounds == 0 && !Progress.IsOver(s.State)).Select(s => $"手順「{s.Title}」").ToList();
            if (!Incident.Impact.IsAssessed) unmet.Add("機密性・完全性・可用性への影響の評価");
            if (Incident.Phase != Phase.Prevention) return unmet;
            if (Incident.Findings.Count == 0) unmet.Add("所見");
            if (Incident.Measures.Count == 0 && !Incident.Findings.Any(f => f.NoMeasureNeeded)) unmet.Add("再発防止策、または不要とする判断");
            return unmet;
        }
    }

    /// <summary>Why someone is called.</summary>
    public string Why(string purpose)
    {
        var parts = purpose.Split(':');
        return parts[0] switch
        {
            "ladder" => "初動の招集",
            "step" when parts[1] == LowerSeverity.StepId => LowerSeverity.Title,
            "step" => $"期限を過ぎた手順「{StepTitle(parts[1])}」",
            "quiet" => "応答後に動きがないため",
            _ => "個別の招集",
        };
    }

    public string PageName(string id) => Incident.Pages.FirstOrDefault(p => p.Id == id) is { } page ? page.Name : id;

    public string DutyTitle(string id) => Incident.Duties.FirstOrDefault(d => d.Id == id)?.Title ?? id;

    public string MeasureTitle(string id) => Incident.Measures.FirstOrDefault(m => m.Id == id)?.Title ?? id;

    public string ChoiceTitle(string step, string choice) => choice switch
    {
        "approved" => "承認",
        "refused" => "差し戻し",
        _ => Incident.Steps.FirstOrDefault(s => s.Id == step)?.Choices.FirstOrDefault(c => c.Id == choice)?.Title ?? choice,
    };
}
