using System.Text.Json;
using System.Text.Json.Serialization;
using CsCheck;
using SakuraIncident.Domain.Duties;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Domain.Tests.Assurance;

/// <summary>Random plans so small that everything that can happen in them can be tried.</summary>
internal static class SmallPlans
{
    public static readonly DateTimeOffset From = Japan.At("2026-12-31 00:00");
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(2);

    /// <summary>All times of a small roster are whole multiples of this.</summary>
    public static readonly TimeSpan Grid = TimeSpan.FromHours(3);

    private static readonly string[] Roles = ["csirt", "csirt-lead", "ciso"];
    private static readonly string[] People = ["a", "b", "c", "d"];

    private static readonly Gen<string> Someone = One(People);
    private static readonly Gen<TimeOnly> TimeOfDay = Gen.Int[0, 7].Select(h => new TimeOnly(h * 3, 0));
    private static readonly Gen<DateTimeOffset> Moment = Gen.Int[-4, 16].Select(i => From + (i * Grid));
    private static readonly Gen<(DateTimeOffset From, DateTimeOffset Until)> Span = Gen.Select(Moment, Gen.Int[1, 8], (from, n) => (from, from + (n * Grid)));
    private static readonly Gen<DateOnly?> Day = One<DateOnly?>(null, null, null, Japan.Day("2026-12-31"), Japan.Day("2027-01-01"));

    private static readonly Gen<Person> Anybody = Gen.Select(
        One<Channel[]>([], [Of("product")], [Of("product")], [Of("phone")], [Of("mail")], [Of("product"), Of("phone")], [Of("chat"), Of("mail")]),
        One(false, false, false, true), TimeOfDay, TimeOfDay,
        (channels, isQuiet, from, to) => new Person("", "", "mayor", "", "", channels, false) { Quiet = isQuiet && from != to ? new(from, to) : null });

    private static readonly Gen<RoleHolding> Holding = Gen.Select(
        One(Roles), One<string?>(null, null, "assembly"), Gen.Shuffle(People), Gen.Int[0, 2], Gen.Int[0, 2], Gen.Select(Day, Day), Gen.Bool,
        (role, body, who, holders, deputies, days, byShift) => new RoleHolding(
            role, body, who[..holders], who[holders..(holders + deputies)], null, days.Item1, byShift && role == "csirt")
        {
            Terms = deputies > 0 && days.Item2 is { } day ? [new DeputyTerm(who[holders], day, null)] : [],
        });

    private static readonly Gen<DutyRoster> SomeHoldings = Gen.Select(
        Anybody.Array[People.Length], Holding.Array[1, 6],
        Gen.Select(Someone, Gen.Enum<DayOfWeek>().Array[1, 7], TimeOfDay, TimeOfDay).Select((p, d, f, t) => new Shift("csirt", p, d, f, t, null, null)).Array[0, 3],
        (people, holdings, shifts) => new DutyRoster(People.Zip(people, (id, p) => p with { Id = id }).ToDictionary(p => p.Id), holdings, shifts, []));

    public static readonly Gen<DutyRoster> AnyRoster = Gen.Select(
        SomeHoldings,
        Gen.Select(Someone, Span).Select((p, s) => new Absence(p, s.From, s.Until, null)).Array[0, 2],
        Gen.Select(Someone.Array[1, 3], Gen.Int[1, 2], TimeOfDay).Select((p, d, t) => new Rotation("csirt", p, d, t, Japan.Day("2026-12-30"), null)).Array[0, 1],
        Gen.Select(Someone, Span).Select((p, s) => new ShiftException("csirt", p, s.From, s.Until)).Array[0, 1],
        Gen.Select(Someone, Someone, Span).Select((p, w, s) => new Swap("csirt", p, w, s.From, s.Until)).Array[0, 1],
        (roster, absences, rotations, exceptions, swaps) => roster with { Absences = absences, Rotations = rotations, Exceptions = exceptions, Swaps = swaps });

    public static readonly Gen<Ladder> Ladders = Gen.Select(
        Gen.Int[1, 8], Gen.Int[0, 12], Gen.Shuffle(Roles), Gen.Int[1, 3],
        (acknowledge, more, roles, rungs) => new Ladder(
            TimeSpan.FromMinutes(acknowledge), TimeSpan.FromMinutes(acknowledge + more), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
            TimeSpan.FromHours(2), roles[..rungs]));

    private static readonly Gen<PlanLimits> Limits = Gen.Select(
        Gen.Int[2, 15], Gen.Int[5, 30], Gen.Int[0, 3], Gen.Int[0, 2],
        (second, reach, absentees, means) => new PlanLimits(TimeSpan.FromMinutes(second), TimeSpan.FromMinutes(reach), absentees, means, Ahead));

    /// <summary>A condition on the facts alone; some hold always, some never.</summary>
    private static readonly Gen<Condition> OnFacts = One<Condition>(
        Condition.Always, Condition.Always, Condition.Always, new() { Zone = ["lgwan"] }, new() { Unless = new() { Zone = ["lgwan"] } },
        new() { AtLeast = Severity.High }, new() { Unless = new() { AtLeast = Severity.Critical } },
        new() { Zone = ["lgwan"], Unless = new() { AtLeast = Severity.Critical } }, new() { PersonalData = true }, new() { MyNumber = true, PeopleOver = 100 },
        new() { MyNumber = true, PersonalData = false }, new() { Body = ["assembly"] }, new() { NotBody = ["assembly"], PersonalData = false },
        new() { Category = ["malware"] }, new() { Category = ["ransomware"] }, new() { Any = [new() { Zone = ["lgwan"] }, new() { MyNumber = true }] });

    private static readonly Gen<SeverityRule[]> Rules = One<SeverityRule>(
        new(new() { Zone = ["lgwan"] }, Severity.Critical, ""), new(new() { Zone = ["lgwan"], Unless = new() { MyNumber = true } }, Severity.Critical, ""),
        new(new() { PersonalData = true }, Severity.High, ""), new(new() { Category = ["ransomware"] }, Severity.Critical, "")).Array[0, 2];

    private static readonly Gen<Step> Step = Gen.Select(
        Gen.Enum<Phase>(), One(StepKind.Task, StepKind.Task, StepKind.Decision, StepKind.Approval), OnFacts, One(Roles),
        Gen.Select(Gen.Bool, One<Phase?>(null, null, Phase.Recovery, Phase.Prevention), Gen.Int[0, 3], One<int?>(null, null, 30)),
        (phase, kind, when, role, more) => new Step(
            "", kind, "", role, phase, TimeSpan.FromDays(30), [], when, null, more.Item1 && more.Item3 == 0, null,
            kind == StepKind.Decision ? [new("x", ""), new("y", "")] : [], [""])
        {
            By = more.Item2,
            Repeat = kind == StepKind.Task && more.Item4 is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
        });

    /// <summary>Steps in the order of their phases, each of which may wait for earlier ones and depend on what was chosen there.</summary>
    private static readonly Gen<Step[]> Steps = Gen.Select(Step.Array[2, 6], Gen.Int[0, 999].Array[6]).Select((steps, dice) =>
    {
        var ordered = steps.OrderBy(s => s.Phase).Select((s, i) => s with { Id = $"s{i}" }).ToArray();
        for (var i = 1; i < ordered.Length; i++)
        {
            var earlier = ordered[..i];
            var die = dice[i];
            if (die % 4 == 0) ordered[i] = ordered[i] with { After = [earlier[die % i].Id] };
            var decisions = earlier.Where(s => s.Answers().Count > 0).OrderBy(s => (die / 7 % 2) == 0 ? s.Id : "").ToList();
            if (decisions.Count == 0 || die % 3 != 0) continue;
            var chosen = decisions.Take(1 + (die / 3 % 2)).ToDictionary(d => d.Id, IReadOnlyList<string> (d) => [d.Answers()[die / 11 % 2]]);
            ordered[i] = ordered[i] with { When = ordered[i].When with { Choice = chosen } };
        }
        return ordered;
    });

    public static readonly Gen<EmergencyPlan> AnyPlan = Gen.Select(
        Steps, Steps, Gen.Bool, Rules, Ladders.Array[4], Limits,
        (general, ransomware, isOwn, rules, ladders, limits) => new EmergencyPlan(
            "small", Books(general, isOwn ? ransomware : null).ToDictionary(b => b.Id), rules,
            Enum.GetValues<Severity>().ToDictionary(s => s, s => ladders[(int)s]), SamplePlan.Duties, SamplePlan.Calendar)
        { Limits = limits });

    /// <summary>The playbooks and rules as JSON, without what was left out.</summary>
    public static string Told(EmergencyPlan plan) => JsonSerializer.Serialize(new { plan.Playbooks, plan.SeverityRules }, Brief);

    private static readonly JsonSerializerOptions Brief = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter() },
    };

    public static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static IEnumerable<Playbook> Books(Step[] general, Step[]? ransomware)
    {
        yield return new Playbook("general", "", [], Severity.Low, [], general);
        if (ransomware is not null) yield return new Playbook("ransomware", "", [], Severity.Moderate, [], ransomware);
    }

    private static Channel Of(string kind) => new(kind, kind == "product" ? null : "0");
}
