using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Pages.Parts;
using SakuraIncident.Server.Plans;
using SakuraIncident.Server.Roster;

namespace SakuraIncident.Server.Pages.Roster;

/// <summary>A change of the roster that stands, in words.</summary>
public sealed record ShownChange(string Id, string Kind, string What, DateTimeOffset From, DateTimeOffset Until, string? Reason, string By, bool MayWithdraw);

/// <summary>当番表 for someone: his own duty, and where he may read all the whole.</summary>
/// <param name="Person">Null: he is not on the staff, or a program.</param>
/// <param name="Orders">Empty for those who may not read all; <paramref name="Days"/> likewise.</param>
/// <param name="Colleagues">With whom he may trade duty; for administrators everybody.</param>
public sealed record RosterView(
    string? Person, bool ReadsAll, bool MayAdminister, bool MayEnter, IReadOnlyList<CallOrder> Orders, IReadOnlyList<DutyDay> Days,
    IReadOnlyList<DutyDay> Mine, IReadOnlyList<ShownChange> Changes, IReadOnlyList<(string Id, string Title)> Colleagues,
    IReadOnlyList<(string Id, string Title)> DutyRoles, DateTimeOffset Now)
{
    /// <summary>When the key of his calendar was made; null: he has none.</summary>
    public DateTimeOffset? CalendarKeyAt { get; init; }

    /// <summary>The address with the new key, shown this once.</summary>
    public string? CalendarAddress { get; init; }

    /// <summary>So far back and ahead is looked for those who take part in a duty.</summary>
    private static readonly TimeSpan Season = TimeSpan.FromDays(60);

    /// <summary>対応責任者 is found anew in each incident.</summary>
    public static IEnumerable<(string Id, string Title)> AnyRole => Vocabulary.Roles.Where(r => r.Id != "lead");

    public IReadOnlyList<CallOrder> OnDutyNow => [.. Orders.Where(o => o.HasDuty)];

    public bool MaySwap => MayEnter && Colleagues.Count > 0 && DutyRoles.Count > 0;

    public static RosterView Of(Signed by, PlanLibrary plans, RosterBook book, DateTimeOffset now)
    {
        var roster = plans.Roster;
        var holidays = plans.Plan.Calendar.Holidays;
        var (readsAll, administers) = (Authority.ReadsAll(by), Authority.MayAdminister(by));
        var person = by.PersonId is { } id && roster.People.ContainsKey(id) ? id : null;
        var roles = DutyDay.RolesOnDuty(roster).Where(r => administers || Takers(roster, r, now).Contains(person ?? "")).ToList();
        return new RosterView(
            person, readsAll, administers, administers || (person is not null && Authority.MayChangeRoster(by, person)),
            readsAll ? CallOrder.Of(roster, now) : [], readsAll ? DutyDay.Of(roster, holidays, now) : [],
            person is null ? [] : DutyDay.Of(roster, holidays, now, person),
            [.. book.Standing.Where(c => !c.IsOfStaff && (readsAll || c.Concerned.Contains(person ?? ""))).Reverse()
                .Select(c => Shown(c, by, roster)).Where(c => c.Until > now)],
            [.. (administers ? roster.People.Keys : roles.SelectMany(r => Takers(roster, r, now))).Distinct()
                .Where(p => administers || p != person).Select(p => (p, roster.NameOf(p)))],
            [.. roles.Select(r => (r, Vocabulary.TitleOf(Vocabulary.Roles, r)))], now);
    }

    /// <summary>Who has had or will have duty in a role around this time.</summary>
    private static IReadOnlyList<string> Takers(DutyRoster roster, string role, DateTimeOffset now) =>
        [.. roster.DutySpans(role, now - Season, now + Season).Select(s => s.Person).Distinct().Order(StringComparer.Ordinal)];

    private static ShownChange Shown(RosterChange change, Signed by, DutyRoster roster)
    {
        var (kind, what, from, until, reason) = change.Data switch
        {
            Absence a => ("不在", roster.NameOf(a.Person), a.From, a.Until, a.Reason),
            ShiftException e => ("当番の変更", $"{Word.Role(e.Role)}の当番を {roster.NameOf(e.Person)} に", e.From, e.Until, null),
            Swap s => ("当番の交代", $"{Word.Role(s.Role)} {roster.NameOf(s.Person)} ⇔ {roster.NameOf(s.With)}", s.From, s.Until, null),
            _ => (change.Kind, "", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, null),
        };
        return new ShownChange(
            change.Id.ToString(), kind, what, from, until, reason, NameOf(change.By, roster), Authority.MayChangeRoster(by, [.. change.Concerned]));
    }

    private static string NameOf(Actor by, DutyRoster roster) => by.Id == Accounts.Admin
        ? Accounts.AdminName
        : by.Id.StartsWith("token:", StringComparison.Ordinal) ? by.Id["token:".Length..] : roster.NameOf(by.Id);
}
