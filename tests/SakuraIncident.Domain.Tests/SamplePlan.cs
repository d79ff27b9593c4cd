using SakuraIncident.Domain.Duties;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Domain.Tests;

/// <summary>A small plan with every kind of step, the duties of the law, and a roster of four.</summary>
public static class SamplePlan
{
    private static readonly string[] Reasons = ["general"];

    public static readonly BusinessCalendar Calendar = new(
        new Dictionary<string, string>
        {
            ["2026-04-29"] = "昭和の日",
            ["2026-05-03"] = "憲法記念日",
            ["2026-05-04"] = "みどりの日",
            ["2026-05-05"] = "こどもの日",
            ["2026-05-06"] = "振替休日",
            ["2026-09-21"] = "敬老の日",
            ["2026-09-22"] = "国民の休日",
            ["2026-09-23"] = "秋分の日",
            ["2026-11-23"] = "勤労感謝の日",
            ["2027-01-01"] = "元日",
            ["2027-01-11"] = "成人の日",
        }.ToDictionary(h => Japan.Day(h.Key), h => h.Value),
        new Dictionary<DateOnly, string> { [Japan.Day("2026-04-30")] = "市だけの休み" });

    private static readonly Condition Unlawful = new() { Unlawful = true };
    private static readonly Condition Leak = new()
    {
        NotBody = ["assembly"],
        PersonalData = true,
        Any = [new() { Sensitive = true }, new() { Financial = true }, Unlawful, new() { PeopleOver = 100 }],
    };
    private static readonly Condition MyNumber = new() { MyNumber = true, PeopleOver = 0 };

    public static readonly IReadOnlyList<DutyRule> Duties =
    [
        Rule("internal-first-report", Condition.Always, Clock(30, 60, 240, 1440)),
        Rule("prefecture", new Condition { AtLeast = Severity.High }, Clock(240, 480, 1440, 1440)),
        Rule("ppc-preliminary", Leak, new DutyTerm(null, 5, false)) with { Warn = 3 },
        Rule("ppc-final", Leak, new DutyTerm(null, 30, true)) with { LongerTerm = new DutyTerm(null, 60, true), LongerWhen = Unlawful },
        Rule("my-number-preliminary", MyNumber, new DutyTerm(null, 5, false)) with { Warn = 3 },
        Rule("assembly-notice", Leak with { NotBody = null, Body = ["assembly"] }, new DutyTerm(null, 14, false)),
        Rule("lgwan-operator", new Condition { Zone = ["lgwan", "mynumber"] }, Clock(60, 60, 60, 60)),
    ];

    public static readonly EmergencyPlan Plan = new(
        "r1", new[] { Book("general", Severity.Low), Book("ransomware", Severity.High) }.ToDictionary(p => p.Id),
        [new SeverityRule(new Condition { Category = ["ransomware"], Zone = ["lgwan", "mynumber"] }, Severity.Critical, "計画"),
         new SeverityRule(MyNumber, Severity.High, "番号法")],
        Enum.GetValues<Severity>().ToDictionary(s => s, s => new Ladder(
            Minutes(4), Minutes(8), Minutes(5), Minutes(20), s == Severity.Low ? null : Minutes(30), ["csirt", "csirt-lead", "ciso"])),
        Duties, Calendar);

    public static readonly DutyRoster Roster = new(
        new[] { "sato", "suzuki", "nakajima", "fujita" }
            .ToDictionary(id => id, id => new Person(id, id, "mayor", "", "", [new Channel("product", null)], false)),
        [Holds("csirt", "sato", "suzuki"), Holds("csirt-lead", "nakajima"), Holds("ciso", "fujita", "nakajima")], [], []);

    public static Facts Facts(PersonalData? data = null, string body = "mayor", Severity severity = Severity.Moderate, params string[] zones) =>
        new("misdirected", body, zones, severity, new Impact(null, null, null), data, new Dictionary<string, string>());

    public static PersonalData People(int greatest, DateTimeOffset? knownAt = null) =>
        new(0, greatest, false, false, false, false, false, false, knownAt);

    private static RoleHolding Holds(string role, string holder, params string[] deputies) => new(role, null, [holder], deputies, null, null, false);

    private static DutyRule Rule(string id, Condition when, DutyTerm term) =>
        new(id, id, "", when, term, null, null, null, $"{id}の根拠", Japan.Day("2023-04-01"));

    private static DutyTerm Clock(params int[] minutes) =>
        new(Enum.GetValues<Severity>().ToDictionary(s => s, s => Minutes(minutes[(int)s])), null, false);

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);

    private static Playbook Book(string id, Severity least) => new(id, id, Reasons, least, [],
    [
        Step("confirm", StepKind.Task, Phase.Detection, "csirt", record: "見たもの"),
        Step("path", StepKind.Decision, Phase.Detection, "csirt-lead", "confirm") with { Choices = [new Choice("cut", "止める"), new Choice("keep", "止めない")] },
        Step("isolate", StepKind.Task, Phase.Containment, "csirt") with { When = new Condition { Choice = new Dictionary<string, IReadOnlyList<string>> { ["path"] = ["cut"] } } },
        Step("stop", StepKind.Approval, Phase.Containment, "ciso"),
        Step("tell", StepKind.Notice, Phase.Containment, "csirt") with { Optional = true, Due = null },
        Step("cut-lgwan", StepKind.Task, Phase.Containment, "csirt") with { When = new Condition { Zone = ["lgwan"] } },
        Step("restore", StepKind.Task, Phase.Recovery, "csirt"),
        Step("learn", StepKind.Report, Phase.Prevention, "csirt-lead"),
    ]);

    private static Step Step(string id, StepKind kind, Phase phase, string role, string? after = null, string? record = null) =>
        new(id, kind, id, role, phase, Minutes(15), after is null ? [] : [after], Condition.Always, record, false, null, [], []);
}
