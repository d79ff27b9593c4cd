namespace SakuraIncident.Domain.Incidents;

public sealed record DutyStarted(DutyProgress Duty) : IncidentEvent;

/// <summary>New facts moved its date (30 → 60 days), or the moment of knowing was corrected; the earlier one stays in the stream.</summary>
public sealed record DutyRevised(DutyProgress Duty) : IncidentEvent;

/// <summary>It turned out not to apply; it stays in the record.</summary>
public sealed record DutyNotApplicable(string DutyId, string How) : IncidentEvent;

public sealed record DutyWarned(string DutyId) : IncidentEvent;

/// <summary>The date passed without a report.</summary>
public sealed record DutyLapsed(string DutyId) : IncidentEvent;

/// <summary>第N報 was submitted, as it was.</summary>
/// <param name="Report">N, from 1.</param>
/// <param name="StillUnknown">What was still unknown (追完).</param>
public sealed record DutyReported(
    string DutyId, int Report, string Text, string? ReceiptNumber, IReadOnlyList<string> StillUnknown) : IncidentEvent;

/// <summary>Records a report as submitted. Legal duties outlive the closing, and a late report is still a report.</summary>
public sealed record ReportDuty(string DutyId, string Text, string? ReceiptNumber, IReadOnlyList<string> StillUnknown) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context)
    {
        if (incident.Duties.FirstOrDefault(d => d.Id == DutyId) is not { } duty)
            return Unknown("duty-unknown", $"報告義務「{DutyId}」は、この事案にありません。");
        return duty.State == DutyState.NotApplicable
            ? Conflict("duty-not-applicable", $"「{duty.Title}」は対象外になっています。")
            : new DutyReported(DutyId, duty.Reports + 1, Text, ReceiptNumber, StillUnknown);
    }
}
