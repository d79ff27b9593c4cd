namespace SakuraIncident.Domain.Roster;

/// <summary>当番表 as it stands now: never pinned by an incident, read at the moment of each call.</summary>
public sealed record DutyRoster(
    IReadOnlyDictionary<string, Person> People,
    IReadOnlyList<RoleHolding> Holdings,
    IReadOnlyList<Shift> Shifts,
    IReadOnlyList<Absence> Absences)
{
    /// <summary>The name of a person, or the id of one who has left.</summary>
    public string NameOf(string person) => People.TryGetValue(person, out var known) ? known.Name : person;
}

/// <summary>職員 or an outside contact.</summary>
/// <param name="Channels">How he is reached, preferred first. Empty: he cannot be called.</param>
/// <param name="External">A contact outside who has no account (委託事業者).</param>
public sealed record Person(string Id, string Name, string Body, string Department, string Post, IReadOnlyList<Channel> Channels, bool External);

/// <param name="Kind"><c>product</c> (the channel inside the product, /me), <c>mail</c>, <c>phone</c>.</param>
public sealed record Channel(string Kind, string? Address);

/// <summary>Who holds a role, and who stands in, in order (職務代理順位).</summary>
/// <param name="Body">Null: for all bodies.</param>
/// <param name="ByShift">The role is held by whoever is on duty; holders and deputies follow after him.</param>
public sealed record RoleHolding(
    string Role, string? Body, IReadOnlyList<string> Holders, IReadOnlyList<string> Deputies, DateOnly? From, DateOnly? Until, bool ByShift);

/// <summary>A weekly duty: on these days, from this time to that time in Japan (to ≤ from: until the next day).</summary>
public sealed record Shift(string Role, string Person, IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To, DateOnly? Starts, DateOnly? Ends);

/// <summary>不在: cannot be reached from, until (exclusive).</summary>
public sealed record Absence(string Person, DateTimeOffset From, DateTimeOffset Until, string? Reason);

/// <summary>Someone who may be called for a role at a moment.</summary>
/// <param name="ActingFor">The holder for whom a deputy stands in (職務代行); null for a holder.</param>
public sealed record Candidate(string Person, string? ActingFor);
