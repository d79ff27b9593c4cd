using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Domain.Assurance;

/// <summary>What a finding is about, so that its file and line can be named.</summary>
/// <param name="Step">A step of <paramref name="Playbook"/>.</param>
/// <param name="Year">A year of the calendar.</param>
public sealed record Subject(
    string? Playbook = null, string? Step = null, string? Role = null, string? Duty = null, int? Rule = null, Severity? Ladder = null,
    string? Person = null, int? Year = null);

/// <summary>Something that would fail in the night, with the shortest case in which it does.</summary>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Reason">A Japanese sentence for the person who mends it.</param>
public sealed record PlanFinding(string Code, Subject About, string Reason);

/// <summary>What the plan check found; no findings: it proved the plan for the days ahead.</summary>
/// <param name="From">The first moment that was looked at.</param>
/// <param name="Until">The end of the days ahead (exclusive).</param>
public sealed record PlanVerdict(DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<PlanFinding> Findings, Endurance Endurance)
{
    public bool IsSound => Findings.Count == 0;
}

/// <summary>
/// 計画の検証: proves before the night comes that the plan holds, or gives the shortest counterexample. That no incident can be stuck
/// needs no search: steps wait only for steps of the same or an earlier phase and in no circle (the loader refuses both), a step that
/// is not needed is over, and every open step can be done or skipped; so in every phase something is open until its gate is met. What
/// is left to prove is that each part can be used (<see cref="Usable"/>), that all kinds and clauses are covered
/// (<see cref="Coverage"/>), that dates can be computed (<see cref="ClosedDays"/>), and that somebody is there and can be called
/// (<see cref="Staffing"/>, <see cref="Contacts"/>, <see cref="Enduring"/>).
/// </summary>
public static class PlanCheck
{
    public static PlanVerdict Run(EmergencyPlan plan, DutyRoster roster, DateTimeOffset from)
    {
        var until = from + (plan.Limits ?? PlanLimits.Usual).Ahead;
        var endurance = Enduring.Of(plan, roster, from, until);
        return new PlanVerdict(
            from, until,
            [
                .. Coverage.Check(plan),
                .. Usable.Check(plan, from),
                .. ClosedDays.Check(plan, from, until),
                .. Contacts.Check(roster),
                .. Staffing.Check(plan, roster, from, until),
                .. endurance.Findings,
            ],
            endurance.Endurance);
    }
}
