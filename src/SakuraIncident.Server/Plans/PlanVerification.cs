using SakuraIncident.Domain.Assurance;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Plans.Files;

namespace SakuraIncident.Server.Plans;

/// <summary>計画の検証 of a plan in files: what is wrong with it, each with file and line, and how much may fail.</summary>
/// <param name="Verdict">Null: the files cannot be read as a plan, so there is nothing to prove.</param>
public sealed record PlanVerification(IReadOnlyList<PlanProblem> Problems, PlanVerdict? Verdict)
{
    public bool IsSound => Problems.Count == 0;

    public static PlanVerification Of(PlanReading reading, DateTimeOffset now) => reading switch
    {
        PlanReading.Sound sound => Of(sound.Plan, sound.Roster, sound.Places, sound.Warnings, now),
        PlanReading.Broken broken => new PlanVerification(broken.Problems, null),
        _ => throw new InvalidOperationException("A plan can be read or it cannot."),
    };

    /// <param name="known">What was found when the files were read.</param>
    public static PlanVerification Of(
        EmergencyPlan plan, DutyRoster roster, PlanPlaces places, IReadOnlyList<PlanProblem> known, DateTimeOffset now)
    {
        var verdict = PlanCheck.Run(plan, roster, now);
        return new PlanVerification(PlanFiles.InOrder(known.Concat(verdict.Findings.Select(Placed))), verdict);

        PlanProblem Placed(PlanFinding finding)
        {
            var (file, line) = places.Of(finding.About);
            return new PlanProblem(file, line, finding.Reason, finding.Code);
        }
    }
}
