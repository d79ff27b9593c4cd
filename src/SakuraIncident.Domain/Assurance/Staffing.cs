using System.Globalization;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Domain.Assurance;

/// <summary>
/// For every role that a step or a ladder names, every body and every minute of the days ahead: somebody who can be called holds it,
/// somebody can stand in for him, and where it is held by duty, somebody is on duty. Between two edges of the roster nothing changes, so
/// the edges suffice.
/// </summary>
internal static class Staffing
{
    public static IEnumerable<PlanFinding> Check(EmergencyPlan plan, DutyRoster roster, DateTimeOffset from, DateTimeOffset until)
    {
        var limits = plan.Limits ?? PlanLimits.Usual;
        foreach (var role in RolesIn(plan))
        {
            var own = roster.Only(role);
            var named = new Span(own, from, until);
            var title = $"役割「{Vocabulary.TitleOf(Vocabulary.Roles, role)}」（{role}）";
            foreach (var gap in named.Where((body, at) => own.WhoHolds(role, body, at).Count == 0))
                yield return new("role-not-held", new Subject(Role: role), $"{title}を受け持ち、連絡のつく人がいません{gap}。");

            var present = own with { Absences = [] }; // an absence is what a deputy is for
            var all = new Span(present, from, until);
            foreach (var gap in all.Where((body, at) => present.IsDutyVacant(role, body, at)))
                yield return new("nobody-on-duty", new Subject(Role: role), $"{title}は当番制ですが、当番に当たり連絡のつく人がいません{gap}。");
            foreach (var gap in all.Where((body, at) => IsFew(present.WhoHolds(role, body, at).Count, limits.Deputies)))
                yield return new(
                    "no-deputy", new Subject(Role: role),
                    $"{title}を受け持てる人が{limits.Deputies}人しかいません{gap}。職務代行を加えてください。");
        }
        foreach (var finding in Quiet(plan, roster, limits, from, until)) yield return finding;
    }

    private static bool IsFew(int people, int deputies) => people > 0 && people <= deputies;

    /// <summary>An incident that wakes nobody waits for the morning, but not for ever.</summary>
    private static IEnumerable<PlanFinding> Quiet(EmergencyPlan plan, DutyRoster roster, PlanLimits limits, DateTimeOffset from, DateTimeOffset until)
    {
        foreach (var (severity, ladder) in plan.Ladders.Where(l => !l.Key.Wakes()).DistinctBy(l => string.Join(',', l.Value.Rungs)))
        {
            var own = roster.Only([.. ladder.Rungs]);
            if (own.People.Values.All(p => p.Quiet is null)) continue;
            foreach (var gap in new Span(own, from, until).Where((body, at) => IsQuiet(own, ladder, body, at), limits.Quiet))
                yield return new(
                    "quiet-too-long", new Subject(Ladder: severity),
                    $"「{Vocabulary.TitleOf(severity)}」の事案で、全員が呼ばない時間（quiet）に入り、誰も呼べない時間が{limits.Quiet.TotalHours:0.#}時間を超えます{gap}。");
        }
    }

    private static bool IsQuiet(DutyRoster roster, Ladder ladder, string body, DateTimeOffset at) =>
        ladder.Rungs.All(role => roster.WhoHolds(role, body, at, wakes: false).Count == 0)
        && ladder.Rungs.Any(role => roster.WhoHolds(role, body, at).Count > 0);

    /// <summary>Roles that somebody must hold; the lead is whoever answers first.</summary>
    private static IEnumerable<string> RolesIn(EmergencyPlan plan) =>
        plan.Ladders.Values.SelectMany(l => l.Rungs).Concat(plan.Playbooks.Values.SelectMany(p => p.Steps).Select(s => s.Role))
            .Where(r => r != "lead").Distinct();

    /// <summary>Bodies that a roster treats alike: each that has holdings of its own, and all the others together.</summary>
    internal static IReadOnlyList<IReadOnlyList<string>> AlikeBodies(this DutyRoster roster)
    {
        var own = roster.Holdings.Select(h => h.Body).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var others = Vocabulary.Bodies.Select(b => b.Id).Where(b => !own.Contains(b)).ToList();
        return [.. Vocabulary.Bodies.Where(b => own.Contains(b.Id)).Select(IReadOnlyList<string> (b) => [b.Id]), .. others.Count > 0 ? [others] : Array.Empty<List<string>>()];
    }

    /// <summary>The days ahead, cut at the edges of a roster.</summary>
    private sealed class Span(DutyRoster roster, DateTimeOffset from, DateTimeOffset until)
    {
        private readonly IReadOnlyList<DateTimeOffset> edges = [.. roster.Edges(from, until), until];

        /// <summary>When and for which bodies something is so for longer than a time, in Japanese; bodies to which the same happens together.</summary>
        public IEnumerable<string> Where(Func<string, DateTimeOffset, bool> isSo, TimeSpan longerThan = default) =>
            from bodies in roster.AlikeBodies()
            let gaps = Gaps(at => isSo(bodies[0], at)).Where(g => g.Until - g.From > longerThan).ToList()
            where gaps.Count > 0
            group bodies by Say(gaps) into same
            select $"{For([.. same.SelectMany(b => b)])}: {same.Key}";

        private List<(DateTimeOffset From, DateTimeOffset Until)> Gaps(Func<DateTimeOffset, bool> isSo)
        {
            var gaps = new List<(DateTimeOffset From, DateTimeOffset Until)>();
            for (var i = 0; i + 1 < edges.Count; i++)
            {
                if (!isSo(edges[i])) continue;
                if (gaps.Count > 0 && gaps[^1].Until == edges[i]) gaps[^1] = (gaps[^1].From, edges[i + 1]);
                else gaps.Add((edges[i], edges[i + 1]));
            }
            return gaps;
        }

        private string Say(IReadOnlyList<(DateTimeOffset From, DateTimeOffset Until)> gaps)
        {
            var next = gaps[0]; // the first to come is the first to mend
            var first = $"{Moment(next.From)}から{(next.Until == until ? "先ずっと" : $"{Moment(next.Until)}まで")}";
            return gaps.Count == 1 ? first : string.Create(CultureInfo.InvariantCulture, $"{first}、ほか{gaps.Count - 1}回");
        }
    }

    private static string For(IReadOnlyList<string> bodies) => bodies.Count == Vocabulary.Bodies.Count
        ? ""
        : $"（{string.Join("、", Vocabulary.Bodies.Where(b => bodies.Contains(b.Id)).Select(b => b.Title))}）";

    internal static string Moment(DateTimeOffset at)
    {
        var here = InJapan.Here(at);
        return string.Create(CultureInfo.InvariantCulture, $"{here.Month}/{here.Day}({InJapan.Weekday(here.DayOfWeek)}) {here:HH:mm}");
    }
}
