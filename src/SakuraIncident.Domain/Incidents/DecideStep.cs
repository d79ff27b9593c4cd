using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Incidents;

/// <summary>判断: which way the incident goes; later steps open or are ruled out by it.</summary>
/// <param name="ActingFor">The holder of the step's role for whom a deputy decided (職務代行); so with approvals.</param>
public sealed record DecisionMade(string StepId, string Choice, string? Record, string? ActingFor = null) : IncidentEvent;

public sealed record StepApproved(string StepId, string? Record, string? ActingFor = null) : IncidentEvent;

/// <summary>差し戻し: the approval was refused.</summary>
/// <param name="AskedAgain">No step goes on from a refusal: the approval stays open, and what waits for it waits.</param>
public sealed record StepRefused(string StepId, string Reason, string? ActingFor = null, bool AskedAgain = false) : IncidentEvent;

/// <summary>Decides a decision step.</summary>
public sealed record DecideStep(string StepId, string? Choice, string? Record) : StepCommand(StepId)
{
    protected override Decision Decide(Step step, StepState state, Incident incident, Playbook playbook)
    {
        if (state == StepState.Done && incident.Steps[StepId].Choice == Choice && SaysNothingNew(Record, incident)) return Nothing;
        if (NotOpen(step, state, incident, playbook) is { } refused) return refused;
        if (step.Kind != StepKind.Decision) return Conflict("step-no-decision", "この手順は判断ではありません。");
        if (step.Choices.All(c => c.Id != Choice))
            return Invalid("choice-unknown", $"選べるのは次のいずれかです: {string.Join("、", step.Choices.Select(c => $"{c.Id}({c.Title})"))}", "choice");
        return LacksRecord(step, Record) ? RecordMissing(step) : new DecisionMade(StepId, Choice!, Record);
    }
}

/// <summary>Approves an approval step, or the lowering of severity that waits as step <c>lower-severity</c>.</summary>
public sealed record ApproveStep(string StepId, string? Record) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context)
    {
        if (StepId != LowerSeverity.StepId) return new ApprovePlanned(StepId, Record).Decide(incident, context);
        if (LowerSeverity.WasJudged(incident, "approved")) return Nothing;
        if (LowerSeverity.Refusal(incident, context) is { } refused) return refused;
        var wanted = incident.Lowering!;
        var least = context.Plan.LeastSeverity(incident.Facts);
        return wanted.To > least
            ? Conflict("severity-below-rule", $"事実が変わり、重大度は「{Vocabulary.TitleOf(least)}」以上になりました。")
            : new SeverityChanged(incident.Severity, wanted.To, wanted.Reason, ByRule: false, context.ActingFor(LowerSeverity.Role, incident));
    }

    private sealed record ApprovePlanned(string StepId, string? Record) : StepCommand(StepId)
    {
        protected override Decision Decide(Step step, StepState state, Incident incident, Playbook playbook)
        {
            if (state == StepState.Done && incident.Steps[StepId].Choice == "approved" && SaysNothingNew(Record, incident)) return Nothing;
            if (NotOpen(step, state, incident, playbook) is { } refused) return refused;
            if (step.Kind != StepKind.Approval) return Conflict("step-no-approval", "この手順は承認ではありません。");
            return LacksRecord(step, Record) ? RecordMissing(step) : new StepApproved(StepId, Record);
        }
    }
}

/// <summary>Refuses an approval, with a reason.</summary>
public sealed record RefuseStep(string StepId, string? Reason) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context)
    {
        if (StepId != LowerSeverity.StepId) return new RefusePlanned(StepId, Reason).Decide(incident, context);
        if (LowerSeverity.WasJudged(incident, "refused")) return Nothing;
        if (LowerSeverity.Refusal(incident, context) is { } refused) return refused;
        return string.IsNullOrWhiteSpace(Reason) ? Invalid("reason-missing", "理由を記入してください。", "reason") : new LoweringRefused(Reason, context.ActingFor(LowerSeverity.Role, incident));
    }

    private sealed record RefusePlanned(string StepId, string? Reason) : StepCommand(StepId)
    {
        protected override Decision Decide(Step step, StepState state, Incident incident, Playbook playbook)
        {
            if (state == StepState.Done && incident.Steps[StepId].Choice == "refused" && SaysNothingNew(Reason, incident)) return Nothing;
            if (NotOpen(step, state, incident, playbook) is { } refused) return refused;
            if (step.Kind != StepKind.Approval) return Conflict("step-no-approval", "この手順は承認ではありません。");
            return string.IsNullOrWhiteSpace(Reason) ? ReasonMissing() : new StepRefused(StepId, Reason, AskedAgain: !playbook.AsksFor(StepId));
        }
    }
}

/// <summary>The approval step that a lowering of severity opens by itself.</summary>
public static class LowerSeverity
{
    public const string StepId = "lower-severity";
    public const string Title = "重大度の引き下げを承認する";
    public const string Role = "csirt-lead";

    /// <summary>Said twice, judged once.</summary>
    internal static bool WasJudged(Incident incident, string choice) => incident is { IsOpen: true, Lowering: null } && incident.Judged?.Choice == choice;

    internal static Refused? Refusal(Incident incident, Context context)
    {
        if (incident.Lowering is null || !incident.IsOpen)
            return incident.Judged is null
                ? new Refused(RefusalKind.Unknown, "step-unknown", "承認を待つ重大度の引き下げはありません。")
                : new Refused(RefusalKind.Conflict, "step-over", "重大度の引き下げは、既に承認か差し戻しがされています。");
        return context.MayLowerSeverity
            ? null
            : new Refused(RefusalKind.Forbidden, "not-allowed", "重大度の引き下げを承認できるのは、CSIRT責任者以上です。");
    }
}
