using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Domain.Assurance;

/// <summary>Whoever is named as someone to call can be called: outside contacts, and all who hold a role or stand in.</summary>
internal static class Contacts
{
    private static readonly HashSet<string> NothingDown = [];

    public static IEnumerable<PlanFinding> Check(DutyRoster roster)
    {
        var inRoles = roster.Holdings.SelectMany(h => h.Holders.Concat(h.Deputies)).Concat(roster.Shifts.Select(s => s.Person))
            .Concat(roster.Rotations.SelectMany(r => r.People)).ToHashSet(StringComparer.Ordinal);
        foreach (var person in roster.People.Values)
            if ((person.External || inRoles.Contains(person.Id)) && !person.CanBeReached(NothingDown))
                yield return new(
                    "contact-unreachable", new Subject(Person: person.Id),
                    $"「{person.Name}」に連絡する手段（電話番号かメールアドレス）がありません。{(person.External ? "庁外の連絡先" : "役割か当番に就く人")}は、連絡がつかなければなりません。");
    }
}
