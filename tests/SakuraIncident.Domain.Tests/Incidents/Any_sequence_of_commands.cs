using System.Text.Json;
using CsCheck;
using FluentAssertions;
using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using Xunit;
using static SakuraIncident.Domain.Tests.SamplePlan;

namespace SakuraIncident.Domain.Tests.Incidents;

public class Any_sequence_of_commands
{
    private static readonly DateTimeOffset Start = Japan.At("2026-12-30 03:00");
    private static readonly Gen<string> StepId = One("confirm", "path", "isolate", "stop", "tell", "cut-lgwan", "restore", "learn", "lower-severity", "nothing");
    private static readonly Gen<string?> Text = One<string?>(null, " ", "理由");
    private static readonly Gen<string> PageId = Gen.Int[1, 12].Select(n => $"p{n}");

    /// <summary>A wait in minutes, and what is then asked: a command, or (null) whatever deadline has come.</summary>
    private static readonly Gen<(int Minutes, IncidentCommand? Command)> Move = Gen.Select(
        One(0, 1, 5, 31, 600, 20000),
        Gen.Frequency(
            (6, Gen.Int[0, 0].Select(IncidentCommand? (_) => null)),
            (1, One<IncidentCommand?>(new AddNote("メモ"))),
            (4, StepId.Select(IncidentCommand? (id) => new CompleteStep(id, "記録"))),
            (1, StepId.Select(IncidentCommand? (id) => new StartStep(id))),
            (2, Gen.Select(StepId, Text, IncidentCommand? (id, why) => new SkipStep(id, why))),
            (1, Gen.Select(StepId, Text, IncidentCommand? (id, why) => new ReopenStep(id, why))),
            (2, Gen.Select(StepId, One("cut", "keep", "?"), IncidentCommand? (id, choice) => new DecideStep(id, choice, null))),
            (2, StepId.Select(IncidentCommand? (id) => new ApproveStep(id, null))),
            (1, Gen.Select(StepId, Text, IncidentCommand? (id, why) => new RefuseStep(id, why))),
            (2, PageId.Select(IncidentCommand? (id) => new AcknowledgePage(id, false))),
            (2, PageId.Select(IncidentCommand? (id) => new DeclinePage(id, null))),
            (1, One("csirt", "ciso", "legal", "?").Select(IncidentCommand? (role) => new CallResponder(role, null))),
            (1, One("sato", "fujita", "?").Select(IncidentCommand? (who) => new CallResponder(null, who))),
            (1, One("sato", "fujita", "?").Select(IncidentCommand? (who) => new AssignRole("lead", who, null))),
            (3, Gen.Select(Gen.Enum<Phase>(), Text, IncidentCommand? (to, why) => new MovePhase(to, why))),
            (3, Gen.Select(
                One<string?>(null, "ransomware", "other"), One<Severity?>(null, Severity.Critical, Severity.High, Severity.Low),
                One<string[]?>(null, [], ["lgwan"]), Gen.Bool, IncidentCommand? (category, severity, zones, impact) => new Assess(
                    category, severity, zones, impact ? new Impact(ImpactLevel.Limited, ImpactLevel.None, ImpactLevel.None) : null, null, "評価"))),
            (2, Gen.Select(
                One(0, 100, 101), Gen.Bool, Gen.Bool, Gen.Bool, IncidentCommand? (people, unlawful, myNumber, recovered) => new Assess(
                    null, null, null, null, new PersonalDataReport(0, people, null, null, unlawful, myNumber, null, recovered, null), "評価"))),
            (1, One("ppc-final", "internal-first-report", "?").Select(IncidentCommand? (id) => new ReportDuty(id, "報告", null, []))),
            (1, Gen.Bool.Select(IncidentCommand? (none) => new AddFinding("所見", none))),
            (1, One<IncidentCommand?>(new AddMeasure("訓練", "sato", Start.AddDays(10)))),
            (1, One<IncidentCommand?>(new CompleteMeasure("m1", "実施した"))),
            (1, Gen.Select(Gen.Enum<Outcome>(), Text, IncidentCommand? (outcome, why) => new CloseIncident(outcome, Guid.Empty, why))),
            (1, Text.Select(IncidentCommand? (why) => new ReopenIncident(why)))));

    [Fact]
    public void Keeps_the_incident_sound() => Gen.Select(Move.Array[1, 60], One<double?>(null, 1, 3.3, 60, 3600), Gen.Bool).Sample(
        (moves, speed, mayLower) =>
        {
            var id = Guid.CreateVersion7();
            var now = Start;
            var events = new List<Recorded>();
            var incident = Run(new Incident { Id = id }, new OpenIncident("R8-0001", "題", "misdirected", "mayor", ["internet"], null, null, null, [], speed));

            foreach (var (minutes, command) in moves)
            {
                now = now.AddMinutes(minutes);
                if (command is not null) incident = Run(incident, command);
                else
                    foreach (var deadline in Deadlines.Of(incident, Plan).Where(d => d.DueAt <= now).ToList())
                        incident = Pass(incident, deadline);
                Sound(incident);
            }
            Json(IncidentFold.Fold(id, events)).Should().Be(Json(incident), "replay shows what was live");
            incident.Version.Should().Be(events.Count);

            Incident Run(Incident before, IncidentCommand command)
            {
                var decision = command.Run(before, new Context(Plan, SamplePlan.Roster, now, new Actor(ActorKind.Person, "sato"), mayLower));
                if (decision is not Accepted { Events: var happened }) return before;
                if (before.Version > 0 && !before.IsOpen && happened.Count > 0)
                    (command is ReopenIncident or AddNote or ReportDuty or AddFinding or AddMeasure or CompleteMeasure or PassDeadline).Should().BeTrue($"{command} came after the end");
                foreach (var e in happened)
                {
                    var recorded = new Recorded(now, null, new Actor(ActorKind.Person, "sato"), e);
                    events.Add(recorded);
                    before = before.After(recorded);
                }
                return before;
            }

            // A deadline that has passed has its effect once: the same moment never brings it back.
            Incident Pass(Incident before, Deadline deadline)
            {
                var after = Run(before, new PassDeadline(deadline.Key));
                var again = Run(after, new PassDeadline(deadline.Key));
                again.Version.Should().Be(after.Version, $"{deadline.Key} was passed already");
                return again;
            }
        }, iter: 300);

    private static void Sound(Incident incident)
    {
        var deadlines = Deadlines.Of(incident, Plan);
        deadlines.Select(d => d.Key).Should().OnlyHaveUniqueItems();
        foreach (var page in incident.Pages.Where(p => p.State == PageState.Calling))
        {
            incident.IsOpen.Should().BeTrue("nobody is called for what has ended");
            if (incident.Speed is null || page.DueAt(incident, Plan) <= incident.OpenedAt + incident.Real(TimeSpan.FromHours(72))) // a drill left alone ends then
                deadlines.Should().Contain(d => d.Key == $"page:{page.Id}");
        }
        incident.Pages.Where(p => p.State == PageState.Calling).Select(p => p.Person).Should().OnlyHaveUniqueItems("nobody is called twice at once");
        if (!incident.IsOpen)
            deadlines.Select(d => d.Key.Split(':')[0]).Should().BeSubsetOf(["duty", "duty-warning", "measure"]);
        incident.Severity.Should().BeOneOf(Enum.GetValues<Severity>().Where(s => s <= Plan.LeastSeverity(incident.Facts)));
    }

    private static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Json(Incident incident) => JsonSerializer.Serialize(incident);
}
