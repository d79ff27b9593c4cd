using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Domain.Tests.Assurance;

/// <summary>The real engine on a small plan: every command is decided and folded as the server does it.</summary>
internal sealed class Engine(EmergencyPlan plan, DutyRoster roster)
{
    private static readonly Actor By = new(ActorKind.Person, "a");

    public EmergencyPlan Plan => plan;

    public Incident Open(DateTimeOffset at, string body = "mayor", Severity? severity = null, string category = "other", double? speed = null) =>
        Run(new Incident { Id = Guid.Empty }, at, new OpenIncident("R8-0001", "題", category, body, [], severity, null, null, [], speed));

    /// <summary>The incident after the command; the same where it is refused or comes to nothing.</summary>
    public Incident Run(Incident incident, DateTimeOffset at, IncidentCommand command) =>
        Decide(incident, at, command).Aggregate(incident, (i, e) => i.After(new Recorded(at, null, By, e)));

    public IReadOnlyList<IncidentEvent> Decide(Incident incident, DateTimeOffset at, IncidentCommand command) =>
        command.Run(incident, new Context(plan, roster, at, By, MayLowerSeverity: true)) is Accepted accepted ? accepted.Events : [];

    public IReadOnlyList<string> Unmet(Incident incident, DateTimeOffset at) => Gate.Unmet(incident, new Context(plan, roster, at, By, true));

    public IEnumerable<Step> OpenSteps(Incident incident)
    {
        var playbook = plan.PlaybookFor(incident.Category);
        var states = incident.StepStates(playbook);
        return playbook.Steps.Where(s => states[s.Id] is StepState.Open or StepState.Started);
    }

    /// <summary>The calls of the ladder, minutes after opening, while nobody answers: until the whole ladder was climbed in vain.</summary>
    public IReadOnlyList<(TimeSpan After, int Level, string Person)> CallsInVain(DateTimeOffset opened, string body, Severity severity)
    {
        var incident = Open(opened, body, severity);
        while (Deadlines.Of(incident, plan).FirstOrDefault(d => d.Key.StartsWith("page:", StringComparison.Ordinal)) is { } silent)
            incident = Run(incident, silent.DueAt, new PassDeadline(silent.Key));
        return [.. incident.Pages.Where(p => p.Purpose == Ladders.Opening).Select(p => (p.CalledAt - opened, p.Level, p.Person))];
    }
}
