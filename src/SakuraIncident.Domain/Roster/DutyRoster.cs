namespace SakuraIncident.Domain.Roster;

/// <summary>当番表 as it stands now: never pinned by an incident, read at the moment of each call.</summary>
public sealed record DutyRoster(
    IReadOnlyDictionary<string, Person> People,
    IReadOnlyList<RoleHolding> Holdings,
    IReadOnlyList<Shift> Shifts,
    IReadOnlyList<Absence> Absences)
{
    // A roster that was stored before these existed has none of them.

    /// <summary>People who take turns.</summary>
    public IReadOnlyList<Rotation> Rotations { get; init => field = value ?? []; } = [];

    /// <summary>Spans in which someone else is on duty than the pattern says.</summary>
    public IReadOnlyList<ShiftException> Exceptions { get; init => field = value ?? []; } = [];

    /// <summary>Trades of duty, in the order in which they were agreed.</summary>
    public IReadOnlyList<Swap> Swaps { get; init => field = value ?? []; } = [];

    /// <summary>Who has left (退職): id → name, for what he did.</summary>
    public IReadOnlyDictionary<string, string> Former { get; init => field = value ?? field; } = new Dictionary<string, string>();

    /// <summary>The name of a person, also of one who has left; the id of one of whom nothing is known.</summary>
    public string NameOf(string person) => People.TryGetValue(person, out var known) ? known.Name : Former.GetValueOrDefault(person, person);
}

/// <summary>職員 or an outside contact.</summary>
/// <param name="Channels">How he is reached, preferred first. Empty: he cannot be called.</param>
/// <param name="External">A contact outside who has no account (委託事業者).</param>
public sealed record Person(string Id, string Name, string Body, string Department, string Post, IReadOnlyList<Channel> Channels, bool External)
{
    /// <summary>When he is not to be woken; null: whenever he is needed.</summary>
    public QuietHours? Quiet { get; init; }
}

/// <summary>A time of every day in Japan (to ≤ from: until the next day) in which only grave incidents call him.</summary>
public sealed record QuietHours(TimeOnly From, TimeOnly To)
{
    public bool Covers(DateTimeOffset at)
    {
        var time = TimeOnly.FromDateTime(InJapan.Here(at).DateTime);
        return From < To ? From <= time && time < To : From <= time || time < To;
    }
}

/// <param name="Kind"><c>product</c> (the channel inside the product, /me), <c>mail</c>, <c>phone</c>.</param>
public sealed record Channel(string Kind, string? Address);

/// <summary>Who holds a role, and who stands in, in order (職務代理順位).</summary>
/// <param name="Body">Null: for all bodies.</param>
/// <param name="ByShift">The role is held by whoever is on duty; holders and deputies follow after him.</param>
public sealed record RoleHolding(
    string Role, string? Body, IReadOnlyList<string> Holders, IReadOnlyList<string> Deputies, DateOnly? From, DateOnly? Until, bool ByShift)
{
    /// <summary>Deputies who stand in only on some days; one who is not named here always does.</summary>
    public IReadOnlyList<DeputyTerm> Terms { get; init => field = value ?? []; } = [];
}

/// <summary>The first and the last day on which a deputy stands in.</summary>
public sealed record DeputyTerm(string Person, DateOnly? From, DateOnly? Until);

/// <summary>A weekly duty: on these days, from this time to that time in Japan (to ≤ from: until the next day).</summary>
public sealed record Shift(string Role, string Person, IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To, DateOnly? Starts, DateOnly? Ends);

/// <summary>輪番: people are on duty in turn, day and night, each for some days.</summary>
/// <param name="People">The first has the first turn; never empty.</param>
/// <param name="Days">The length of a turn.</param>
/// <param name="Handover">When a turn begins, in Japan.</param>
/// <param name="Starts">The day of the first hand-over. Before it nobody is on duty by this.</param>
/// <param name="Ends">The last day on which a turn may begin anew; the turn that began before it ends at the next hand-over.</param>
public sealed record Rotation(string Role, IReadOnlyList<string> People, int Days, TimeOnly Handover, DateOnly Starts, DateOnly? Ends);

/// <summary>当番の変更: from, until (exclusive) this person is on duty, instead of the pattern or where there is none.</summary>
public sealed record ShiftException(string Role, string Person, DateTimeOffset From, DateTimeOffset Until);

/// <summary>当番の交代: from, until (exclusive) each of the two has the duty of the other.</summary>
public sealed record Swap(string Role, string Person, string With, DateTimeOffset From, DateTimeOffset Until);

/// <summary>不在: cannot be reached from, until (exclusive).</summary>
public sealed record Absence(string Person, DateTimeOffset From, DateTimeOffset Until, string? Reason);

/// <summary>Someone who may be called for a role at a moment.</summary>
/// <param name="ActingFor">The holder for whom a deputy stands in (職務代行); null for a holder.</param>
public sealed record Candidate(string Person, string? ActingFor);
