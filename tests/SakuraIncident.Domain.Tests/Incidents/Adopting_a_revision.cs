using FluentAssertions;
using SakuraIncident.Domain.Duties;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using Xunit;

namespace SakuraIncident.Domain.Tests.Incidents;

/// <summary>An incident moves to another revision, or to another playbook, and what was done counts there.</summary>
public sealed class Adopting_a_revision
{
    [Fact]
    public void keeps_what_was_done_under_the_same_id_and_opens_what_is_new()
    {
        var incident = Worked(Revised(steps => [.. steps, steps[0] with { Id = "watch", Title = "見張る", After = [] }]));

        incident.When(new AdoptRevision("見張りの手順が加わった"));

        State(incident, "confirm").Should().Be(StepState.Done);
        State(incident, "watch").Should().Be(StepState.Open);
        incident.Incident.PlanRevision.Should().Be("r2");
        incident.Happened.OfType<RevisionAdopted>().Single().Steps.Should().BeEmpty();
    }

    [Fact]
    public void counts_a_step_with_another_id_by_its_title_or_by_what_is_said()
    {
        var renamed = Revised(steps => [steps[0] with { Id = "confirm-first" }, .. steps.Skip(1).Select(s => s with { After = [] })]);
        var said = Revised(steps => [steps[0] with { Id = "look", Title = "よく見る" }, .. steps.Skip(1).Select(s => s with { After = [] })]);

        State(Worked(renamed).When(new AdoptRevision("改訂")), "confirm-first").Should().Be(StepState.Done);
        State(Worked(said).When(new AdoptRevision("改訂")), "look").Should().Be(StepState.Open, "nobody said that it is the same");
        State(Worked(said).When(new AdoptRevision("改訂", new Dictionary<string, string> { ["confirm"] = "look" })), "look").Should().Be(StepState.Done);
    }

    [Fact]
    public void rules_out_what_the_new_one_no_longer_asks_for()
    {
        var incident = Worked(Revised(steps => [.. steps.Where(s => s.Id != "path").Select(s => s with { When = Condition.Always, After = [] })])).After(20).PassDeadlines();
        incident.Incident.Steps["path"].Overdue.Should().BeTrue();

        incident.When(new AdoptRevision("判断が要らなくなった"));

        incident.Happened.OfType<StepsRuledOut>().Single().Why!["path"].Should().Be("移った先の対応手順にない");
        incident.Incident.Steps.Values.Should().NotContain(s => s.Overdue, "nobody can do it any more");
    }

    [Fact]
    public void starts_the_duties_of_the_new_one_and_ends_those_it_has_not()
    {
        var duty = SamplePlan.Plan.Duties[0];
        var next = SamplePlan.Plan with { Revision = "r2", Duties = [duty with { Id = "council", Title = "議長への報告" }] };
        var incident = Worked(next).When(new AdoptRevision("条例が改まった"));

        incident.Incident.Duties.Single(d => d.Id == "council").State.Should().Be(DutyState.Running);
        incident.Incident.Duties.Single(d => d.Id == duty.Id).Should().Match<DutyProgress>(d => d.State == DutyState.NotApplicable && d.How.Contains("改訂後"));
    }

    [Fact]
    public void is_done_once_needs_a_reason_and_a_mapping_that_can_be()
    {
        var incident = Worked(Revised(steps => steps));

        incident.When(new AdoptRevision(" ")).Last.Should().BeOfType<Refused>().Which.Code.Should().Be("reason-missing");
        foreach (var (from, to) in new[] { ("isolate", "confirm"), ("confirm", "nope"), ("confirm", "path"), ("nope", "isolate") })
            incident.When(new AdoptRevision("改訂", new Dictionary<string, string> { [from] = to })).Last
                .Should().BeOfType<Refused>().Which.Code.Should().Be("mapping-invalid", $"{from} cannot count as {to}");
        incident.When(new AdoptRevision("改訂")).Happened.Should().NotBeEmpty();
        incident.When(new AdoptRevision("改訂")).Happened.Should().BeEmpty();
    }

    [Fact]
    public void is_like_a_new_kind_of_incident_of_which_some_steps_are_called_otherwise()
    {
        var plan = SamplePlan.Plan with
        {
            Playbooks = new Dictionary<string, Playbook>(SamplePlan.Plan.Playbooks)
            {
                ["ransomware"] = SamplePlan.Plan.Playbooks["ransomware"] is var book
                    ? book with { Steps = [book.Steps[0] with { Id = "note", Title = "脅迫文を残す" }, .. book.Steps.Skip(1).Select(s => s with { After = [] })] }
                    : throw new InvalidOperationException(),
            },
        };
        var incident = Case.Opened(plan: plan).When(new CompleteStep("confirm", "見た"));

        incident.When(new Assess("ransomware", null, null, null, null, "脅迫文") { Steps = new Dictionary<string, string> { ["confirm"] = "note" } });

        incident.Incident.StepStates(plan.Playbooks["ransomware"])["note"].Should().Be(StepState.Done);
        incident.Happened.OfType<PlaybookChanged>().Single().Steps.Should().Contain("confirm", "note");
    }

    private static EmergencyPlan Revised(Func<IReadOnlyList<Step>, IReadOnlyList<Step>> change)
    {
        var general = SamplePlan.Plan.Playbooks["general"];
        return SamplePlan.Plan with
        {
            Revision = "r2",
            Playbooks = new Dictionary<string, Playbook>(SamplePlan.Plan.Playbooks) { ["general"] = general with { Steps = change(general.Steps) } },
        };
    }

    private static Case Worked(EmergencyPlan next)
    {
        var incident = Case.Opened().When(new CompleteStep("confirm", "見た"));
        incident.InForce = next;
        return incident;
    }

    private static StepState State(Case incident, string step) => incident.Incident.StepStates(incident.InForce!.Playbooks["general"])[step];
}
