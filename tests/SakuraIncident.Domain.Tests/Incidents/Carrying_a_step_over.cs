using FluentAssertions;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using Xunit;

namespace SakuraIncident.Domain.Tests.Incidents;

public class Carrying_a_step_over
{
    [Fact]
    public void holds_back_the_later_gate_and_not_its_own()
    {
        var step = Step("tell") with { By = Phase.Recovery };
        Unmet(step, Phase.Containment).Should().NotContain(u => u.Contains("tell"));
        Unmet(step, Phase.Recovery).Should().Contain(u => u.Contains("tell"));
    }

    /// <summary>A shared step may be placed beyond the phase that its block names: a gate must not wait for what cannot have opened.</summary>
    [Fact]
    public void never_holds_back_a_gate_before_its_own_phase() =>
        Unmet(Step("learn") with { Phase = Phase.Prevention, By = Phase.Recovery }, Phase.Recovery).Should().NotContain(u => u.Contains("learn"));

    private static Step Step(string id) => SamplePlan.Plan.Playbooks["general"].Find(id)! with { Optional = false };

    private static IReadOnlyList<string> Unmet(Step changed, Phase phase)
    {
        var general = SamplePlan.Plan.Playbooks["general"];
        var plan = SamplePlan.Plan with
        {
            Playbooks = new Dictionary<string, Playbook> { ["general"] = general with { Steps = [.. general.Steps.Select(s => s.Id == changed.Id ? changed : s)] } },
        };
        var opened = Case.Opened(plan: plan);
        return Gate.Unmet(opened.Incident with { Phase = phase }, new Context(plan, SamplePlan.Roster, opened.Now, Actor.System, false));
    }
}
