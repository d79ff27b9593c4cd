using FluentAssertions;
using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using Xunit;

namespace SakuraIncident.Domain.Tests.Incidents;

/// <summary>The notice <c>tell</c> of the sample plan, to be given every 30 minutes while the LGWAN is touched, each time within 10.</summary>
public class Repeating_a_step
{
    private static readonly EmergencyPlan Plan = Repeating();

    [Fact]
    public void It_comes_round_every_thirty_minutes_after_it_was_done()
    {
        var incident = Told();

        for (var round = 1; round <= 5; round++)
        {
            incident.After(29).PassDeadlines().Incident.Steps["tell"].State.Should().Be(StepState.Done);
            incident.After(1).PassDeadlines().Incident.Steps["tell"].Should().Match<StepProgress>(s => s.State == StepState.Open && s.Rounds == round && s.OpenedAt == incident.Now);
            incident.When(new CompleteStep("tell", "伝えた"));
            Key(incident, "repeat:tell")!.DueAt.Should().Be(incident.Now.AddMinutes(30));
        }
    }

    [Fact]
    public void It_comes_round_no_more_when_its_condition_has_ceased_and_does_again_when_it_holds()
    {
        var incident = Told().When(Zones("internet"));
        Key(incident, "repeat:tell").Should().BeNull();

        incident.After(45).When(Zones("lgwan")).PassDeadlines().Incident.Steps["tell"].State.Should().Be(StepState.Open);
    }

    [Theory]
    [InlineData(Outcome.FalseAlarm)]
    [InlineData(Outcome.Duplicate)]
    public void It_comes_round_no_more_when_the_incident_is_over(Outcome outcome) =>
        Key(Told().When(new CloseIncident(outcome, Guid.NewGuid(), "理由")), "repeat:tell").Should().BeNull();

    [Fact]
    public void It_comes_round_no_more_when_recovery_is_over()
    {
        var told = Told();
        foreach (var (phase, repeats) in new[] { (Phase.Recovery, true), (Phase.Prevention, false) })
            Deadlines.Of(told.Incident with { Phase = phase }, Plan).Any(d => d.Key == "repeat:tell").Should().Be(repeats);
    }

    [Fact]
    public void A_round_that_is_missed_is_overdue_and_calls_its_role_every_time()
    {
        var incident = Told();
        for (var round = 0; round < 3; round++)
        {
            incident.After(30).PassDeadlines().After(10).PassDeadlines();

            incident.Incident.Steps["tell"].Overdue.Should().BeTrue();
            var page = incident.Incident.Pages[^1];
            page.Should().Match<Page>(p => p.Role == "csirt" && p.Person == "sato" && p.Level == 1, "each round begins with the holder of the role");
            incident.When(new AcknowledgePage(page.Id, false)).When(new CompleteStep("tell", "伝えた"));
        }
    }

    [Fact]
    public void A_round_for_which_nobody_answered_does_not_call_in_the_next_before_it_is_overdue()
    {
        var incident = Told().After(30).PassDeadlines();
        for (var minutes = 0; minutes < 40; minutes += 2) incident.After(2).PassDeadlines();
        incident.Incident.Unanswered.Keys.Should().Contain("step:tell");
        incident.When(new CompleteStep("tell", "伝えた"));
        var pages = incident.Incident.Pages.Count;

        incident.After(30).When(new PassDeadline("repeat:tell"));

        incident.Incident.Steps["tell"].State.Should().Be(StepState.Open);
        Key(incident, "again:step:tell").Should().BeNull("the new round has ten minutes");
        incident.After(9).When(new PassDeadline("again:step:tell")).Incident.Pages.Should().HaveCount(pages);
    }

    [Fact]
    public void A_drill_shortens_it()
    {
        var drill = new Case(Plan).When(new OpenIncident("R8-0001", "題", "misdirected", "mayor", ["lgwan"], null, null, null, [], 60));
        Told(drill);

        Key(drill, "repeat:tell")!.DueAt.Should().Be(drill.Now.AddSeconds(30));
        drill.After(1).When(new PassDeadline("repeat:tell"));
        Key(drill, "step:tell")!.DueAt.Should().Be(drill.Now.AddSeconds(10));
    }

    /// <summary>In containment, the first call answered, told once.</summary>
    private static Case Told(Case? opened = null) => (opened ?? Case.Opened(plan: Plan, zones: "lgwan"))
        .When(new AcknowledgePage("p1", false)).When(new CompleteStep("confirm", "見た")).When(new DecideStep("path", "keep", null))
        .When(new Assess(null, null, null, new Impact(ImpactLevel.None, ImpactLevel.None, ImpactLevel.None), null, "評価"))
        .When(new MovePhase(Phase.Containment, null)).When(new CompleteStep("cut-lgwan", "止めた")).When(new ApproveStep("stop", null))
        .When(new CompleteStep("tell", "伝えた"));

    private static Assess Zones(string zone) => new(null, null, [zone], null, null, "評価");

    private static Deadline? Key(Case incident, string key) => Deadlines.Of(incident.Incident, Plan).FirstOrDefault(d => d.Key == key);

    private static EmergencyPlan Repeating()
    {
        var general = SamplePlan.Plan.Playbooks["general"];
        var tell = general.Find("tell")! with { Due = TimeSpan.FromMinutes(10), Repeat = TimeSpan.FromMinutes(30), When = new Condition { Zone = ["lgwan"] } };
        return SamplePlan.Plan with
        {
            Playbooks = new Dictionary<string, Playbook> { ["general"] = general with { Steps = [.. general.Steps.Select(s => s.Id == "tell" ? tell : s)] } },
        };
    }
}
