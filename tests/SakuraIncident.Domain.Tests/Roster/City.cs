using SakuraIncident.Domain.Roster;
using static SakuraIncident.Domain.Tests.Japan;

namespace SakuraIncident.Domain.Tests.Roster;

/// <summary>A small roster: four people whom the product reaches, and what a test adds.</summary>
internal static class City
{
    public static readonly DayOfWeek[] EveryDay = Enum.GetValues<DayOfWeek>();

    public static DutyRoster Of(params RoleHolding[] holdings) => new(
        new[] { "a", "b", "c", "d" }.ToDictionary(id => id, id => new Person(id, id, "mayor", "", "", [new Channel("product", null)], false)),
        holdings, [], []);

    public static RoleHolding Holding(string role, string[] holders, params string[] deputies) => new(role, null, holders, deputies, null, null, false);

    /// <summary>CSIRT by duty: b every night, c every day.</summary>
    public static DutyRoster NightAndDay() => Of(Holding("csirt", ["a"]) with { ByShift = true }) with
    {
        Shifts = [Shift("b", "17:15", "08:30"), Shift("c", "08:30", "17:15")],
    };

    public static Shift Shift(string person, string from, string to, params DayOfWeek[] days) => new(
        "csirt", person, days.Length == 0 ? EveryDay : days, Time(from), Time(to), null, null);

    public static Rotation Turns(int days, string starts, params string[] people) => new("csirt", people, days, Time("08:30"), Day(starts), null);

    public static TimeOnly Time(string text) => TimeOnly.ParseExact(text, "HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    public static IEnumerable<string> Called(this DutyRoster roster, string role, string at, bool wakes = true) =>
        roster.WhoHolds(role, "mayor", At(at), wakes).Select(c => c.Person);
}
