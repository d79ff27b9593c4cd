using FluentAssertions;
using SakuraIncident.Domain.Duties;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;
using Xunit;

namespace SakuraIncident.Domain.Tests.Incidents;

/// <summary>What was entered by mistake is put right by another event, and nothing that the law counts is lost by it.</summary>
public sealed class Putting_an_entry_right
{
    private static readonly DateTimeOffset Known = Japan.At("2026-11-20 09:00");

    [Fact]
    public void leaves_a_duty_that_runs_again_the_date_that_it_had()
    {
        var incident = Case.Opened().When(Said(new PersonalDataReport(150, 150, null, null, null, null, null, null, Known)));
        var date = Duty(incident, "ppc-preliminary").DueAt;

        incident.When(Said(new PersonalDataReport(null, null, null, null, null, null, null, true, null)));
        Duty(incident, "ppc-preliminary").State.Should().Be(DutyState.NotApplicable);
        Duty(incident, "ppc-preliminary").How.Should().Contain("個人情報の漏えい等のおそれ", "it says what is no longer so");
        incident.After(60 * 24).When(Said(new PersonalDataReport(null, null, null, null, null, null, null, false, null)));

        Duty(incident, "ppc-preliminary").Should().Match<DutyProgress>(d => d.State == DutyState.Running && d.KnownAt == Known && d.DueAt == date);
    }

    [Fact]
    public void of_a_contractor_counts_from_when_the_city_was_told()
    {
        var incident = new Case().When(new OpenIncident("R8-0001", "題", "contractor-incident", "mayor", [], null, Known, null, [], null))
            .When(Said(new PersonalDataReport(150, 150, null, null, null, null, null, null, null)));

        Duty(incident, "ppc-preliminary").KnownAt.Should().Be(Known);
    }

    [Fact]
    public void of_the_body_changes_the_law_that_applies()
    {
        var incident = Case.Opened().When(Said(new PersonalDataReport(150, 150, null, null, null, null, null, null, Known)));

        incident.When(new Assess(null, null, null, null, null, "議会事務局の文書だった") { Body = "assembly" });

        incident.Incident.Body.Should().Be("assembly");
        Duty(incident, "ppc-preliminary").State.Should().Be(DutyState.NotApplicable);
        Duty(incident, "assembly-notice").State.Should().Be(DutyState.Running);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(5, null, true)]
    [InlineData(null, 5, false)]
    [InlineData(5, 5, false)]
    public void does_not_make_up_a_number_that_nobody_said(int? least, int? greatest, bool unknown)
    {
        var incident = Case.Opened().When(Said(new PersonalDataReport(least, greatest, null, true, null, null, null, null, null)));

        incident.Incident.PersonalData!.GreatestUnknown.Should().Be(unknown);
        var filled = FilledForm.Of(new Form("f", "様式", "", [new FormItem("people", "本人の数", "{人数}", null)]), incident.Incident, SamplePlan.Plan, p => p, incident.Now, 1)[0];
        filled.IsKnown.Should().Be(!unknown);
        filled.Text.Contains(FilledForm.Unknown, StringComparison.Ordinal).Should().Be(unknown);
        incident.When(Said(new PersonalDataReport(null, 7, null, null, null, null, null, null, null)))
            .When(Said(new PersonalDataReport(6, null, null, null, null, null, null, null, null)))
            .Incident.PersonalData!.GreatestUnknown.Should().BeFalse("once said, it is known");
    }

    [Fact]
    public void does_not_throw_another_record_away()
    {
        var incident = Case.Opened().When(new CompleteStep("confirm", "一")).When(new DecideStep("path", "cut", "切る"));

        incident.When(new CompleteStep("confirm", "一")).Happened.Should().BeEmpty();
        incident.When(new CompleteStep("confirm", null)).Happened.Should().BeEmpty();
        incident.When(new CompleteStep("confirm", "二")).Last.Should().BeOfType<Refused>().Which.Code.Should().Be("step-over");
        incident.When(new DecideStep("path", "cut", "ほかの理由")).Last.Should().BeOfType<Refused>();
        incident.When(new AssignRole("lead", "sato", null)).When(new AssignRole("lead", "sato", "次へ")).Happened.OfType<RoleAssigned>().Single().Handover.Should().Be("次へ");
    }

    [Fact]
    public void is_not_left_to_somebody_outside()
    {
        var people = new Dictionary<string, Person>(SamplePlan.Roster.People) { ["police"] = new("police", "警察", "", "", "", [new("phone", "0000")], true) };

        Case.Opened(roster: SamplePlan.Roster with { People = people }).When(new AssignRole("lead", "police", null)).Last
            .Should().BeOfType<Refused>().Which.Code.Should().Be("person-outside");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(99)]
    public void names_the_next_report_where_its_number_cannot_be(int number)
    {
        var incident = Case.Opened().When(new ReportDuty("internal-first-report", "報告", null, []) { Report = number });

        incident.Last.Should().BeOfType<Refused>().Which.Should().Match<Refused>(r => r.Kind == RefusalKind.Invalid && r.Reason.Contains("第1報"));
    }

    private static Assess Said(PersonalDataReport data) => new(null, null, null, null, data, "確認した");

    private static DutyProgress Duty(Case incident, string id) => incident.Incident.Duties.Single(d => d.Id == id);
}
