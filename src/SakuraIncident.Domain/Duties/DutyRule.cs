using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Duties;

/// <summary>報告義務 as plan data: what starts it and how its date is computed. Law changes; this is data with its source.</summary>
/// <param name="When">The facts that start it; when they cease to hold the duty is not applicable, and stays in the record.</param>
/// <param name="Warn">Calendar day of knowing (day 1 is the day itself) whose end raises a warning; null: none.</param>
/// <param name="Source">Clause, rule or guideline.</param>
/// <param name="EffectiveFrom">From when on this rule is in force.</param>
public sealed record DutyRule(
    string Id, string Title, string To, Condition When, DutyTerm Term, DutyTerm? LongerTerm, Condition? LongerWhen, int? Warn,
    string Source, DateOnly EffectiveFrom)
{
    /// <summary>報告すべき事項: the id of the form (様式) that the receiver asks for; null in a revision from before there were forms.</summary>
    public string? Form { get; init; }
}

/// <summary>
/// How long: either a time by the clock for each severity, or the Nth calendar day, day 1 being the day of knowing in Japan.
/// </summary>
/// <param name="Clock">By severity; used when <paramref name="Day"/> is null.</param>
/// <param name="Day">N: due at 23:59:59 of the Nth day.</param>
/// <param name="Rolls">A last day that is closed moves to the next open day of the state's calendar.</param>
public sealed record DutyTerm(IReadOnlyDictionary<Severity, TimeSpan>? Clock, int? Day, bool Rolls);

/// <summary>Closed days of the state (行政機関の休日に関する法律) and of the city (地方自治法4条の2), as imported data.</summary>
public sealed record BusinessCalendar(IReadOnlyDictionary<DateOnly, string> Holidays, IReadOnlyDictionary<DateOnly, string> CityClosedDays);
