using FluentAssertions;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Plans;

namespace SakuraIncident.Server.Tests.Plans;

public class A_revision
{
    [Fact]
    public void is_the_same_for_other_people_duty_and_contacts()
    {
        using var folder = new PlanFolder();
        var before = RevisionOf(folder);

        folder.Replace("organisation.yaml", "holders: [fujita]", "holders: [watanabe]");
        folder.Replace("organisation.yaml", "deputies: [watanabe, kato]", "deputies: [kato]");
        folder.Replace("organisation.yaml", "藤田 義明", "藤田 明義");
        folder.Replace("organisation.yaml", "days: [mon, wed, fri]", "days: [mon, wed]");

        RevisionOf(folder).Should().Be(before);
    }

    [Fact]
    public void is_the_same_for_other_comments_quotes_and_blank_lines()
    {
        using var folder = new PlanFolder();
        var before = RevisionOf(folder);

        folder.Replace("general.yaml", "title: 情報セキュリティ事案の共通手順", "\n# 名前\ntitle:   \"情報セキュリティ事案の共通手順\"");
        folder.Replace("general.yaml", "due: 1h\n", "due: 60m\n");
        File.Move(folder.PathOf("general.yaml"), folder.PathOf("kyotsu.yaml"));

        RevisionOf(folder).Should().Be(before);
    }

    [Theory]
    [InlineData("general.yaml", "due: 15m", "due: 16m")]
    [InlineData("general.yaml", "何が起きているか", "何が起きたか")]
    [InlineData("blocks/prevention.yaml", "role: csirt-lead", "role: csirt")]
    [InlineData("severity.yaml", "acknowledge: 4m", "acknowledge: 3m")]
    [InlineData("duties.yaml", "term: { day: 5 }", "term: { day: 4 }")]
    [InlineData("holidays.yaml", "  2026-01-01: 元日\n", "")]
    public void is_another_for_another_plan(string file, string old, string with)
    {
        using var folder = new PlanFolder();
        var before = RevisionOf(folder);

        folder.Replace(file, old, with);

        RevisionOf(folder).Should().NotBe(before);
    }

    [Fact]
    public void comes_back_from_json_as_it_was()
    {
        var (plan, roster) = PlanFiles.LoadSound(PlanFolder.Shipped);

        var back = EmergencyPlanJson.ReadPlan(EmergencyPlanJson.Write(plan));

        EmergencyPlanJson.WithRevision(back).Revision.Should().Be(plan.Revision);
        EmergencyPlanJson.Write(plan).Should().NotContain("asksFor", "what is computed is not part of the plan");
        back.Playbooks["ransomware"].Find("isolate").Should().BeEquivalentTo(plan.Playbooks["ransomware"].Find("isolate"));
        back.Ladders[Severity.Critical].Should().BeEquivalentTo(plan.Ladders[Severity.Critical]);
        EmergencyPlanJson.ReadRoster(EmergencyPlanJson.Write(roster)).Should().BeEquivalentTo(roster);
    }

    private static string RevisionOf(PlanFolder folder) =>
        folder.Load().Should().BeOfType<PlanReading.Sound>().Which.Plan.Revision;
}
