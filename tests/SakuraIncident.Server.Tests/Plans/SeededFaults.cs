using System.Text.RegularExpressions;
using FluentAssertions;
using SakuraIncident.Server.Plans;

namespace SakuraIncident.Server.Tests.Plans;

/// <summary>The shipped plan is sound; with one fault put into it, the check finds that fault and says where.</summary>
public sealed class A_fault_in_the_plan : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 3, 0, 0, TimeSpan.Zero);
    private readonly PlanFolder folder = new();

    private IReadOnlyList<PlanProblem> Problems => PlanVerification.Of(folder.Load(), Now).Problems;

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
        { "severity.yaml", "  high:\n    acknowledge: 4m\n    within: 8m\n", "  high:\n    acknowledge: 11m\n    within: 11m\n", "second-rung-late", "severity.yaml" },
        { "severity.yaml", "ladders:\n", "limits: { reach: 10m }\nladders:\n", "reach-late", "severity.yaml" },
        { "severity.yaml", "    rungs: [csirt, csirt-lead, chief-officer, ciso]\n", "    rungs: [ciso]\n", "too-few-people", "severity.yaml" },
        { "ransomware.yaml", "raise: [{ when: { zone: [mynumber, lgwan] }", "raise: [{ when: { zone: [lgwan], category: [malware] }", "rule-never", "ransomware.yaml" },
        { "ransomware.yaml", "      by: recovery\n", "      by: detection\n", "file", "ransomware.yaml" }, // a gate that waits for what cannot have opened
        { "ransomware.yaml", "task: preserve-evidence", "task: keep-evidence", "file", "ransomware.yaml" },
        { "ransomware.yaml", "      form: ransomware\n", "", "form-missing", "ransomware.yaml" },
        { "blocks/reporting.yaml", "          - { id: now, title: すぐに公表する }\n", "", "file", "blocks/reporting.yaml" }, // a choice that a step waits for
        { "duties.yaml", "    form: lgwan-operator\n", "", "file", "duties.yaml" },
        { "duties.yaml", "    form: prefecture\n", "    form: prefectura\n", "file", "duties.yaml" },
        { "duties.yaml", "実務の例）\n    effectiveFrom: 2026-03-31", "実務の例）\n    effectiveFrom: 2027-04-01", "duty-not-in-force", "duties.yaml" }, // mended in place of added
        { "duties.yaml", "longer: { when: { unlawful: true }", "longer: { when: { unlawful: true, body: [assembly] }", "duty-never", "duties.yaml" },
        { "forms.yaml", "      - item: secondary\n        title: 二次被害又はそのおそれの有無及びその内容\n        asks: 悪用の事実、公開の有無、おそれの内容を書く\n", "", "file", "forms.yaml" }, // one of the commission's nine items
        { "organisation.yaml", "    name: 個人情報保護委員会\n", "    name: 委員会\n", "file", "organisation.yaml" },
        { "blocks/recovery.yaml", "blocks:\n", "blocks:\n  - block: unused\n    steps:\n      - task: unused-step\n        title: どこでも行われない\n        role: csirt\n        due: 1h\n        record: 何か\n        serves: [P2-6(7)]\n", "file", "blocks/recovery.yaml" },
        { "holidays.yaml", "  2027-01-11: 成人の日\n", "", "holidays-missing", "holidays.yaml" },
        { "holidays.yaml", "  2027-03-22: 振替休日\n", "", "holidays-missing", "holidays.yaml" },
        { "holidays.yaml", "  2026-09-22: 国民の休日\n", "", "holidays-missing", "holidays.yaml" },
        { "organisation.yaml", "    holders: [shimizu]\n    deputies: [hayashi]\n", "    holders: [shimizu]\n", "no-deputy", "organisation.yaml" },
        { "organisation.yaml", "    holders: [shimizu]\n    deputies: [hayashi]\n", "    holders: [shimizu]\n    deputies: [{ person: hayashi, until: 2026-12-31 }]\n", "no-deputy", "organisation.yaml" },
        { "organisation.yaml", "  - role: csirt-lead\n", "  - role: csirt-lead\n    until: 2027-01-10\n", "role-not-held", "organisation.yaml" },
        { "organisation.yaml", "kobayashi\n    days: [sun]\n    from: \"08:30\"", "kobayashi\n    days: [sun]\n    from: \"09:30\"", "nobody-on-duty", "organisation.yaml" },
        { "organisation.yaml", "days: [mon, wed, fri]", "days: [mon, fri]", "nobody-on-duty", "organisation.yaml" },
        { "organisation.yaml", "ito\n    days: [mon]\n    from: \"17:15\"\n    to: \"08:30\"", "ito\n    days: [mon]\n    from: \"08:30\"\n    to: \"17:15\"", "nobody-on-duty", "organisation.yaml" },
        { "organisation.yaml", "yoshida\n    days: [wed]\n", "yoshida\n    days: [wed]\n    ends: 2027-01-06\n", "nobody-on-duty", "organisation.yaml" },
        { "organisation.yaml", "shifts:\n", "absences: [{ person: shimizu, from: 2026-12-07, until: 2026-12-11 }, { person: hayashi, from: 2026-12-11, until: 2026-12-12 }]\nshifts:\n", "role-not-held", "organisation.yaml" },
        { "organisation.yaml", "    channels:\n      - kind: phone\n        address: 0120-000-218\n", "", "contact-unreachable", "organisation.yaml" },
        { "organisation.yaml", "    channels:\n      - kind: product\n      - kind: mail\n        address: kato@city.sakura.example.jp\n      - kind: phone\n        address: 090-0000-0103\n", "", "contact-unreachable", "organisation.yaml" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void is_found_and_named(string file, string old, string with, string code, string place)
    {
        folder.Replace(file, old, with);

        Problems.Should().Contain(p => p.Code == code && (place == "" || p.File == place), string.Join("\n", Problems.Take(5)));
    }

    [Fact]
    public void that_lies_between_two_decisions_is_found()
    {
        folder.Replace("ransomware.yaml", "      after: [rebuild, restore]\n", "      after: [rebuild, restore]\n      when: { choice: { restore-order: [from-backup] } }\n");
        folder.Replace("ransomware.yaml", "      after: [reconnect]\n", "      after: [reconnect]\n      when: { choice: { restore-order: [rebuild], reconnect: [approved] } }\n");

        Problems.Should().ContainSingle(p => p.Code == "step-never" && p.File == "ransomware.yaml")
            .Which.Line.Should().Be(folder.LineOf("ransomware.yaml", "- task: watch"));
    }

    [Fact]
    public void that_leaves_a_rung_without_channels_is_found()
    {
        foreach (var person in (string[])["nakajima", "takahashi", "sato"])
            Edit("organisation.yaml", $@"(  - id: {person}\n(    .*\n)*?)    channels:\n(      .*\n)+", "$1");

        Problems.Should().Contain(p => p.Code == "role-not-held" && p.File == "organisation.yaml" && p.Reason.Contains("CSIRT責任者"));
        Problems.Count(p => p.Code == "contact-unreachable").Should().Be(3);
    }

    [Fact]
    public void that_makes_all_calls_depend_on_one_network_is_found()
    {
        Edit("organisation.yaml", @"      - kind: phone\n        address: 090.*\n", "");

        Problems.Should().Contain(p => p.Code == "too-few-means" && p.File == "severity.yaml" && p.Reason.Contains("庁内ネットワーク"));
    }

    /// <summary>An absence is what a deputy is for.</summary>
    [Fact]
    public void is_none_where_somebody_stands_in_for_whoever_is_away_on_his_duty()
    {
        Edit("organisation.yaml", "shifts:\n", "absences: [{ person: ito, from: 2026-12-07, until: 2026-12-08 }]\nshifts:\n");

        Problems.Should().BeEmpty();
    }

    [Fact]
    public void that_ends_the_rotation_too_early_is_found()
    {
        Edit("organisation.yaml", @"shifts:\n(.*\n)*", "rotations: [{ role: csirt, people: [sato, ito, yamada], every: 7d, handover: \"08:30\", starts: 2026-11-02, ends: 2026-12-28 }]\n");

        Problems.Should().ContainSingle().Which.Should().Match<PlanProblem>(p => p.Code == "nobody-on-duty" && p.Reason.Contains("1/4(月) 08:30から先ずっと"));
    }

    [Fact]
    public void that_keeps_everybody_quiet_for_too_long_is_found()
    {
        Edit("organisation.yaml", "    byShift: true\n", "");
        Edit("organisation.yaml", @"    post: (.*)\n    channels:\n      - kind: product\n", "    post: $1\n    quiet: { from: \"06:00\", to: \"22:00\" }\n    channels:\n      - kind: product\n");

        Problems.Should().ContainSingle(p => p.Code == "quiet-too-long" && p.File == "severity.yaml");
    }

    [Fact]
    public void that_serves_a_clause_no_longer_is_found()
    {
        foreach (var file in Directory.EnumerateFiles(folder.Directory, "*.yaml", SearchOption.AllDirectories))
            Edit(Path.GetRelativePath(folder.Directory, file), @"P2-8\b", "P2-7");

        Problems.Should().ContainSingle(p => p.Code == "clause-not-served" && p.Reason.Contains("P2-8"));
    }

    [Fact]
    public void that_forgets_the_holidays_of_next_year_is_found()
    {
        Edit("holidays.yaml", @"  2027-.*\n", "");

        Problems.Should().Contain(p => p.Code == "holidays-missing" && p.File == "holidays.yaml" && p.Reason.Contains("2027年"));
    }

    [Theory]
    [InlineData("ransomware")]
    [InlineData("staff-shortage")]
    public void that_is_a_missing_playbook_is_found(string playbook)
    {
        File.Delete(folder.PathOf($"{playbook}.yaml"));

        Problems.Should().ContainSingle(p => p.Code == "kind-uncovered" && p.Reason.Contains(playbook));
    }

    [Fact]
    public void is_not_seen_where_there_is_none() => Problems.Should().BeEmpty();

    [Fact]
    public void would_have_to_be_great_before_a_critical_incident_reaches_nobody()
    {
        var endurance = PlanVerification.Of(folder.Load(), Now).Verdict!.Endurance;

        endurance.Fewest.Should().BeGreaterThan(3, "three absentees leave somebody to call");
        endurance.Means.Should().OnlyContain(set => set.Count > 1, "no single failure silences everybody");
    }

    /// <summary>Replaces every occurrence.</summary>
    private void Edit(string file, string pattern, string with) =>
        folder.Write(file, Regex.Replace(folder.Text(file), pattern, with, RegexOptions.None, TimeSpan.FromSeconds(5)));
}
