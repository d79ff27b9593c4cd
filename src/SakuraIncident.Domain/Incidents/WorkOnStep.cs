using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Incidents;

public sealed record StepStarted(string StepId) : IncidentEvent;

/// <summary>A step of the playbook was carried out (手順の完了).</summary>
public sealed record StepCompleted(string StepId, string? Record) : IncidentEvent;

public sealed record StepSkipped(string StepId, string Reason) : IncidentEvent;

/// <summary>What was entered by mistake is taken up again; the mistake stays in the stream.</summary>
public sealed record StepReopened(string StepId, string Reason) : IncidentEvent;

/// <summary>A repeating step was done, and its time has come again.</summary>
public sealed record StepCameRound(string StepId) : IncidentEvent;

/// <summary>Says that someone works on a step.</summary>
public sealed record StartStep(string StepId) : StepCommand(StepId)
{
    protected override Decision Decide(Step step, StepState state, Incident incident, Playbook playbook) =>
        state == StepState.Started ? Nothing : NotOpen(step, state, incident, playbook) ?? new StepStarted(StepId);
}

/// <summary>Says that a task, report or notice has been carried out.</summary>
/// <param name="Record">What was done and seen; required where the step asks for a record.</param>
public sealed record CompleteStep(string StepId, string? Record) : StepCommand(StepId)
{
    protected override Decision Decide(Step step, StepState state, Incident incident, Playbook playbook)
    {
        if (state == StepState.Done && SaysNothingNew(Record, incident)) return Nothing; // said twice, done once
        if (NotOpen(step, state, incident, playbook) is { } refused) return refused;
        if (step.Kind == StepKind.Decision) return Conflict("step-needs-choice", "この手順は判断です。選んだ内容を記録してください。");
        if (step.Kind == StepKind.Approval) return Conflict("step-needs-approval", "この手順は承認です。承認するか、差し戻してください。");
        return LacksRecord(step, Record) ? RecordMissing(step) : new StepCompleted(StepId, Record);
    }
}

/// <summary>Leaves a step out, with a reason.</summary>
public sealed record SkipStep(string StepId, string? Reason) : StepCommand(StepId)
{
    protected override Decision Decide(Step step, StepState state, Incident incident, Playbook playbook)
    {
        if (state == StepState.Skipped && SaysNothingNew(Reason, incident)) return Nothing;
        if (NotOpen(step, state, incident, playbook) is { } refused) return refused;
        return string.IsNullOrWhiteSpace(Reason) ? ReasonMissing() : new StepSkipped(StepId, Reason);
    }
}

/// <summary>Takes a finished step up again.</summary>
public sealed record ReopenStep(string StepId, string? Reason) : StepCommand(StepId)
{
    protected override Decision Decide(Step step, StepState state, Incident incident, Playbook playbook)
    {
        if (state is StepState.Open or StepState.Started) return Nothing;
        if (state is not (StepState.Done or StepState.Skipped))
            return Conflict("step-not-over", $"手順「{step.Title}」はまだ終わっていません。");
        return string.IsNullOrWhiteSpace(Reason) ? ReasonMissing() : new StepReopened(StepId, Reason);
    }
}
