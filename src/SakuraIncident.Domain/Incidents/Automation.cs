using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Incidents;

/// <summary>Another program was called by an automation step, or could not be; nothing waits for it.</summary>
/// <param name="Answer">What it said, shortened; or why there is no answer.</param>
public sealed record AutomationAnswered(string StepId, bool Succeeded, string Answer) : IncidentEvent;

/// <summary>Records what came of the call. Told twice, or of a step that somebody has dealt with meanwhile, it records nothing.</summary>
public sealed record RecordAutomation(string StepId, bool Succeeded, string Answer) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context) =>
        incident.IsOpen && context.PlaybookOf(incident) is { } playbook && playbook.Find(StepId) is { Kind: StepKind.Automation }
        && incident.StepStates(playbook)[StepId] is StepState.Open or StepState.Started
            ? new AutomationAnswered(StepId, Succeeded, Answer)
            : Nothing;
}
