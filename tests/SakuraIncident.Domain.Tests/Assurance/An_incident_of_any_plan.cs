using CsCheck;
using FluentAssertions;
using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using Xunit;
using static SakuraIncident.Domain.Tests.Assurance.SmallPlans;

namespace SakuraIncident.Domain.Tests.Assurance;

/// <summary>Whatever the plan, the roster and the people do: no incident is stuck, and no deadline is lost.</summary>
public class An_incident_of_any_plan
{
    private static readonly Impact NoImpact = new(ImpactLevel.None, ImpactLevel.None, ImpactLevel.None);

    private static readonly Gen<string> StepId = Gen.Int[0, 5].Select(i => $"s{i}");
    private static readonly Gen<string> PageId = Gen.Int[1, 9].Select(i => $"p{i}");

    private static readonly Gen<IncidentCommand> Facts = Gen.Select(
        One<string?>(null, null, "malware", "ransomware", "other"), One<Severity?>(null, Severity.Critical, Severity.High, Severity.Low),
        One<string[]?>(null, [], ["lgwan"]), Gen.Bool, One(0, 1, 101), Gen.Bool,
        IncidentCommand (category, severity, zones, personal, people, flag) => new Assess(
            category, severity, zones, null, personal ? new PersonalDataReport(0, people, null, null, flag, flag, null, people == 0, null) : null, "評価"));

    /// <summary>A wait in minutes, and a command; null: every deadline that has come is passed.</summary>
    private static readonly Gen<(int Minutes, IncidentCommand? Command)[]> Moves = Gen.Select(
        One(0, 0, 1, 10, 45, 600),
        Gen.Frequency(
            (5, Gen.Int[0, 0].Select(IncidentCommand? (_) => null)),
            (5, Facts.Select(IncidentCommand? (c) => c)),
            (5, StepId.Select(IncidentCommand? (id) => new CompleteStep(id, null))),
            (3, Gen.Select(StepId, One("x", "y"), IncidentCommand? (id, choice) => new DecideStep(id, choice, null))),
            (2, StepId.Select(IncidentCommand? (id) => new ApproveStep(id, null))),
            (1, StepId.Select(IncidentCommand? (id) => new RefuseStep(id, "否"))),
            (1, StepId.Select(IncidentCommand? (id) => new SkipStep(id, "不要"))),
            (1, StepId.Select(IncidentCommand? (id) => new StartStep(id))),
            (2, StepId.Select(IncidentCommand? (id) => new ReopenStep(id, "やり直し"))),
            (2, PageId.Select(IncidentCommand? (id) => new AcknowledgePage(id, false))),
            (1, PageId.Select(IncidentCommand? (id) => new DeclinePage(id, null))),
            (3, Gen.Enum<Phase>().Select(IncidentCommand? (to) => new MovePhase(to, "理由"))),
            (1, One("ppc-final", "internal-first-report").Select(IncidentCommand? (id) => new ReportDuty(id, "報告", null, []))),
            (1, One<IncidentCommand?>(new Assess(null, null, null, NoImpact, null, "評価"), new AddMeasure("訓練", "a", From.AddDays(3)))),
            (1, One<IncidentCommand?>(new CloseIncident(Outcome.FalseAlarm, null, "誤報"), new ReopenIncident("再開"))))).Array[1, 40];

    [Fact]
    public void Can_be_resolved_from_every_state_that_it_reaches() => Gen.Select(AnyPlan, AnyRoster, Moves).Sample((plan, roster, moves) =>
    {
        var run = new Played(plan, roster, moves, null);

        var closed = Resolve(run.Engine, run.Incident, run.Now);

        closed.Outcome.Should().Be(Outcome.Resolved, string.Join("", run.Engine.Unmet(closed, run.Now)));
        foreach (var deadline in Deadlines.Of(closed, plan)) closed = run.Engine.Run(closed, deadline.DueAt, new PassDeadline(deadline.Key));
        Deadlines.Of(closed, plan).Should().BeEmpty("what outlives the incident is passed once");
        closed.Duties.Should().OnlyContain(d => d.State == DutyState.Reported || d.State == DutyState.Lapsed || d.State == DutyState.NotApplicable);
        closed.Duties.Select(d => d.Id).Should().Contain(run.Incident.Duties.Select(d => d.Id)).And.OnlyHaveUniqueItems();
    }, iter: 400, print: t => $"{Told(t.Item1)}\n{string.Join("\n", t.Item3)}");

    [Fact]
    public void Loses_no_deadline() => Gen.Select(AnyPlan, AnyRoster, Moves, One<double?>(null, null, 10)).Sample((plan, roster, moves, speed) =>
    {
        var run = new Played(plan, roster, moves, speed, (incident, now) => Outstanding(incident, plan, now).Except(Deadlines.Of(incident, plan).Select(d => d.Key)).Should().BeEmpty());

        var (incident, now) = (run.Incident, run.Now);
        for (var passed = 0; Deadlines.Of(incident, plan) is [var next, ..] && next.DueAt <= run.Now.AddHours(12); passed++)
        {
            passed.Should().BeLessThan(2000, "half a day has an end");
            now = next.DueAt > now ? next.DueAt : now;
            var after = run.Engine.Run(incident, now, new PassDeadline(next.Key));
            after.Version.Should().BeGreaterThan(incident.Version, $"{next.Key} has come");
            after.Duties.Select(d => d.Id).Should().BeEquivalentTo(incident.Duties.Select(d => d.Id));
            incident = after;
        }
    }, iter: 300, print: t => $"{Told(t.Item1)}\n{string.Join("\n", t.Item3)}");

    [Fact]
    public void Opens_a_step_anew_when_the_facts_ask_for_it_again()
    {
        var incident = Tests.Incidents.Case.Opened(zones: "lgwan");
        incident.When(new AcknowledgePage("p1", false)).When(new CompleteStep("confirm", "見た")).When(new DecideStep("path", "keep", null))
            .When(new Assess(null, null, null, NoImpact, null, "評価")).When(new MovePhase(Phase.Containment, null)).After(20).PassDeadlines();
        incident.Incident.Steps["cut-lgwan"].Overdue.Should().BeTrue();

        incident.When(Zones("internet")).Incident.Steps.Should().NotContainKey("cut-lgwan");
        incident.Incident.Pages.Should().NotContain(p => p.Purpose == "step:cut-lgwan" && p.State == PageState.Calling, "nobody is called for what is not needed");
        incident.When(new CompleteStep("cut-lgwan", "止めた")).Last.Should().BeOfType<Refused>();

        incident.After(5).When(Zones("lgwan")).Incident.Steps["cut-lgwan"].Should().Match<StepProgress>(s => s.OpenedAt == incident.Now && !s.Overdue);
        Deadlines.Of(incident.Incident, SamplePlan.Plan).Should().Contain(d => d.Key == "step:cut-lgwan" && d.DueAt == incident.Now.AddMinutes(15));

        static Assess Zones(string zone) => new(null, null, [zone], null, null, "評価");
    }

    /// <summary>What somebody waits for, said from the state alone.</summary>
    private static IEnumerable<string> Outstanding(Incident incident, EmergencyPlan plan, DateTimeOffset now)
    {
        foreach (var duty in incident.Duties.Where(d => d.State is DutyState.Running or DutyState.Warned)) yield return $"duty:{duty.Id}";
        foreach (var measure in incident.Measures.Where(m => m is { DoneAt: null, Overdue: false })) yield return $"measure:{measure.Id}";
        if (!incident.IsOpen) yield break;

        foreach (var page in incident.Pages.Where(p => p.State == PageState.Calling)) yield return $"page:{page.Id}";
        var book = plan.PlaybookFor(incident.Category);
        var states = incident.StepStates(book);
        foreach (var step in book.Steps)
        {
            var said = incident.Steps.GetValueOrDefault(step.Id);
            if (states[step.Id] is StepState.Open or StepState.Started && said?.Overdue == false) yield return $"step:{step.Id}";
            if (states[step.Id] is StepState.Open) said!.OpenedAt.Should().NotBeNull("it was said that it opened").And.BeOnOrBefore(now);
            if (states[step.Id] is StepState.NotNeeded or StepState.Waiting) said?.State.Should().NotBe(StepState.Open, "it was said that it closed");
            var comesRound = step.Repeat is not null && incident.Phase != Phase.Prevention && said?.State == StepState.Done && step.When.Holds(incident.Facts);
            if (comesRound && (incident.Speed is null || now < incident.OpenedAt.AddHours(6))) yield return $"repeat:{step.Id}";
        }
    }

    /// <summary>Does what is open and moves on: nothing is left out.</summary>
    private static Incident Resolve(Engine engine, Incident incident, DateTimeOffset now)
    {
        if (!incident.IsOpen) incident = Run(new ReopenIncident("再開"));
        incident = Run(new Assess(null, null, null, NoImpact, null, "評価"));
        incident = Run(new AddFinding("所見", NoMeasureNeeded: true));
        for (var before = -1; before != incident.Version;)
        {
            before = incident.Version;
            foreach (var step in engine.OpenSteps(incident).ToList())
                incident = Run(step.Kind switch
                {
                    StepKind.Decision => new DecideStep(step.Id, step.Choices[0].Id, null),
                    StepKind.Approval => new ApproveStep(step.Id, null),
                    _ => new CompleteStep(step.Id, null),
                });
            incident = Run(incident.Phase == Phase.Prevention ? new CloseIncident(Outcome.Resolved, null, null) : new MovePhase(incident.Phase + 1, null));
        }
        return incident;

        Incident Run(IncidentCommand command) => engine.Run(incident, now, command);
    }

    /// <summary>An incident after some moves, each looked at.</summary>
    private sealed class Played
    {
        public Played(
            EmergencyPlan plan, Domain.Roster.DutyRoster roster, (int Minutes, IncidentCommand? Command)[] moves, double? speed,
            Action<Incident, DateTimeOffset>? look = null)
        {
            Engine = new Engine(plan, roster);
            Incident = Engine.Open(From, speed: speed);
            foreach (var (minutes, command) in moves)
            {
                Now = Now.AddMinutes(minutes);
                if (command is not null) Incident = Engine.Run(Incident, Now, command);
                else
                    foreach (var deadline in Deadlines.Of(Incident, plan).Where(d => d.DueAt <= Now).ToList())
                        Incident = Engine.Run(Incident, Now, new PassDeadline(deadline.Key));
                look?.Invoke(Incident, Now);
            }
        }

        public Engine Engine { get; }

        public Incident Incident { get; private set; }

        public DateTimeOffset Now { get; private set; } = From;
    }
}
