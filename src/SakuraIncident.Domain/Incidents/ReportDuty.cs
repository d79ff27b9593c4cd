using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Domain.Incidents;

public sealed record DutyStarted(DutyProgress Duty) : IncidentEvent;

/// <summary>New facts moved its date (30 → 60 days), or the moment of knowing was corrected; the earlier one stays in the stream.</summary>
public sealed record DutyRevised(DutyProgress Duty) : IncidentEvent;

/// <summary>It turned out not to apply; it stays in the record.</summary>
public sealed record DutyNotApplicable(string DutyId, string How) : IncidentEvent;

public sealed record DutyWarned(string DutyId) : IncidentEvent;

/// <summary>The date passed without a report.</summary>
public sealed record DutyLapsed(string DutyId) : IncidentEvent;

/// <summary>An item of a form as it was submitted.</summary>
public sealed record ReportedItem(string Id, string Title, string Text);

/// <summary>第N報 was submitted, as it was: the plan's form may change later, this never does.</summary>
/// <param name="Report">N, from 1.</param>
/// <param name="Text">What was submitted without a form, or said beside it; may be empty where there are items.</param>
/// <param name="StillUnknown">What was still unknown (追完).</param>
public sealed record DutyReported(
    string DutyId, int Report, string Text, string? ReceiptNumber, IReadOnlyList<string> StillUnknown) : IncidentEvent
{
    /// <summary>The items of the receiver's form; null: it was submitted without one.</summary>
    public IReadOnlyList<ReportedItem>? Items { get; init; }
}

/// <summary>Records a report as submitted. Legal duties outlive the closing, and a late report is still a report.</summary>
public sealed record ReportDuty(string DutyId, string? Text, string? ReceiptNumber, IReadOnlyList<string> StillUnknown) : IncidentCommand
{
    /// <summary>What a person wrote into items of the form; the others are as the incident fills them.</summary>
    public IReadOnlyDictionary<string, string>? Items { get; init; }

    /// <summary>N as the sender saw it; null: the next one.</summary>
    public int? Report { get; init; }

    public override Decision Decide(Incident incident, Context context)
    {
        if (incident.Duties.FirstOrDefault(d => d.Id == DutyId) is not { } duty)
            return Unknown("duty-unknown", $"報告義務「{DutyId}」は、この事案にありません。");
        if (duty.State == DutyState.NotApplicable) return Conflict("duty-not-applicable", $"「{duty.Title}」は対象外になっています。");
        var next = duty.Reports + 1;
        if (Report < 1 || Report > next) return Invalid("report-number", $"次は第{next}報です。", "report");
        if (Report is { } seen && seen != next)
            return Conflict("report-taken", $"「{duty.Title}」の第{seen}報は、この間に記録されました。内容を確かめて、必要なら第{next}報として記録してください。");

        if (Text is not null && Items is null) return new DutyReported(DutyId, next, Text, ReceiptNumber, StillUnknown);
        if (context.Plan.FormOf(DutyId) is not { } form)
            return Invalid("record-missing", $"「{duty.Title}」には様式がありません。提出した内容を記入してください。", "text");
        if (Items?.Keys.FirstOrDefault(id => form.Items.All(i => i.Id != id)) is { } odd)
            return Invalid("item-unknown", $"様式「{form.Title}」に項目「{odd}」はありません。", "items");
        return Submitted(FilledForm.Of(form, incident, context.Plan, context.Roster.NameOf, context.Now, next), next);
    }

    private DutyReported Submitted(IReadOnlyList<FilledItem> filled, int next)
    {
        var items = filled.Select(f => new ReportedItem(f.Id, f.Title, Items?.GetValueOrDefault(f.Id) ?? f.Text)).ToList();
        var unknown = items.Where(i => i.Text.Contains(FilledForm.Unknown, StringComparison.Ordinal)).Select(i => i.Title);
        return new DutyReported(DutyId, next, Text ?? "", ReceiptNumber, [.. unknown.Concat(StillUnknown).Distinct()]) { Items = items };
    }
}
