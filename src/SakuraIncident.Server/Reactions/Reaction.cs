using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using Wolverine.ErrorHandling;
using Wolverine.Runtime.Handlers;

namespace SakuraIncident.Server.Reactions;

/// <summary>Someone was called: tell him on his channels.</summary>
public sealed record TellCalled(Guid Incident, string PageId);

/// <summary>A call is no longer needed: tell the one who was called.</summary>
public sealed record TellWithdrawn(Guid Incident, string PageId);

/// <summary>An incident was closed as a duplicate, or merged: the other one gets the link; taken up again, it loses it.</summary>
public sealed record LinkToOther(Guid Duplicate, string Number, Guid Other, bool IsDuplicate = true);

/// <summary>What else is to happen because of events; sent in the transaction that appends them. Each is safe to run twice.</summary>
public static class Reaction
{
    public static IEnumerable<object> MessagesFor(Incident incident, EmergencyPlan plan, IEnumerable<IncidentEvent> happened)
    {
        foreach (var e in happened)
        {
            switch (e)
            {
                case ResponderPaged paged:
                    yield return new TellCalled(incident.Id, paged.PageId);
                    break;
                case PageWithdrawn withdrawn:
                    yield return new TellWithdrawn(incident.Id, withdrawn.PageId);
                    break;
                case StepsOpened opened:
                    foreach (var step in opened.StepIds.Select(plan.PlaybookFor(incident.Category).Find))
                        if (step is { Kind: StepKind.Automation }) yield return new CallAutomation(incident.Id, step.Id);
                    break;
                case IncidentClosed { Of: { } other }:
                    yield return new LinkToOther(incident.Id, incident.Number, other);
                    break;
                case IncidentMerged merged:
                    yield return new LinkToOther(incident.Id, incident.Number, merged.Into);
                    break;
                case IncidentReopened { DuplicateOf: { } other }:
                    yield return new LinkToOther(incident.Id, incident.Number, other, IsDuplicate: false);
                    break;
                default:
                    break;
            }
        }
    }
}

public static class LinkToOtherHandler
{
    public static void Configure(HandlerChain chain) => chain.OnAnyException().RetryWithCooldown(
        TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));

    public static Task Handle(LinkToOther link, CommandDoor door, CancellationToken cancellation) =>
        door.CommitAsync(new RunCommand(link.Other, new LinkDuplicate(link.Duplicate, link.Number, link.IsDuplicate), Signed.System), cancellation);
}
