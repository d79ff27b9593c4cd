using System.Text.Json.Nodes;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Incidents;

namespace SakuraIncident.Server.Roster;

public sealed record OnDutyAnswer(string Person, string Name, bool Absent);

/// <summary>Who holds a role, and who would be called for it, in order.</summary>
/// <param name="Body">Null: for all bodies.</param>
public sealed record RoleOnDutyAnswer(
    string Role, string Title, string? Body, IReadOnlyList<OnDutyAnswer> OnDuty, IReadOnlyList<RoleAnswer> Candidates);

public sealed record PersonOnStaffAnswer(string Id, string Name, string Body, string Department, string Post, bool External, QuietHours? Quiet);

/// <summary>当番表 at a moment.</summary>
/// <param name="Changes">Entered and not withdrawn, the newest first, at most 200.</param>
/// <typeparam name="TChange"><see cref="RosterChangeAnswer"/>, as which one reads it; or the fields that each kind of change has.</typeparam>
public sealed record RosterAnswer<TChange>(
    DateTimeOffset At, IReadOnlyList<RoleOnDutyAnswer> Roles, IReadOnlyList<Shift> Shifts, IReadOnlyList<Rotation> Rotations,
    IReadOnlyList<ShiftException> Exceptions, IReadOnlyList<Swap> Swaps, IReadOnlyList<Absence> Absences, IReadOnlyList<TChange> Changes,
    IReadOnlyList<PersonOnStaffAnswer> People);

/// <summary>A change of the roster as one reads it; which members are there depends on the kind.</summary>
/// <param name="Kind"><c>absence</c>, <c>shift</c>, <c>swap</c> or <c>withdrawal</c>.</param>
/// <param name="Change">Of a withdrawal: the change that is taken back.</param>
public sealed record RosterChangeAnswer(
    Guid Id, string Kind, ByAnswer By, DateTimeOffset At, string? Person = null, string? With = null, string? Role = null,
    DateTimeOffset? From = null, DateTimeOffset? Until = null, string? Reason = null, Guid? Change = null);

public static class RosterAnswer
{
    public static RosterAnswer<JsonObject> Of(DutyRoster roster, RosterBook book, DateTimeOffset at) => new(
        at,
        [
            .. roster.Holdings.Select(h => (h.Role, h.Body)).Distinct().Select(h => new RoleOnDutyAnswer(
                h.Role, Vocabulary.TitleOf(Vocabulary.Roles, h.Role), h.Body,
                [.. roster.OnDuty(h.Role, at).Select(p => new OnDutyAnswer(p, roster.NameOf(p), roster.IsAbsent(p, at)))],
                [.. roster.WhoHolds(h.Role, h.Body ?? "mayor", at).Select(c => new RoleAnswer(c.Person, roster.NameOf(c.Person), c.ActingFor))])),
        ],
        roster.Shifts, roster.Rotations, roster.Exceptions, roster.Swaps, roster.Absences,
        [.. book.Standing.Where(c => !c.IsOfStaff).Reverse().Take(200).Select(c => c.Shown(roster))],
        [.. roster.People.Values.Select(p => new PersonOnStaffAnswer(p.Id, p.Name, p.Body, p.Department, p.Post, p.External, p.Quiet))]);
}
