namespace SakuraIncident.Domain.Roster;

/// <summary>Who holds a role at a moment. Days and times are Japan's.</summary>
public static partial class RosterAtMoment
{
    /// <summary>
    /// Whom to call for a role, in order: who is on duty, the holders, the deputies; absent and unreachable people left out.
    /// </summary>
    /// <param name="wakes">
    /// False: the incident is not grave, and whoever has his quiet hours is left out, unless he is on duty: then he has agreed to be called.
    /// </param>
    public static IReadOnlyList<Candidate> WhoHolds(this DutyRoster roster, string role, string body, DateTimeOffset at, bool wakes = true)
    {
        var candidates = new List<Candidate>();
        var holdings = roster.HoldingsAt(role, body, at).ToList();
        var onDuty = holdings.Any(h => h.ByShift) ? roster.OnDuty(role, at) : roster.OnDutyByException(role, at);
        var rest = holdings.FindIndex(h => h.ByShift) is > 0 and var first ? holdings[..first] : [];
        foreach (var holding in rest) AddHeld(holding); // the body's own come before the duty for all bodies
        foreach (var person in onDuty) Add(person, null, evenIfQuiet: true);
        foreach (var holding in holdings.Skip(rest.Count)) AddHeld(holding);
        return candidates;

        void AddHeld(RoleHolding holding)
        {
            foreach (var person in holding.Holders) Add(person, null);
            foreach (var person in holding.DeputiesAt(at)) Add(person, holding.Holders.Count > 0 ? holding.Holders[0] : null);
        }

        void Add(string person, string? actingFor, bool evenIfQuiet = false)
        {
            if (!roster.CanBeCalled(person, at) || candidates.Any(c => c.Person == person)) return;
            if (!wakes && !evenIfQuiet && roster.People[person].Quiet?.Covers(at) == true) return;
            candidates.Add(new Candidate(person, actingFor));
        }
    }

    /// <summary>
    /// For whom someone acts in a role (職務代行), whether he could be called or not; null where he has the role himself or has
    /// nothing to do with it.
    /// </summary>
    public static string? ActingFor(this DutyRoster roster, string role, string body, string person, DateTimeOffset at)
    {
        var holdings = roster.HoldingsAt(role, body, at).ToList();
        if (holdings.Any(h => h.Holders.Contains(person)) || roster.OnDuty(role, at).Contains(person)) return null;
        return holdings.FirstOrDefault(h => h.Holders.Count > 0 && h.DeputiesAt(at).Contains(person))?.Holders[0];
    }

    /// <summary>
    /// The roles whose authority a person has: as holder, on duty, or as deputy while every holder and every deputy before him is
    /// absent (職務代行): the authority moves on in the order in which they are called.
    /// </summary>
    public static IReadOnlySet<string> RolesOf(this DutyRoster roster, string person, DateTimeOffset at)
    {
        var roles = roster.RolesOnDuty(person).Where(role => roster.OnDuty(role, at).Contains(person)).ToHashSet();
        foreach (var holding in roster.Holdings.Where(h => IsValid(h.From, h.Until, at)))
        {
            if (holding.Holders.Contains(person)) roles.Add(holding.Role);
            else if (holding.Deputies.Contains(person) && holding.DeputiesAt(at) is var deputies && deputies.Contains(person)
                && holding.Holders.Concat(deputies.TakeWhile(d => d != person)).All(before => roster.IsAbsent(before, at)))
                roles.Add(holding.Role);
        }
        return roles;
    }

    public static bool IsAbsent(this DutyRoster roster, string person, DateTimeOffset at) =>
        roster.Absences.Any(a => a.Person == person && a.From <= at && at < a.Until);

    /// <summary>The deputies whose term it is, in order.</summary>
    public static IReadOnlyList<string> DeputiesAt(this RoleHolding holding, DateTimeOffset at) => holding.Terms.Count == 0
        ? holding.Deputies
        : [.. holding.Deputies.Where(d => holding.Terms.FirstOrDefault(t => t.Person == d) is not { } term || IsValid(term.From, term.Until, at))];

    /// <summary>He is not absent, and there is a channel on which he can be called.</summary>
    public static bool CanBeCalled(this DutyRoster roster, string person, DateTimeOffset at) =>
        roster.People.TryGetValue(person, out var known) && !roster.IsAbsent(person, at)
        && known.Channels.Any(c => c.Kind == "product" ? !known.External : !string.IsNullOrWhiteSpace(c.Address));

    /// <summary>The body's own holding before one for all bodies.</summary>
    private static IEnumerable<RoleHolding> HoldingsAt(this DutyRoster roster, string role, string body, DateTimeOffset at) => roster.Holdings
        .Where(h => h.Role == role && (h.Body is null || h.Body == body) && IsValid(h.From, h.Until, at)).OrderBy(h => h.Body is null);

    private static bool IsValid(DateOnly? from, DateOnly? until, DateTimeOffset at)
    {
        var day = InJapan.Day(at);
        return (from is not { } first || first <= day) && (until is not { } last || day <= last);
    }
}
