using SakuraIncident.Domain.Duties;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Benchmarks;

/// <summary>A city of any size with a sound plan: a quarter of the roles by weekly duty, an eighth in turns, absences all the time.</summary>
public static class LargeCity
{
    private const int StepsOfPhase = 8;

    public static (EmergencyPlan Plan, DutyRoster Roster) Of(int staff, int roles, int playbooks)
    {
        var people = Enumerable.Range(0, staff).Select(i => $"p{i}").ToList();
        return (PlanOf(roles, playbooks), RosterOf(people, roles));
    }

    private static DutyRoster RosterOf(List<string> people, int roles)
    {
        var staff = people.Count;
        var (evening, morning) = (new TimeOnly(17, 15), new TimeOnly(8, 30));
        DateTimeOffset absent = new(2026, 11, 1, 15, 0, 0, TimeSpan.Zero);
        return new DutyRoster(
            people.ToDictionary(p => p, p => new Person(p, p, "mayor", "", "", [new("product", null), new("phone", "0"), new("mail", "a@b")], false)
            {
                Quiet = p.EndsWith('3') ? new(new(22, 0), new(6, 0)) : null,
            }),
            [.. Enumerable.Range(0, roles).Select(r => new RoleHolding(
                $"r{r}", r % 10 == 9 ? "education" : null, [Of(r * 5)], [Of((r * 5) + 1), Of((r * 5) + 2), Of((r * 5) + 3)], null, null, r % 4 == 0 || r % 8 == 1)
            {
                Terms = r % 6 == 0 ? [new(Of((r * 5) + 3), null, new(2026, 12, 20))] : [],
            }),
            .. Enumerable.Range(0, roles).Where(r => r % 10 == 9).Select(r => new RoleHolding($"r{r}", null, [Of(r * 7)], [Of((r * 7) + 1)], null, null, r % 4 == 0 || r % 8 == 1))],
            [.. from r in Enumerable.Range(0, roles)
                where r % 4 == 0
                from day in Enum.GetValues<DayOfWeek>()
                from night in new[] { false, true }
                select new Shift($"r{r}", Of((r * 5) + (int)day + (night ? 7 : 0)), [day], night ? evening : morning, night ? morning : evening, null, null)],
            [.. Enumerable.Range(0, staff / 2).Select(i => new Absence(Of(i * 2), absent.AddDays(i % 90), absent.AddDays((i % 90) + 3), null))])
        {
            Rotations = [.. Enumerable.Range(0, roles).Where(r => r % 8 == 1).Select(r =>
                new Rotation($"r{r}", [.. Enumerable.Range(0, 6).Select(i => Of((r * 5) + i))], 7, morning, new(2026, 11, 2), null))],
        };

        string Of(int i) => people[i % staff];
    }

    private static EmergencyPlan PlanOf(int roles, int playbooks)
    {
        var ids = Vocabulary.Categories.Select(c => c.Id).Where(id => id != "other").Prepend("general")
            .Concat(Enumerable.Range(0, playbooks).Select(i => $"kind-{i}")).Take(playbooks);
        var ladder = new Ladder(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(20), null, ["r0", "r1", "r2", "r3"]);
        return new EmergencyPlan(
            "bench", ids.Select((id, n) => Book(id, n, roles)).ToDictionary(b => b.Id),
            [
                new(new() { Category = ["ransomware"], Zone = ["mynumber", "lgwan"] }, Severity.Critical, "P1-2"),
                new(new() { MyNumber = true, PeopleOver = 100 }, Severity.Critical, "P1-2"),
                new(Leak, Severity.High, "P1-2"), new(new() { Confidentiality = ImpactLevel.Serious }, Severity.High, "P1-2"),
                new(new() { Availability = ImpactLevel.Serious, Zone = ["mynumber"] }, Severity.Critical, "P1-2"),
            ],
            Enum.GetValues<Severity>().ToDictionary(s => s, _ => ladder),
            [.. Enumerable.Range(0, 12).Select(i => new DutyRule($"duty-{i}", "", "", i % 2 == 0 ? Leak : new() { AtLeast = Severity.High }, new(null, 30, true), null, null, null, "", new(2023, 4, 1)))],
            new BusinessCalendar(new Dictionary<DateOnly, string>(), new Dictionary<DateOnly, string>()));
    }

    private static Condition Leak => new()
    {
        NotBody = ["assembly"],
        PersonalData = true,
        Any = [new() { Sensitive = true }, new() { Financial = true }, new() { Unlawful = true }, new() { PeopleOver = 100 }],
    };

    /// <summary>Like the shipped ones: most steps always, some by zone, severity, personal data, and some by what was decided.</summary>
    private static Playbook Book(string id, int number, int roles) => new(id, id, ["P1-2"], Severity.Low, [],
    [
        .. from phase in Enum.GetValues<Phase>()
           from i in Enumerable.Range(0, StepsOfPhase)
           let decides = i == 0
           select new Step(
               $"{phase}-{i}", decides ? StepKind.Decision : StepKind.Task, "", $"r{((number * 32) + ((int)phase * StepsOfPhase) + i) % roles}", phase,
               TimeSpan.FromHours(1), i > 1 ? [$"{phase}-{i - 1}"] : [], When(phase, i), "", false, null, decides ? [new("x", ""), new("y", ""), new("z", "")] : [], ["P1-2"]),
    ]);

    private static Condition When(Phase phase, int i) => i switch
    {
        1 => new() { Zone = ["lgwan"] },
        2 => new() { AtLeast = Severity.High },
        3 => Leak,
        4 => new() { Choice = new Dictionary<string, IReadOnlyList<string>> { [$"{phase}-0"] = ["x", "y"] } },
        5 => new() { Choice = new Dictionary<string, IReadOnlyList<string>> { ["Detection-0"] = ["y"], [$"{phase}-0"] = ["y"] }, Unless = new() { Body = ["education"] } },
        _ => Condition.Always,
    };
}
