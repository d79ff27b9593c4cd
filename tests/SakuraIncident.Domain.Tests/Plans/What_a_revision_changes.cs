using FluentAssertions;
using SakuraIncident.Domain.Plans;
using Xunit;

namespace SakuraIncident.Domain.Tests.Plans;

/// <summary>改訂 in words that an official reads.</summary>
public sealed class What_a_revision_changes
{
    private static readonly EmergencyPlan Plan = SamplePlan.Plan;

    public static TheoryData<string, Func<Step, Step>, string> Steps => new()
    {
        { "due", s => s with { Due = TimeSpan.FromMinutes(90) }, "手順「confirm」の期限を「15分」から「1時間30分」に変えた" },
        { "no due", s => s with { Due = null }, "手順「confirm」の期限「15分」をなくした" },
        { "role", s => s with { Role = "ciso" }, "手順「confirm」の役割を「CSIRT要員」から「最高情報セキュリティ責任者」に変えた" },
        { "title", s => s with { Title = "確かめる" }, "手順「確かめる」の題を「confirm」から「確かめる」に変えた" },
        { "condition", s => s with { When = new() { Zone = ["lgwan", "mynumber"] } }, "手順「confirm」に条件「領域がLGWAN接続系かマイナンバー利用事務系」を加えた" },
        { "guide", s => s with { Guide = new string('長', 80) }, "手順「confirm」にやり方を加えた" },
        { "optional", s => s with { Optional = true }, "手順「confirm」に任意「任意」を加えた" },
        { "repeat", s => s with { Repeat = TimeSpan.FromMinutes(30) }, "手順「confirm」に繰返し「30分」を加えた" },
        { "carried over", s => s with { By = Phase.Recovery }, "手順「confirm」に持ち越し「復旧まで」を加えた" },
    };

    [Theory, MemberData(nameof(Steps))]
    public void is_said_of_each_part_of_a_step(string part, Func<Step, Step> change, string sentence)
    {
        var general = Plan.Playbooks["general"];
        var after = Plan with { Playbooks = With(general with { Steps = [change(general.Steps[0]), .. general.Steps.Skip(1)] }) };

        PlanDifference.Between(Plan, after).Should().Equal([new PlanChange("対応手順「general」", "general", sentence)], part);
    }

    [Fact]
    public void is_said_of_steps_and_playbooks_that_came_and_went()
    {
        var general = Plan.Playbooks["general"];
        var after = Plan with
        {
            Playbooks = new Dictionary<string, Playbook>
            {
                ["general"] = general with { Steps = [.. general.Steps.Skip(1)] },
                ["malware"] = general with { Id = "malware", Title = "マルウェア感染" },
            },
        };

        PlanDifference.Between(Plan, after).Select(c => c.Where + c.What).Should().Equal(
            "対応手順「ransomware」を廃止した", "対応手順「general」手順「confirm」を廃止した", "対応手順「マルウェア感染」を加えた");
    }

    [Fact]
    public void is_said_of_ladders_duties_rules_and_holidays()
    {
        var after = Plan with
        {
            Ladders = Plan.Ladders.ToDictionary(l => l.Key, l => l.Key == Severity.Critical ? l.Value with { Acknowledge = TimeSpan.FromMinutes(3), Rungs = ["csirt", "ciso"] } : l.Value),
            Duties = [.. Plan.Duties.Select(d => d.Id == "ppc-final" ? d with { Term = d.Term with { Day = 20 } } : d)],
            SeverityRules = [Plan.SeverityRules[0], Plan.SeverityRules[1] with { Least = Severity.Critical }],
            Calendar = Plan.Calendar with { Holidays = Plan.Calendar.Holidays.Where(h => h.Value != "元日").ToDictionary() },
        };

        PlanDifference.Between(Plan, after).Select(c => c.Where + "　" + c.What).Should().Equal(
            "重大度の規則　「本人が1人以上、かつ特定個人情報があるなら重大以上（番号法）」をなくした",
            "重大度の規則　「本人が1人以上、かつ特定個人情報があるなら緊急以上（番号法）」を加えた",
            "上申の段「緊急」　の応答を待つ時間を「4分」から「3分」に変えた",
            "上申の段「緊急」　の呼ぶ順を「CSIRT要員 → CSIRT責任者 → 最高情報セキュリティ責任者」から「CSIRT要員 → 最高情報セキュリティ責任者」に変えた",
            "報告義務「ppc-final」　の期限を「知った日を1日目として30日目（閉庁日なら次の開庁日）」から「知った日を1日目として20日目（閉庁日なら次の開庁日）」に変えた",
            "国の休日　「2027年1月1日 元日」をなくした");
    }

    [Fact]
    public void names_decisions_and_choices_as_the_playbooks_do()
    {
        Condition Chose(string choice) => new() { Choice = new Dictionary<string, IReadOnlyList<string>> { ["path"] = [choice] } };
        var duty = Plan.Duties[0];
        EmergencyPlan With(string choice) => Plan with { Duties = [duty with { When = Chose(choice) }] };

        PlanDifference.Between(With("cut"), With("keep")).Should().ContainSingle()
            .Which.What.Should().Be("の始まる条件を「「path」の判断が「止める」」から「「path」の判断が「止めない」」に変えた");
    }

    [Fact]
    public void is_nothing_where_nothing_changed() => PlanDifference.Between(Plan, Plan with { Revision = "other" }).Should().BeEmpty();

    private static Dictionary<string, Playbook> With(Playbook general) => new(Plan.Playbooks) { ["general"] = general };
}
