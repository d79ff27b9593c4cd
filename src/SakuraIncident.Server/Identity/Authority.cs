using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Incidents;

namespace SakuraIncident.Server.Identity;

/// <summary>
/// 権限: who may what. <c>ciso</c>, <c>csirt-lead</c> and <c>admin</c> may everything; <c>csirt</c>, and whoever is assigned or has
/// answered a call, everything on that incident; <c>auditor</c> reads all and changes nothing; every other 職員 reports, sees what
/// he reported or is called for, answers his own calls, and writes notes on what he sees.
/// </summary>
public static class Authority
{
    /// <summary>May set up the system: people, tokens, channels, the roster.</summary>
    public static bool MayAdminister(Signed by) => by.Kind == ActorKind.System || by.Holds("ciso") || by.Holds("csirt-lead") || by.Holds("admin");

    /// <summary>Sees every incident.</summary>
    public static bool ReadsAll(Signed by) => WorksOnAll(by) || by.Holds("auditor");

    public static bool MayImport(Signed by) => WorksOnAll(by);

    /// <param name="concerned">Whose entry it is: he may make it himself. Nobody: only who may set up the system.</param>
    public static bool MayChangeRoster(Signed by, params string[] concerned) =>
        MayAdminister(by) || (by.PersonId is { } person && concerned.Contains(person) && !(by.Roles.Count == 1 && by.Holds("auditor")));

    public static bool MayLowerSeverity(Signed by) => MayAdminister(by) || by.Holds("chief-officer");

    /// <param name="participants">Who reported the incident, was called for it, or acts in it.</param>
    public static bool MayRead(Signed by, IReadOnlyList<string> participants) => ReadsAll(by) || participants.Contains(by.Actor.Id);

    /// <summary>Asked of an incident that this person may read, or of the opening of a new one.</summary>
    public static bool MayCommand(Signed by, IncidentCommand command, Incident incident)
    {
        if (WorksOnAll(by)) return true;
        if (by.Roles.Count == 1 && by.Holds("auditor")) return false;
        return command switch
        {
            OpenIncident => true,
            PassDeadline or RecordNotification or RecordAutomation or LinkDuplicate => false,
            _ when WorksOn(by, incident) => true,
            AcknowledgePage answer => IsCalled(by, answer.PageId, incident),
            DeclinePage answer => IsCalled(by, answer.PageId, incident),
            AddNote => true,
            _ => false,
        };
    }

    private static bool WorksOnAll(Signed by) => MayAdminister(by) || by.Holds("csirt");

    private static bool WorksOn(Signed by, Incident incident) =>
        by.PersonId is { } person
        && (incident.Roles.Values.Any(r => r.Person == person)
            || incident.Pages.Any(p => p.Person == person && p.State == PageState.Acknowledged));

    private static bool IsCalled(Signed by, string page, Incident incident) =>
        by.PersonId is { } person && incident.Pages.Any(p => p.Id == page && p.Person == person);
}
