using FluentAssertions;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;
using Xunit;

namespace SakuraIncident.Domain.Tests.Incidents;

/// <summary>The sample plan's actor is sato: the holder of csirt. Here he is a deputy too.</summary>
public class Acting_for_another
{
    private static readonly DutyRoster Deputy = SamplePlan.Roster with
    {
        Holdings = [.. SamplePlan.Roster.Holdings.Select(h => h.Role == "csirt" ? h : h with { Deputies = ["sato"] })],
    };

    [Fact]
    public void A_deputy_decides_in_the_name_of_the_holder() =>
        Confirmed(Deputy).When(new DecideStep("path", "cut", null)).Happened[0].Should().Be(new DecisionMade("path", "cut", null, "nakajima"));

    [Fact]
    public void A_deputy_approves_in_the_name_of_the_holder() =>
        InContainment(Deputy).When(new ApproveStep("stop", null)).Happened[0].Should().Be(new StepApproved("stop", null, "fujita"));

    [Fact]
    public void A_deputy_refuses_in_the_name_of_the_holder() =>
        InContainment(Deputy).When(new RefuseStep("stop", "早い")).Happened[0].Should().Be(new StepRefused("stop", "早い", "fujita", AskedAgain: true));

    [Fact]
    public void Who_is_no_deputy_acts_for_himself() =>
        InContainment(SamplePlan.Roster).When(new ApproveStep("stop", null)).Happened[0].Should().Be(new StepApproved("stop", null));

    [Fact]
    public void A_role_that_a_deputy_takes_says_for_whom() =>
        Case.Opened(roster: Deputy).When(new AssignRole("ciso", "sato", null)).Happened[0].Should().Be(new RoleAssigned("ciso", "sato", "fujita", null));

    [Theory]
    [InlineData(Severity.Critical, true)]
    [InlineData(Severity.High, true)]
    [InlineData(Severity.Moderate, false)]
    [InlineData(Severity.Low, false)]
    public void Only_a_grave_incident_calls_in_quiet_hours(Severity severity, bool called)
    {
        var people = SamplePlan.Roster.People.ToDictionary(
            p => p.Key, p => p.Key == "sato" ? p.Value with { Quiet = new(new(22, 0), new(6, 0)) } : p.Value); // it is 03:00
        var opened = new Case(roster: SamplePlan.Roster with { People = people })
            .When(new OpenIncident("R8-0001", "題", "misdirected", "mayor", [], severity, null, null, [], null));

        opened.Incident.Pages[0].Person.Should().Be(called ? "sato" : "suzuki");
    }

    private static Case Confirmed(DutyRoster roster) => Case.Opened(roster: roster).When(new CompleteStep("confirm", "見た"));

    private static Case InContainment(DutyRoster roster) => Confirmed(roster)
        .When(new DecideStep("path", "keep", null))
        .When(new Assess(null, null, null, new Impact(ImpactLevel.None, ImpactLevel.None, ImpactLevel.None), null, "評価"))
        .When(new MovePhase(Phase.Containment, null));
}
