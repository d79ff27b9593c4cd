using FluentAssertions;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using Xunit;

namespace SakuraIncident.Domain.Tests.Incidents;

/// <summary>Steps become not needed at once, and the stream says which and why; nobody's open work is closed by the way.</summary>
public sealed class Steps_that_fall_away
{
    [Theory]
    [InlineData("keep", "判断の結果: path")]
    [InlineData(null, "判断をしないことにしたため: path")]
    public void are_named_when_a_decision_rules_them_out_though_their_time_has_not_come(string? choice, string why)
    {
        var confirmed = Case.Opened().When(new CompleteStep("confirm", "見た"));

        confirmed.When(choice is null ? new SkipStep("path", "時間がない") : new DecideStep("path", choice, null));

        var gone = confirmed.Happened.OfType<StepsRuledOut>().Single();
        gone.StepIds.Should().Equal("isolate");
        gone.Why.Should().Equal(new Dictionary<string, string> { ["isolate"] = why });
    }

    [Fact]
    public void are_named_when_a_zone_turns_out_not_to_be_touched()
    {
        var incident = Case.Opened(zones: "lgwan").When(new Assess(null, null, ["internet"], null, null, "LGWANではなかった"));

        incident.Happened.OfType<StepsRuledOut>().Single().Why!["cut-lgwan"].Should().Be("いまは当たらない: LGWAN接続系");
    }

    [Fact]
    public void are_not_those_that_are_open_when_one_before_them_is_taken_up_again()
    {
        var incident = Case.Opened().When(new CompleteStep("confirm", "見た"));
        State(incident, "path").Should().Be(StepState.Open);

        incident.When(new ReopenStep("confirm", "見間違えた"));

        State(incident, "path").Should().Be(StepState.Open, "someone may be at it");
        incident.Happened.OfType<StepsRuledOut>().Should().BeEmpty();
        State(incident.When(new ReopenStep("path", "決め直す")), "path").Should().Be(StepState.Open);
    }

    [Fact]
    public void are_called_by_their_names_where_only_the_earlier_playbook_has_them()
    {
        var gone = Case.Opened("ransomware", WithAStepOfItsOwn()).When(new Assess("misdirected", null, null, null, null, "誤送信だった")).Happened.OfType<StepsRuledOut>().Single();

        gone.StepIds.Should().Contain("look");
        gone.Titles.Should().Equal(new Dictionary<string, string> { ["look"] = "よく見る" });
    }

    [Fact]
    public void are_done_still_on_the_way_back()
    {
        var incident = Case.Opened(plan: WithAStepOfItsOwn()).When(new CompleteStep("confirm", "見た"))
            .When(new Assess("ransomware", null, null, null, null, "暗号化だった") { Steps = new Dictionary<string, string> { ["confirm"] = "look" } });
        incident.Incident.Steps["look"].State.Should().Be(StepState.Done);

        incident.When(new Assess("misdirected", null, null, null, null, "やはり違った"));

        incident.Incident.Steps["confirm"].State.Should().Be(StepState.Done);
    }

    /// <summary>The playbook "ransomware" begins with a step that no other has.</summary>
    private static EmergencyPlan WithAStepOfItsOwn()
    {
        var ransomware = SamplePlan.Plan.Playbooks["ransomware"];
        return SamplePlan.Plan with
        {
            Playbooks = new Dictionary<string, Playbook>(SamplePlan.Plan.Playbooks)
            {
                ["ransomware"] = ransomware with { Steps = [ransomware.Steps[0] with { Id = "look", Title = "よく見る" }, .. ransomware.Steps.Skip(1).Select(s => s with { After = [] })] },
            },
        };
    }

    private static StepState State(Case incident, string step) => incident.Incident.StepStates(incident.Book)[step];
}
