using FluentAssertions;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using Xunit;

namespace SakuraIncident.Domain.Tests.Incidents;

/// <summary>差し戻し has a consequence: another way where the plan has one, else the incident does not go on.</summary>
public sealed class Refusing_an_approval
{
    [Fact]
    public void holds_the_gate_until_it_is_approved_after_all()
    {
        var incident = InContainment(SamplePlan.Plan).When(new RefuseStep("stop", "まだ早い"));

        State(incident, "stop").Should().Be(StepState.Open);
        incident.Incident.Steps["stop"].Record.Should().Be("まだ早い");
        incident.When(new MovePhase(Phase.Recovery, null)).Last.Should().BeOfType<Refused>().Which.Reason.Should().Contain("stop");

        incident.When(new ApproveStep("stop", null)).When(new MovePhase(Phase.Recovery, null));
        incident.Incident.Phase.Should().Be(Phase.Recovery);
    }

    [Fact]
    public void keeps_what_waits_for_it_waiting()
    {
        var plan = With(steps => [.. steps, steps.First(s => s.Id == "tell") with { Id = "then", Optional = false, After = ["stop"] }]);

        var incident = InContainment(plan).When(new RefuseStep("stop", "まだ早い"));

        State(incident, "then").Should().Be(StepState.Waiting);
        State(incident.When(new ApproveStep("stop", null)), "then").Should().Be(StepState.Open);
    }

    [Fact]
    public void ends_it_where_a_step_goes_on_from_the_refusal()
    {
        var refused = new Condition { Choice = new Dictionary<string, IReadOnlyList<string>> { ["stop"] = ["refused"] } };
        var plan = With(steps => [.. steps, steps.First(s => s.Id == "tell") with { Id = "instead", When = refused }]);

        var incident = InContainment(plan).When(new RefuseStep("stop", "市民の手続きを優先する"));

        (State(incident, "stop"), State(incident, "instead")).Should().Be((StepState.Done, StepState.Open));
    }

    private static StepState State(Case incident, string step) => incident.Incident.StepStates(incident.Book)[step];

    private static EmergencyPlan With(Func<IReadOnlyList<Step>, IReadOnlyList<Step>> change)
    {
        var general = SamplePlan.Plan.Playbooks["general"];
        return SamplePlan.Plan with { Playbooks = new Dictionary<string, Playbook>(SamplePlan.Plan.Playbooks) { ["general"] = general with { Steps = change(general.Steps) } } };
    }

    private static Case InContainment(EmergencyPlan plan) => Case.Opened(plan: plan)
        .When(new CompleteStep("confirm", "見た"))
        .When(new DecideStep("path", "keep", null))
        .When(new Assess(null, null, null, new Impact(ImpactLevel.None, ImpactLevel.None, ImpactLevel.None), null, "評価"))
        .When(new MovePhase(Phase.Containment, null));
}
