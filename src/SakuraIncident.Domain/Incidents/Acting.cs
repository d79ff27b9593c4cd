namespace SakuraIncident.Domain.Incidents;

/// <summary>職務代行: whoever judges in another's place says so in the event.</summary>
internal static class Acting
{
    /// <param name="actingFor">Null: he acts for himself.</param>
    public static Decision Sign(Decision decision, string? actingFor) => actingFor is not null && decision is Accepted { Events: var events }
        ? new Accepted([.. events.Select(e => Sign(e, actingFor))])
        : decision;

    private static IncidentEvent Sign(IncidentEvent happened, string actingFor) => happened switch
    {
        DecisionMade made => made with { ActingFor = actingFor },
        StepApproved approved => approved with { ActingFor = actingFor },
        StepRefused refused => refused with { ActingFor = actingFor },
        _ => happened,
    };
}
