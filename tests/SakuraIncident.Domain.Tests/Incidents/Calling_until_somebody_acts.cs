using FluentAssertions;
using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using Xunit;

namespace SakuraIncident.Domain.Tests.Incidents;

/// <summary>Calls that come later than the first: after a silence, for a role that was given, after an end.</summary>
public sealed class Calling_until_somebody_acts
{
    [Fact]
    public void is_over_once_somebody_acts_again_after_a_silence()
    {
        var incident = Answered().After(25).PassDeadlines();
        incident.Incident.Pages.Should().Contain(p => p.Purpose == "quiet:p1" && p.State == PageState.Calling);

        incident.When(new AddNote("続けている"));

        incident.Happened.OfType<PageWithdrawn>().Should().ContainSingle().Which.Reason.Should().Contain("再び動きました");
        incident.After(60).PassDeadlines().Incident.Pages.Where(p => p.Purpose == "quiet:p1").Should().NotContain(p => p.State == PageState.Calling);
    }

    [Fact]
    public void is_not_put_off_by_somebody_elses_decline()
    {
        var incident = Answered().When(new CallResponder("ciso", null));
        incident.After(5).When(new DeclinePage("p2", "出張中"));

        Deadlines.Of(incident.Incident, SamplePlan.Plan).Should().Contain(d => d.Key == "quiet:p1");
    }

    [Fact]
    public void watches_also_over_whoever_was_called_by_name()
    {
        var incident = Case.Opened().When(new AcknowledgePage("p1", false)).When(new AddNote("見ている")).After(1)
            .When(new CallResponder(null, "fujita")).When(new AcknowledgePage("p2", false));

        incident.After(25).PassDeadlines();

        incident.Incident.Pages.Should().Contain(p => p.Purpose == "quiet:p2");
    }

    [Fact]
    public void begins_with_whoever_was_given_the_role_for_this_incident()
    {
        var incident = Answered().When(new AssignRole("ciso", "suzuki", "出張中の藤田に代わる"));

        incident.When(new CallResponder("ciso", null)).Happened.OfType<ResponderPaged>().Single().Person.Should().Be("suzuki");
        incident.When(new CallResponder("lead", null)).Happened.OfType<ResponderPaged>().Single().Should().Match<ResponderPaged>(p => p.Role == "lead" && p.Person == "sato");
    }

    [Fact]
    public void leaves_nothing_unanswered_once_what_it_was_for_is_done()
    {
        var incident = Answered().When(new AddNote("見ている")).After(16).PassDeadlines(); // the step confirm is overdue
        for (var i = 0; i < 8; i++) incident.After(5).PassDeadlines();
        incident.Incident.IsUnanswered(SamplePlan.Plan.Playbooks["general"]).Should().BeTrue();

        incident.When(new CompleteStep("confirm", "見た"));

        incident.Incident.IsUnanswered(SamplePlan.Plan.Playbooks["general"]).Should().BeFalse();
    }

    [Fact]
    public void begins_anew_when_a_closed_incident_is_taken_up_again()
    {
        var incident = Case.Opened();
        for (var i = 0; i < 8; i++) incident.After(5).PassDeadlines();
        incident.Incident.Unanswered.Should().NotBeEmpty();

        incident.When(new CloseIncident(Outcome.FalseAlarm, null, "誤報")).After(60).When(new ReopenIncident("また起きた")).PassDeadlines();

        incident.Incident.Pages.Where(p => p.State == PageState.Calling).Should().ContainSingle().Which.Level.Should().Be(1);
    }

    [Fact]
    public void for_an_approval_ends_when_it_is_judged_and_is_judged_once()
    {
        var incident = Case.Opened().When(new Assess(null, Severity.High, null, null, null, "広がっている"));
        incident.MayLower = false;
        incident.When(new Assess(null, Severity.Low, null, null, null, "収まった")).Happened.Should().ContainSingle(e => e is LoweringRequested);
        incident.When(new StartStep(LowerSeverity.StepId)).Last.Should().BeOfType<Refused>().Which.Code.Should().Be("step-needs-approval");
        incident.MayLower = true;

        incident.When(new ApproveStep(LowerSeverity.StepId, null)).Incident.Severity.Should().Be(Severity.Low);
        incident.When(new ApproveStep(LowerSeverity.StepId, null)).Happened.Should().BeEmpty();
        incident.When(new RefuseStep(LowerSeverity.StepId, "だめ")).Last.Should().BeOfType<Refused>().Which.Code.Should().Be("step-over");
        incident.Incident.Pages.Where(p => p.Purpose.StartsWith("step:lower-severity", StringComparison.Ordinal)).Should().NotContain(p => p.State == PageState.Calling);
    }

    private static Case Answered() => Case.Opened().When(new AcknowledgePage("p1", false));
}
