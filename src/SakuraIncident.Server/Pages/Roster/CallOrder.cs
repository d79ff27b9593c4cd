using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Server.Pages.Roster;

/// <summary>Someone in the order in which a role is called.</summary>
/// <param name="Standing">当番, 担当 or 職務代行.</param>
/// <param name="IsAbsent">He would be called here, and is passed over.</param>
/// <param name="IsQuiet">He has his quiet hours, in which only grave incidents call him.</param>
public sealed record OnCall(string Person, string Name, string Standing, bool IsAbsent, bool IsQuiet);

/// <summary>Who is called for a role at a moment, in order. Absent people keep their place, so that one sees who is missing.</summary>
/// <param name="HasDuty">Somebody is on duty in this role, or should be.</param>
public sealed record CallOrder(string Role, string? Body, bool HasDuty, IReadOnlyList<OnCall> People)
{
    public OnCall? First => People.FirstOrDefault(p => !p.IsAbsent);

    /// <summary>Every role that anybody holds, roles of duty first.</summary>
    public static IReadOnlyList<CallOrder> Of(DutyRoster roster, DateTimeOffset at)
    {
        var everybody = roster with { Absences = [] };
        var duties = DutyDay.RolesOnDuty(roster);
        return
        [
            .. roster.Holdings.Select(h => (h.Role, h.Body)).Distinct()
                .OrderBy(h => !duties.Contains(h.Role)).ThenBy(h => Place(Vocabulary.Roles, h.Role)).ThenBy(h => Place(Vocabulary.Bodies, h.Body))
                .Select(h => new CallOrder(
                    h.Role, h.Body, duties.Contains(h.Role), [.. everybody.WhoHolds(h.Role, h.Body ?? "mayor", at).Select(c => Of(roster, h.Role, c, at))])),
        ];
    }

    private static OnCall Of(DutyRoster roster, string role, Candidate candidate, DateTimeOffset at)
    {
        var isOnDuty = roster.OnDuty(role, at).Contains(candidate.Person);
        return new OnCall(
            candidate.Person, roster.NameOf(candidate.Person), isOnDuty ? "当番" : candidate.ActingFor is null ? "担当" : "職務代行",
            roster.IsAbsent(candidate.Person, at), !isOnDuty && roster.People[candidate.Person].Quiet?.Covers(at) == true);
    }

    /// <summary>For all bodies: after those of one.</summary>
    private static int Place(IReadOnlyList<(string Id, string Title)> words, string? id) =>
        words.Select(w => w.Id).ToList().IndexOf(id ?? "") is >= 0 and var place ? place : words.Count;
}
