using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Domain.Tests.Incidents;

/// <summary>An incident of the sample plan, command by command: given what happened, when this is asked, then that follows.</summary>
internal sealed class Case(EmergencyPlan? plan = null, DutyRoster? roster = null)
{
    private readonly EmergencyPlan first = plan ?? SamplePlan.Plan;
    private readonly DutyRoster roster = roster ?? SamplePlan.Roster;

    /// <summary>What is in force now; an incident follows it once it has adopted it.</summary>
    public EmergencyPlan? InForce { get; set; }

    public bool MayLower { get; set; } = true;

    private EmergencyPlan Plan => InForce is { } next && Incident.PlanRevision == next.Revision ? next : first;

    /// <summary>The playbook that it follows now.</summary>
    public Playbook Book => Plan.PlaybookFor(Incident.Category);

    public Incident Incident { get; private set; } = new() { Id = Guid.Parse("019ab000-0000-7000-8000-000000000001") };

    public DateTimeOffset Now { get; set; } = Japan.At("2026-11-25 03:00");

    /// <summary>What the last command came to.</summary>
    public Decision Last { get; private set; } = new Accepted([]);

    public IReadOnlyList<IncidentEvent> Happened => Last is Accepted accepted ? accepted.Events : [];

    public static Case Opened(string category = "misdirected", EmergencyPlan? plan = null, DutyRoster? roster = null, params string[] zones) =>
        new Case(plan, roster).When(new OpenIncident("R8-0001", "題", category, "mayor", zones, null, null, null, [], null));

    public Case When(IncidentCommand command) => When(command, new Actor(ActorKind.Person, "sato"));

    private Case When(IncidentCommand command, Actor by)
    {
        Last = command.Run(Incident, new Context(Plan, roster, Now, by, MayLowerSeverity: MayLower) { InForce = InForce ?? first });
        Incident = Happened.Aggregate(Incident, (i, e) => i.After(new Recorded(Now, null, by, e)));
        return this;
    }

    public Case After(int minutes)
    {
        Now = Now.AddMinutes(minutes);
        return this;
    }

    /// <summary>Every deadline that has come is passed, until none is left that has.</summary>
    public Case PassDeadlines()
    {
        while (Deadlines.Of(Incident, Plan).FirstOrDefault(d => d.DueAt <= Now) is { } due) When(new PassDeadline(due.Key), Actor.System);
        return this;
    }
}
