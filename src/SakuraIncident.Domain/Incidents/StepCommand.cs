using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Incidents;

/// <summary>Something said of one step of the playbook: the checks that all of them share.</summary>
public abstract record StepCommand(string StepId) : IncidentCommand
{
    public sealed override Decision Decide(Incident incident, Context context)
    {
        if (incident.IsImported || context.PlaybookOf(incident) is not { } playbook) return Ended(incident);
        if (StepId == LowerSeverity.StepId && (incident.Lowering is not null || incident.Judged is not null))
            return Conflict("step-needs-approval", "この手順は承認です。承認するか、差し戻してください。");
        if (playbook.Find(StepId) is not { } step)
            return Unknown("step-unknown", $"手順「{StepId}」は、この対応手順にありません。");
        if (!incident.IsOpen) return Ended(incident);
        return Acting.Sign(Decide(step, incident.StepStates(playbook)[StepId], incident, playbook), context.ActingFor(step.Role, incident));
    }

    protected abstract Decision Decide(Step step, StepState state, Incident incident, Playbook playbook);

    /// <summary>Null where the step can be worked on: open, or started.</summary>
    protected static Decision? NotOpen(Step step, StepState state, Incident incident, Playbook playbook)
    {
        if (state is StepState.Open or StepState.Started) return null;
        if (state == StepState.NotNeeded)
            return Conflict("step-not-needed", $"手順「{step.Title}」は、いまの状況では不要です。");
        if (state != StepState.Waiting)
            return Conflict("step-over", $"手順「{step.Title}」は既に終わっています。やり直すときは、手順を再開してください。");
        if (step.Phase > incident.Phase)
            return Conflict("wrong-phase", $"手順「{step.Title}」は「{Vocabulary.TitleOf(step.Phase)}」の段階の手順です。");
        var states = incident.StepStates(playbook);
        var before = step.After.Concat(step.When.Choice?.Keys ?? []).Where(id => states.TryGetValue(id, out var s) && !Progress.IsOver(s))
            .Select(id => playbook.Find(id)?.Title ?? id);
        return Conflict("step-waiting", $"先に終えるべき手順があります: {string.Join("、", before)}");
    }

    /// <summary>Of a step that is over: what is said now was said then, or nothing is said. Another record must not vanish in silence.</summary>
    protected bool SaysNothingNew(string? record, Incident incident) =>
        string.IsNullOrWhiteSpace(record) || incident.Steps[StepId].Record == record;

    protected static bool LacksRecord(Step step, string? record) => step.Record is not null && string.IsNullOrWhiteSpace(record);

    protected static Decision RecordMissing(Step step) =>
        Invalid("record-missing", $"この手順は記録が必要です。記録すること: {step.Record}", "record");

    protected static Decision ReasonMissing() => Invalid("reason-missing", "理由を記入してください。", "reason");
}
