using FluentAssertions;
using SakuraIncident.Server.Plans;

namespace SakuraIncident.Server.Tests.Plans;

/// <summary>The shipped plan is sound; with one fault put into it, the check finds that fault and says where.</summary>
public sealed class A_fault_in_the_plan : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 3, 0, 0, TimeSpan.Zero);
    private readonly PlanFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>File, what stands there, what is put there, the code of the finding, the file it is found in.</summary>
    public static TheoryData<string, string, string, string, string> Faults => new()
    {
        { "general.yaml", "role: csirt\n      due: 15m\n", "role: csirt\n      due: 15m\n      when: { zone: [lgwan], unless: { zone: [lgwan] } }\n", "step-never", "general.yaml" },
        { "ransomware.yaml", "when: { zone: lgwan }", "when: { zone: lgwan, category: [disaster] }", "step-never", "ransomware.yaml" },
        { "ransomware.yaml", "when: { zone: mynumber }", "when: { zone: mynumber, unless: { severity: critical } }", "step-never", "ransomware.yaml" },
        { "ransomware.yaml", "when: { zone: lgwan }", "when: { peopleOver: 100, personalData: false }", "step-never", "ransomware.yaml" },
        { "general.yaml", "      due: 15m\n", "", "step-no-due", "general.yaml" },
        { "ransomware.yaml", "      record: 端末名、使用者、時刻、表示された内容、暗号化されたファイルの拡張子\n", "", "step-no-record", "ransomware.yaml" },
        { "ransomware.yaml", "      serves: [P2-6(7), GL計画③対応措置]\n", "", "step-serves-nothing", "ransomware.yaml" },
        { "ransomware.yaml", "serves: [P2-3(1), P2-6(3)", "serves: [P2-6(3)", "threat-not-served", "ransomware.yaml" },
        { "severity.yaml", "when: { category: [ransomware], zone: [mynumber, lgwan] }", "when: { category: [ransomware], unless: { category: [ransomware] } }", "rule-never", "severity.yaml" },
        { "severity.yaml", "    within: 8m\n", "    within: 20m\n", "second-rung-late", "severity.yaml" },
        { "severity.yaml", "    acknowledge: 4m\n    within: 8m\n", "    acknowledge: 12m\n    within: 12m\n", "second-rung-late", "severity.yaml" },
        { "severity.yaml", "    rungs: [csirt, csirt-lead, chief-officer, ciso]\n", "    rungs: [sns-owner]\n", "too-few-people", "severity.yaml" },
        { "severity.yaml", "ladders:\n", "limits: { absentees: 60 }\nladders:\n", "too-few-people", "severity.yaml" },
        { "severity.yaml", "ladders:\n", "limits: { means: 2 }\nladders:\n", "too-few-means", "severity.yaml" },
        { "duties.yaml", "when: { zone: [lgwan, mynumber] }", "when: { zone: [lgwan], unless: { zone: [lgwan] } }", "duty-never", "duties.yaml" },
        { "organisation.yaml", "  - role: public-relations\n    holders: [inoue]\n    deputies: [kimura]\n", "", "role-not-held", "" },
        { "organisation.yaml", "  - role: legal\n    holders: [shimizu]\n", "  - role: legal\n    until: 2026-12-31\n    holders: [shimizu]\n", "role-not-held", "organisation.yaml" },
        { "organisation.yaml", "  - role: legal\n    holders: [shimizu]\n", "  - role: legal\n    from: 2026-12-01\n    holders: [shimizu]\n", "role-not-held", "organisation.yaml" },
        { "organisation.yaml", "  - role: legal\n    holders: [shimizu]\n", "  - role: legal\n    body: mayor\n    holders: [shimizu]\n", "role-not-held", "organisation.yaml" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void is_found_and_named(string file, string old, string with, string code, string place)
    {
        folder.Replace(file, old, with);

        var problems = PlanVerification.Of(folder.Load(), Now).Problems;

        problems.Should().Contain(p => p.Code == code && (place == "" || p.File == place), string.Join("\n", problems.Take(5)));
    }

    [Theory]
    [InlineData("ransomware")]
    [InlineData("staff-shortage")]
    public void that_is_a_missing_playbook_is_found(string playbook)
    {
        File.Delete(folder.PathOf($"{playbook}.yaml"));

        PlanVerification.Of(folder.Load(), Now).Problems.Should().ContainSingle(p => p.Code == "kind-uncovered" && p.Reason.Contains(playbook));
    }

    [Fact]
    public void is_not_seen_where_there_is_none() => PlanVerification.Of(folder.Load(), Now).Problems.Should().BeEmpty();

    [Fact]
    public void would_have_to_be_great_before_a_critical_incident_reaches_nobody()
    {
        var endurance = PlanVerification.Of(folder.Load(), Now).Verdict!.Endurance;

        endurance.Fewest.Should().BeGreaterThan(3, "three absentees leave somebody to call");
        endurance.Means.Should().OnlyContain(set => set.Count > 1, "no single failure silences everybody");
    }
}
