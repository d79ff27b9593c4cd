using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;

namespace SakuraIncident.Server.Roster;

/// <summary>What the bodies of the routes say, and who may say it.</summary>
public static class RosterEntries
{
    /// <summary>不在. Without <c>person</c> one's own.</summary>
    public static Func<DutyRoster, IReadOnlyList<RosterChange>, Wanted> Absence(Fields f, Signed by)
    {
        var person = f.Text("person", Fields.ShortLength, required: by.PersonId is null) ?? by.PersonId ?? "";
        var (from, until) = Span(f);
        var entry = new Absence(person, from, until, f.Text("reason", Fields.ShortLength));
        return (roster, _) => Authority.MayChangeRoster(by, person) ? Single(roster, entry, roster.FaultsOf(entry)) : new Wanted.NotAllowed();
    }

    /// <summary>当番の変更.</summary>
    public static Func<DutyRoster, IReadOnlyList<RosterChange>, Wanted> Shift(Fields f, Signed by)
    {
        var (role, person) = (Role(f), f.Text("person", Fields.ShortLength, required: true) ?? "");
        var (from, until) = Span(f);
        var entry = new ShiftException(role, person, from, until);
        return (roster, _) => Authority.MayChangeRoster(by) ? Single(roster, entry, roster.FaultsOf(entry)) : new Wanted.NotAllowed();
    }

    /// <summary>当番の交代. Either of the two may enter it.</summary>
    public static Func<DutyRoster, IReadOnlyList<RosterChange>, Wanted> Swap(Fields f, Signed by)
    {
        var role = Role(f);
        var (person, with) = (f.Text("person", Fields.ShortLength, required: true) ?? "", f.Text("with", Fields.ShortLength, required: true) ?? "");
        var (from, until) = Span(f);
        var entry = new Swap(role, person, with, from, until);
        return (roster, _) => Authority.MayChangeRoster(by, person, with) ? Single(roster, entry, roster.FaultsOf(entry)) : new Wanted.NotAllowed();
    }

    /// <summary>取消し. Done twice, it is done once.</summary>
    public static Func<DutyRoster, IReadOnlyList<RosterChange>, Wanted> Withdraw(Fields f, Signed by, string id)
    {
        var reason = f.Text("reason", Fields.ShortLength);
        return (roster, all) =>
        {
            if (all.FirstOrDefault(c => c.Id.ToString() == id && c.Data is not Withdrawal) is not { } change) return new Wanted.NotKnown();
            if (!Authority.MayChangeRoster(by, [.. change.Concerned])) return new Wanted.NotAllowed();
            var before = all.FirstOrDefault(c => c.Data is Withdrawal w && w.Change == change.Id);
            return new Wanted.Sound(
                before is null ? [new Withdrawal(change.Id, reason)] : [], 200, made => (made.Count > 0 ? made[0] : before!).Shown(roster));
        };
    }

    private static Wanted Single(DutyRoster roster, object entry, IReadOnlyList<EntryFault> faults) => faults.Count > 0
        ? Wanted.Faulty.Of(faults)
        : new Wanted.Sound([entry], 201, made => made[0].Shown(roster));

    private static (DateTimeOffset From, DateTimeOffset Until) Span(Fields f) =>
        (f.Moment("from", required: true) ?? default, f.Moment("until", required: true) ?? default);

    private static string Role(Fields f)
    {
        var role = f.Word("role", Vocabulary.Roles, required: true);
        if (role == "lead") f.Wrong("role", "対応責任者(lead)は事案ごとに決まります。当番にはできません。");
        return role ?? "";
    }
}
