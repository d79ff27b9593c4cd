using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Domain.Incidents;

/// <summary>Who acts in a role for this incident. The lead is taken by the first who acknowledges and handed over by this.</summary>
/// <param name="Handover">引継ぎ: what the next one must know.</param>
public sealed record RoleAssigned(string Role, string Person, string? ActingFor, string? Handover) : IncidentEvent;

/// <summary>Assigns a role, or hands over the lead.</summary>
public sealed record AssignRole(string Role, string? Person, string? Handover) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context)
    {
        if (!Vocabulary.Knows(Vocabulary.Roles, Role)) return Unknown("role-unknown", $"役割「{Role}」はありません。");
        if (!incident.IsOpen || incident.IsImported) return Ended(incident);
        if (Person is null || !context.Roster.People.ContainsKey(Person))
            return Invalid("person-unknown", $"職員「{Person}」は登録されていません。", "person");
        if (Role == "lead" && context.Roster.People[Person].External)
            return Invalid("person-outside", "庁外の人は対応責任者になれません。", "person"); // he could not sign in
        if (incident.Roles.TryGetValue(Role, out var present) && present.Person == Person && Handover is null) return Nothing;

        return new RoleAssigned(Role, Person, context.Roster.ActingFor(Role, incident.Body, Person, context.Now), Handover);
    }
}
