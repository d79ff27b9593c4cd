namespace SakuraIncident.Domain.Incidents;

/// <summary>A message left for a person on a channel.</summary>
/// <param name="PageId">The call it belongs to; null for other messages.</param>
public sealed record NotificationSent(string Key, string? PageId, string Person, string Channel) : IncidentEvent;

/// <summary>A channel did not take the message, after all retries, or is not set up.</summary>
public sealed record NotificationFailed(string Key, string? PageId, string Person, string Channel, string Reason) : IncidentEvent;

/// <summary>Records the outcome of a sending. A call whose channels have all failed is passed on at once.</summary>
/// <param name="ReachesNobody">No channel is left on which this person could see the call.</param>
public sealed record RecordNotification(
    string Key, string? PageId, string Person, string Channel, string? Failure, bool ReachesNobody) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context)
    {
        if (Failure is null) return new NotificationSent(Key, PageId, Person, Channel);
        var failed = new NotificationFailed(Key, PageId, Person, Channel, Failure);
        if (!ReachesNobody || !incident.IsOpen || incident.Pages.FirstOrDefault(p => p.Id == PageId) is not { State: Escalation.PageState.Calling } page)
            return failed;
        return new Accepted([failed, .. Ladders.AfterSilence(incident, context, page, new PageUnanswered(page.Id))]);
    }
}
