using System.Text;
using FluentAssertions;
using SakuraIncident.Server.Plans;

namespace SakuraIncident.Server.Tests.Plans;

/// <summary>Every way to spoil a file is named with the file, the line and a reason.</summary>
public class A_spoilt_plan
{
    private const string ConfirmRole = "      role: csirt\n      due: 15m\n";

    // File; what is replaced; by what; a text on the line that must be named; part of the reason.
    public static TheoryData<string, string, string, string, string> Spoilt => new()
    {
        { "general.yaml", "title: 情報", "title: &t 情報", "title: &t", "アンカー" },
        { "general.yaml", "title: 情報セキュリティ事案の共通手順", "title: *t", "title: *t", "別名" },
        { "general.yaml", "title: 情報セキュリティ事案の共通手順", "title: !!str 共通", "title: !!str", "タグ" },
        { "general.yaml", "serves: [P1-2", "title: 二度目\nserves: [P1-2", "title: 二度目", "二度" },
        { "general.yaml", "serves: [P1-2", "serves: [P2-11", "serves: [P2-11", "条項" },
        { "general.yaml", "severity: { least: low }", "severity: { least: worst }", "least: worst", "worst" },
        { "general.yaml", "phases:", "---\nphases:", "---", "一つの文書" },
        { "general.yaml", "phases:", "phases: [", "    - task: confirm", "YAML" },
        { "general.yaml", "  recovery:\n", "  recovering:\n", "  recovering:", "recovering" },
        { "general.yaml", ConfirmRole, "      role: nobody\n      due: 15m\n", "role: nobody", "役割「nobody」" },
        { "general.yaml", ConfirmRole, "      role: csirt\n      due: 15\n", "due: 15\n", "15m" },
        { "general.yaml", ConfirmRole, "      role: csirt\n      due: -5m\n", "due: -5m", "-5m" },
        { "general.yaml", ConfirmRole, "      role: csirt\n      due: 0m\n", "due: 0m", "0より大きく" },
        { "general.yaml", ConfirmRole, "      role: csirt\n      due: 900000d\n", "due: 900000d", "900000d" },
        { "general.yaml", ConfirmRole, "      role: csirt\n      deu: 15m\n", "deu: 15m", "deu" },
        { "general.yaml", ConfirmRole, "      due: 15m\n", "- task: confirm", "「role」がありません" },
        { "general.yaml", "      title: 何が起きているかを確かめる\n", "", "- task: confirm", "「title」がありません" },
        { "general.yaml", "title: 何が起きているか", "title: 何が起きているか何が起きているか何が起きているか何が起きているか何が起きているか", "title: 何が", "長すぎます" },
        { "general.yaml", "title: 何が起きているか", "title: \"何が\\u0007\" #", "title: \"何が", "制御文字" },
        { "general.yaml", "      record: 通報者、場所", "      record: #", "record: #", "空です" },
        { "general.yaml", "      record: 通報者、場所", "      record: [a] #", "record: [a]", "文字で" },
        { "general.yaml", "      record: 通報者、場所", "      optional: yes #", "optional: yes", "true か false" },
        { "general.yaml", "    - task: confirm", "    - task: Confirm!", "task: Confirm!", "英小文字" },
        { "general.yaml", "    - task: confirm", "    - task: confirm\n      notice: confirm", "- task: confirm", "どれか一つ" },
        { "general.yaml", "    - task: confirm", "    - chore: confirm", "- chore: confirm", "始めてください" },
        { "disaster.yaml", "  detection:\n", "  detection:\n    - { task: alone, title: 一つだけ, role: csirt }\n  before:\n", "  detection:", "3個以上" },
        { "general.yaml", "include: first-report", "include: last-report", "include: last-report", "last-report" },
        { "general.yaml", "      after: [confirm]", "      after: [cinfirm]", "after: [cinfirm]", "cinfirm" },
        { "general.yaml", "      after: [confirm]", "      after: [watch]", "after: [watch]", "後の段階" },
        { "general.yaml", ConfirmRole, "      role: csirt\n      after: [triage]\n", "- task: confirm", "confirm → triage → confirm" },
        { "general.yaml", ConfirmRole, "      role: csirt\n      after: [confirm]\n", "- task: confirm", "confirm → confirm" },
        { "general.yaml", ConfirmRole, "      role: csirt\n      when: { choice: { triage: [incident] } }\n", "- task: confirm", "confirm → triage → confirm" },
        { "general.yaml", ConfirmRole, "      role: csirt\n      when: { choice: { police: [none] } }\n", "police: [none]", "後の段階の判断" },
        { "general.yaml", "    - task: limit-damage", "    - task: confirm", "- task: confirm\n      title: 被害", "二つ" },
        { "general.yaml", "when: { severity: high }", "when: { severity: huge }", "when: { severity: huge }", "huge" },
        { "general.yaml", "when: { severity: high }", "when: { zone: moon }", "when: { zone: moon }", "領域「moon」" },
        { "general.yaml", "when: { severity: high }", "when: { category: [flood] }", "when: { category: [flood] }", "flood" },
        { "general.yaml", "when: { severity: high }", "when: { peopleOver: many }", "when: { peopleOver: many }", "整数" },
        { "general.yaml", "when: { severity: high }", "when: {}", "when: {}", "条件が空" },
        { "general.yaml", "when: { severity: high }", "when: { choice: { triage: [maybe] } }", "triage: [maybe]", "maybe" },
        { "general.yaml", "when: { severity: high }", "when: { any: [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]] }", "when: { any:", "深すぎます" },
        { "general.yaml", "        - { id: event, title: 事象として様子を見る }\n", "", "choices:", "二つ以上" },
        { "general.yaml", "playbook: general", "playbook: tsunami", "playbook: tsunami", "tsunami" },
        { "ransomware.yaml", "playbook: ransomware", "playbook: general", "playbook: general", "general.yaml" },
        { "blocks/prevention.yaml", "role: csirt-lead", "role: csirt-leader", "role: csirt-leader", "csirt-leader" },
        { "blocks/prevention.yaml", "blocks:", "black:", "black:", "始めてください" },
        { "severity.yaml", "least: critical", "least: kritical", "least: kritical", "kritical" },
        { "severity.yaml", "category: [ransomware]", "category: [ransom]", "category: [ransom]", "事案の種類「ransom」" },
        { "severity.yaml", "acknowledge: 4m", "acknowledge: 9m", "within: 8m", "短く" },
        { "severity.yaml", "  low:\n", "  lowest:\n", "  lowest:\n", "lowest" },
        { "severity.yaml", "rungs: [csirt, ", "rungs: [csirt, csirt, ", "rungs: [csirt, csirt", "二度" },
        { "duties.yaml", "duty: police", "duty: polite", "duty: polite", "polite" },
        { "duties.yaml", "term: { day: 5 }", "term: { day: 5, clock: 2h }", "day: 5, clock: 2h", "どちらか一つ" },
        { "duties.yaml", "term: { clock: 1h }", "term: { clock: 1h, rolls: true }", "clock: 1h, rolls", "日数で数える" },
        { "duties.yaml", "term: { clock: { critical: 30m, ", "term: { clock: { ", "term: { clock: { high", "critical" },
        { "duties.yaml", "    warn: 3\n", "    warn: 9\n", "warn: 9", "期限の日" },
        { "duties.yaml", "police: [none]", "police: [never]", "police: [never]", "never" },
        { "duties.yaml", "effectiveFrom: 2023-04-01", "effectiveFrom: 2023-02-30", "effectiveFrom: 2023-02-30", "暦" },
        { "holidays.yaml", "  2026-01-01: 元日", "  2026-13-01: 元日", "2026-13-01", "暦" },
        { "holidays.yaml", "from: \"12-29\"", "from: \"12-32\"", "from: \"12-32\"", "12-32" },
        { "organisation.yaml", "- id: sato\n", "- id: fujita\n", "- id: fujita\n    name: 佐藤", "識別子" },
        { "organisation.yaml", "body: mayor", "body: major", "body: major", "実施機関「major」" },
        { "organisation.yaml", "kind: product", "kind: pigeon", "kind: pigeon", "pigeon" },
        { "organisation.yaml", "address: fujita@", "address: fujita-", "address: fujita-", "メールアドレス" },
        { "organisation.yaml", "holders: [fujita]", "holders: [hujita]", "holders: [hujita]", "hujita" },
        { "organisation.yaml", "- role: ciso", "- role: lead", "- role: lead", "事案ごと" },
        { "organisation.yaml", "days: [mon, wed, fri]", "days: [mon, wed, payday]", "days: [mon, wed, payday]", "payday" },
        { "organisation.yaml", "from: \"08:30\"", "from: \"25:30\"", "from: \"25:30\"", "25:30" },
        { "organisation.yaml", "\n    person: sato", "\n    person: santa", "person: santa", "santa" },
    };

    [Theory]
    [MemberData(nameof(Spoilt))]
    public void is_refused_with_file_line_and_reason(string file, string old, string with, string line, string reason)
    {
        using var folder = new PlanFolder();
        folder.Replace(file, old, with);

        folder.Load().Should().BeOfType<PlanReading.Broken>().Which.Problems.Should().Contain(p =>
            p.File == file && p.Line == folder.LineOf(file, line) && p.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("organisation.yaml")]
    [InlineData("severity.yaml")]
    [InlineData("duties.yaml")]
    [InlineData("holidays.yaml")]
    [InlineData("general.yaml")]
    public void lacks_a_file(string file)
    {
        using var folder = new PlanFolder();
        File.Delete(folder.PathOf(file));

        Problems(folder).Should().ContainSingle(p => p.File == file && p.Line == 1);
    }

    [Fact]
    public void has_no_folder_at_all() => PlanFiles.Load("/nowhere").Should().BeOfType<PlanReading.Broken>();

    [Fact]
    public void has_a_file_over_one_mebibyte()
    {
        using var folder = new PlanFolder();
        folder.Write("general.yaml", folder.Text("general.yaml") + new string('#', PlanFiles.LargestFile));

        Problems(folder).Should().Contain(p => p.File == "general.yaml" && p.Reason.Contains("1 MiB", StringComparison.Ordinal));
    }

    [Fact]
    public void has_a_file_in_another_encoding()
    {
        using var folder = new PlanFolder();
        var line = folder.LineOf("general.yaml", "title: 何が起きている");
        var bytes = File.ReadAllBytes(folder.PathOf("general.yaml"));
        bytes[bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("何が起きている"))] = 0xFF;
        File.WriteAllBytes(folder.PathOf("general.yaml"), bytes);

        Problems(folder).Should().Contain(p => p.File == "general.yaml" && p.Line == line && p.Reason.Contains("UTF-8", StringComparison.Ordinal));
    }

    [Fact]
    public void has_an_empty_file()
    {
        using var folder = new PlanFolder();
        folder.Write("general.yaml", "# nothing\n");

        Problems(folder).Should().Contain(p => p.File == "general.yaml" && p.Reason.Contains('空'));
    }

    [Fact]
    public void is_told_everything_at_once()
    {
        using var folder = new PlanFolder();
        folder.Replace("general.yaml", "due: 15m", "due: 15");
        folder.Replace("severity.yaml", "least: critical", "least: kritical");
        folder.Replace("organisation.yaml", "holders: [fujita]", "holders: [hujita]");

        Problems(folder).Select(p => p.File).Should().Contain(["general.yaml", "severity.yaml", "organisation.yaml"]);
    }

    [Fact]
    public void never_breaks_the_reader()
    {
        var random = new Random(20260331);
        using var folder = new PlanFolder();
        foreach (var file in (string[])["general.yaml", "organisation.yaml", "severity.yaml", "duties.yaml", "holidays.yaml", "blocks/reporting.yaml"])
        {
            var sound = folder.Text(file);
            for (var turn = 0; turn < 15; turn++)
            {
                var lines = sound.Split('\n').ToList();
                var at = random.Next(lines.Count);
                lines[at] = random.Next(5) switch
                {
                    0 => "",
                    1 => "  " + lines[at],
                    2 => lines[at].Replace(":", "", StringComparison.Ordinal),
                    3 => lines[at] + " [",
                    _ => lines[random.Next(lines.Count)],
                };
                folder.Write(file, string.Join('\n', lines));
                folder.Load().Should().NotBeNull();
            }

            folder.Write(file, sound);
        }
    }

    private static IReadOnlyList<PlanProblem> Problems(PlanFolder folder) =>
        folder.Load().Should().BeOfType<PlanReading.Broken>().Which.Problems;
}
