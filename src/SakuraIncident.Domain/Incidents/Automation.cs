namespace SakuraIncident.Domain.Incidents;

/// <summary>Another program was called by an automation step, or could not be; nothing waits for it.</summary>
/// <param name="Answer">What it said, shortened; or why there is no answer.</param>
public sealed record AutomationAnswered(string StepId, bool Succeeded, string Answer) : IncidentEvent;
