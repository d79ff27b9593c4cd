using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Incidents;

/// <summary>招集: someone is called. The channels are the roster's at this moment.</summary>
/// <param name="Channels">Kinds of channel in the order of preference.</param>
public sealed record ResponderPaged(
    string PageId, string Purpose, string? Role, string Person, string? ActingFor, int Level, IReadOnlyList<string> Channels) : IncidentEvent;

/// <summary>A rung that nobody holds, or whose holders have no channel, was passed at once.</summary>
public sealed record RungPassed(string Purpose, int Level, string Role, string Reason) : IncidentEvent;

/// <summary>The whole ladder was climbed and nobody has answered; the last rung is called again and again.</summary>
public sealed record NobodyAnswered(string Purpose) : IncidentEvent;

public sealed record PageAcknowledged(string PageId, bool ByTelephone) : IncidentEvent;

public sealed record PageDeclined(string PageId, string? Reason, bool ByTelephone = false) : IncidentEvent;

public sealed record PageUnanswered(string PageId) : IncidentEvent;

public sealed record PageWithdrawn(string PageId, string Reason) : IncidentEvent;

/// <summary>A call was answered, and then nothing happened for the plan's time.</summary>
public sealed record NothingHappened(string PageId) : IncidentEvent;

/// <summary>Calls a role (its holder, then up) or a person.</summary>
public sealed record CallResponder(string? Role, string? Person) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context)
    {
        if (!incident.IsOpen || incident.IsImported) return Ended(incident);
        if (Role is null == Person is null) return Invalid("role-or-person", "役割か職員のどちらか一方を指定してください。", "role");
        var purpose = $"call:{incident.Pages.Count + 1}";
        if (Role is not null)
        {
            return Vocabulary.Knows(Vocabulary.Roles, Role)
                ? new Accepted(Ladders.Climb(incident, context, $"{purpose}:{Role}"))
                : Invalid("role-unknown", $"役割「{Role}」はありません。", "role");
        }
        if (!context.Roster.People.TryGetValue(Person!, out var person))
            return Invalid("person-unknown", $"職員「{Person}」は登録されていません。", "person");
        if (incident.Pages.Any(p => p.Person == Person && p.State == PageState.Calling)) return Nothing;
        return new ResponderPaged(
            $"p{incident.Pages.Count + 1}", purpose, null, person.Id, null, 1, [.. person.Channels.Select(c => c.Kind)]);
    }
}

/// <summary>応答 to a call; entered by hand where it came by telephone. Whoever answers, the incident is answered: the first ladder stops.</summary>
public sealed record AcknowledgePage(string PageId, bool ByTelephone) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context)
    {
        if (incident.Pages.FirstOrDefault(p => p.Id == PageId) is not { } page)
            return Unknown("page-unknown", $"招集「{PageId}」は、この事案にありません。");
        if (page.State == PageState.Acknowledged) return Nothing;
        if (!incident.IsOpen) return Ended(incident);
        if (page.State == PageState.Withdrawn) return Conflict("page-withdrawn", "この招集は取り下げられています。");

        var happened = new List<IncidentEvent> { new PageAcknowledged(PageId, ByTelephone || EnteredFor(page, context)) };
        happened.AddRange(incident.Pages
            .Where(p => p.Id != PageId && p.State == PageState.Calling && (p.Purpose == page.Purpose || p.Purpose == Ladders.Opening))
            .Select(p => new PageWithdrawn(p.Id, "ほかの職員が応答しました。")));
        if (incident.Lead is null) happened.Add(new RoleAssigned("lead", page.Person, null, null));
        return new Accepted(happened);
    }

    /// <summary>Whoever answers for another enters what he heard from him.</summary>
    internal static bool EnteredFor(Page page, Context context) => context.Actor is not { Kind: ActorKind.Person } || context.Actor.Id != page.Person;
}

/// <summary>Declines a call, or enters by hand that it was declined by telephone: the next one is called at once.</summary>
public sealed record DeclinePage(string PageId, string? Reason, bool ByTelephone = false) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context)
    {
        if (incident.Pages.FirstOrDefault(p => p.Id == PageId) is not { } page)
            return Unknown("page-unknown", $"招集「{PageId}」は、この事案にありません。");
        if (page.State == PageState.Declined) return Nothing;
        if (!incident.IsOpen) return Ended(incident);
        if (page.State != PageState.Calling) return Conflict("page-over", "この招集は既に終わっています。");
        return new Accepted(Ladders.AfterSilence(incident, context, page, new PageDeclined(PageId, Reason, ByTelephone || AcknowledgePage.EnteredFor(page, context))));
    }
}
