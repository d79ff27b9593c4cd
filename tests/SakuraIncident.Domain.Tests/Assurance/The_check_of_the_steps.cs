using System.Text.Json;
using CsCheck;
using FluentAssertions;
using SakuraIncident.Domain.Assurance;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;
using Xunit;
using static SakuraIncident.Domain.Tests.Assurance.SmallPlans;

namespace SakuraIncident.Domain.Tests.Assurance;

/// <summary>The check complains of exactly those steps that no walk through the playbook opens: all facts and all choices are tried.</summary>
public class The_check_of_the_steps
{
    private static readonly DutyRoster Nobody = new(new Dictionary<string, Person>(), [], [], []);

    [Fact]
    public void Complains_of_exactly_those_that_no_walk_opens() => AnyPlan.Sample(plan =>
    {
        var opened = plan.Playbooks.Values.SelectMany(book => new Walk(plan, book).Opened().Select(step => (book.Id, step)));
        var never = plan.Playbooks.Values.SelectMany(book => book.Steps.Select(s => (book.Id, s.Id))).Except(opened);

        PlanCheck.Run(plan, Nobody, From).Findings.Where(f => f.Code == "step-never").Select(f => (f.About.Playbook, f.About.Step)).Should().BeEquivalentTo(never);
    }, iter: 150, print: Told);

    /// <summary>Every order of decisions, with the facts changed as one likes before and after each of them. No decision is corrected.</summary>
    private sealed class Walk(EmergencyPlan plan, Playbook book)
    {
        private readonly Engine engine = new(plan with { Duties = [] }, Nobody); // no duty opens a step
        private readonly HashSet<string> seen = [];
        private readonly HashSet<string> opened = [];
        private readonly List<Assess> facts = [.. FactsOf(plan, book)];

        public IReadOnlySet<string> Opened()
        {
            foreach (var body in new[] { "mayor", "assembly" })
                Explore(engine.Open(From, body, category: CategoriesOf(plan, book)[0]));
            return opened;
        }

        private void Explore(Incident incident)
        {
            if (!seen.Add($"{incident.Body} {string.Join(',', incident.Facts.Choices.OrderBy(c => c.Key).Select(c => $"{c.Key}={c.Value}"))}")) return;
            incident = DoWhatNeedsNoChoice(incident);
            foreach (var there in facts.Select(assess => In(incident, assess)))
                foreach (var step in engine.OpenSteps(there).ToList())
                    foreach (var answer in step.Answers())
                        Explore(Run(there, answer switch
                        {
                            "approved" => new ApproveStep(step.Id, null),
                            "refused" => new RefuseStep(step.Id, "否"),
                            _ => new DecideStep(step.Id, answer, null),
                        }));
        }

        /// <summary>Doing a task or moving on never closes a way, so that it is done as soon as some facts allow it.</summary>
        private Incident DoWhatNeedsNoChoice(Incident incident)
        {
            for (var before = -1; before != Done(incident);)
            {
                before = Done(incident);
                foreach (var assess in facts)
                {
                    incident = In(incident, assess);
                    foreach (var step in engine.OpenSteps(incident).ToList())
                    {
                        opened.Add(step.Id);
                        incident = Run(incident, new CompleteStep(step.Id, null));
                    }
                    if (incident.Phase != Phase.Prevention) incident = Run(incident, new MovePhase(incident.Phase + 1, null));
                }
            }
            return incident;
        }

        private static int Done(Incident incident) => (100 * (int)incident.Phase) + incident.Steps.Values.Count(s => s.State == StepState.Done);

        /// <summary>The incident with other facts, and as little severe as they allow, or as wanted.</summary>
        private Incident In(Incident incident, Assess assess)
        {
            var world = Run(incident, assess with { Severity = null });
            var wanted = plan.LeastSeverity(world.Facts) is var least && least < assess.Severity ? least : assess.Severity;
            return wanted == world.Severity ? world : Run(world, assess with { Severity = wanted });
        }

        private Incident Run(Incident incident, IncidentCommand command) => engine.Run(incident, From, command);

        /// <summary>All facts that some condition of the plan can tell apart.</summary>
        private static IEnumerable<Assess> FactsOf(EmergencyPlan plan, Playbook book)
        {
            var asked = JsonSerializer.Serialize((IReadOnlyList<object>)[book, plan.SeverityRules]);
            return
                from category in asked.Contains("\"Category\":[") ? CategoriesOf(plan, book) : CategoriesOf(plan, book)[..1]
                from zones in asked.Contains("\"Zone\":[") ? new string[][] { [], ["lgwan"] } : [[]]
                from data in asked.Contains("\"PersonalData\":t") || asked.Contains("\"PersonalData\":f") || asked.Contains("\"MyNumber\":t") ? Data : Data[..1]
                from severity in asked.Contains("\"AtLeast\":0") || asked.Contains("\"AtLeast\":1") ? [Severity.Low, Severity.High, Severity.Critical] : new[] { Severity.Low }
                select new Assess(category, severity, zones, new Impact(ImpactLevel.None, ImpactLevel.None, ImpactLevel.None), data, "評価");
        }

        /// <summary>The general playbook is that of every kind that has none of its own.</summary>
        private static string[] CategoriesOf(EmergencyPlan plan, Playbook book) =>
            [.. new[] { "other", "malware", "ransomware" }.Where(c => plan.PlaybookFor(c).Id == book.Id)];

        private static readonly PersonalDataReport[] Data =
            [Report(recovered: true), Report(recovered: false), Report(recovered: false) with { MyNumber = true, Greatest = 101 }];

        private static PersonalDataReport Report(bool recovered) => new(0, 1, false, false, false, false, false, recovered, null);
    }
}
