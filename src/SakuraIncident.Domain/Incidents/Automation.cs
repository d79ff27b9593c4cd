namespace SakuraIncident.Domain.Incidents;

/// <summary>Another program was called by an automation step, or could not be; nothing waits for it.</summary>
/// <param name="Answer">What it said, shortened; or why there is no answer.</param>
public sealed record AutomationAnswered(string StepId, bool Succeeded, string Answer) : IncidentEvent;

/// <summary>Records what an automation came to; sent by the reaction that made the call.</summary>
public sealed record RecordAutomation(string StepId, bool Succeeded, string Answer) : StepCommand(StepId)
{
    protected override Decision Decide(Plans.Step step, Plans.StepState state, Incident incident, Plans.Playbook playbook) =>
        state is Plans.StepState.Open or Plans.StepState.Started ? new AutomationAnswered(StepId, Succeeded, Answer) : Nothing;
}
