using FluentAssertions;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using Xunit;

namespace SakuraIncident.Domain.Tests.Incidents;

/// <summary>第N報: the receiver's items, filled from the incident, completed by a person, and kept as submitted.</summary>
public sealed class Reporting_by_a_form
{
    private const string Duty = "internal-first-report";

    private static readonly Form Form = new("first", "庁内第一報", "ガイドライン",
    [
        new("what", "事象", "{種類}：{題名}", null),
        new("occurred", "発生日時", "{発生日時}", null),
        new("cause", "原因", null, "分かったことを書く"),
    ]);

    private static readonly EmergencyPlan Plan = SamplePlan.Plan with
    {
        Forms = new Dictionary<string, Form> { [Form.Id] = Form },
        Duties = [.. SamplePlan.Plan.Duties.Select(d => d.Id == Duty ? d with { Form = Form.Id } : d)],
    };

    [Fact]
    public void fills_what_the_incident_says_and_marks_what_nobody_knows_yet()
    {
        var reported = Report().Happened.OfType<DutyReported>().Single();

        reported.Items!.Select(i => (i.Id, i.Text)).Should().Equal(
            ("what", "誤送信・誤公開・誤廃棄：題"), ("occurred", FilledForm.Unknown), ("cause", FilledForm.Unknown));
        reported.StillUnknown.Should().Equal("発生日時", "原因");
        reported.Report.Should().Be(1);
    }

    [Fact]
    public void keeps_what_a_person_wrote_and_counts_it_as_known()
    {
        var reported = Report(items: new() { ["cause"] = "宛先を選び違えた" }, unknown: ["相手が開いたか"]).Happened.OfType<DutyReported>().Single();

        reported.Items![^1].Text.Should().Be("宛先を選び違えた");
        reported.StillUnknown.Should().Equal("発生日時", "相手が開いたか");
    }

    [Fact]
    public void says_the_second_time_what_is_known_by_then()
    {
        var incident = Report();
        var first = incident.Happened.OfType<DutyReported>().Single();

        incident.After(30).When(new Assess("ransomware", null, null, null, null, "脅迫文が見つかった")).When(new ReportDuty(Duty, null, null, []));

        var second = incident.Happened.OfType<DutyReported>().Single();
        (second.Report, second.Items![0].Text).Should().Be((2, "ランサムウェア：題"));
        first.Items![0].Text.Should().Be("誤送信・誤公開・誤廃棄：題");
        incident.Incident.Duties.Single(d => d.Id == Duty).Reports.Should().Be(2);
    }

    [Fact]
    public void is_refused_where_another_took_the_number_meanwhile() =>
        Report().When(new ReportDuty(Duty, null, null, []) { Report = 1 }).Last.Should().BeOfType<Refused>().Which.Code.Should().Be("report-taken");

    [Fact]
    public void is_refused_for_an_item_that_the_form_does_not_have() =>
        Report(items: new() { ["color"] = "赤" }).Last.Should().BeOfType<Refused>().Which.Code.Should().Be("item-unknown");

    [Fact]
    public void needs_a_text_where_the_plan_has_no_form() =>
        Case.Opened().When(new ReportDuty(Duty, null, null, [])).Last.Should().BeOfType<Refused>().Which.Field.Should().Be("text");

    [Fact]
    public void by_text_alone_is_kept_as_it_is()
    {
        var reported = Case.Opened(plan: Plan).When(new ReportDuty(Duty, "電話で報告した", "12-3", [])).Happened.OfType<DutyReported>().Single();

        reported.Text.Should().Be("電話で報告した");
        reported.Items.Should().BeNull();
    }

    private static Case Report(Dictionary<string, string>? items = null, params string[] unknown) =>
        Case.Opened(plan: Plan).When(new ReportDuty(Duty, null, null, unknown) { Items = items });
}
