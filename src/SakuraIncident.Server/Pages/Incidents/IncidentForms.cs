using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;

namespace SakuraIncident.Server.Pages.Incidents;

/// <summary>The forms of the page of an incident: what each says, and the command that it makes.</summary>
public sealed class IncidentForms(IncidentReads reads)
{
    /// <summary>How the fields of a form's items begin.</summary>
    public const string ItemField = "item:";

    /// <summary>How the fields begin that say where a step counts in another revision.</summary>
    public const string MapField = "map:";

    private static readonly string[] PersonalDataFields =
        ["least", "greatest", "knownAt", "sensitive", "financial", "unlawful", "myNumber", "publicAccess", "recovered"];

    /// <returns>Null: no form says this.</returns>
    public IncidentCommand? Command(Signed by, FormPost post, Fields f, Incident incident)
    {
        var target = post.Target;
        IncidentCommand? command = post.Do switch
        {
            "note" => new AddNote(f.Text("text", Fields.TextLength, required: true) ?? ""),
            "correct-note" => new CorrectNote(target, f.Text("text", Fields.TextLength, required: true) ?? ""),
            "start-step" => new StartStep(target),
            "complete-step" => new CompleteStep(target, f.Text("record", Fields.TextLength)),
            "skip-step" => new SkipStep(target, f.Text("reason", Fields.TextLength)),
            "decide-step" => new DecideStep(target, f.Text("choice", Fields.ShortLength), f.Text("record", Fields.TextLength)),
            "approve-step" => new ApproveStep(target, f.Text("record", Fields.TextLength)),
            "refuse-step" => new RefuseStep(target, f.Text("reason", Fields.TextLength)),
            "reopen-step" => new ReopenStep(target, f.Text("reason", Fields.TextLength)),
            "acknowledge" => new AcknowledgePage(target, f.Flag("byTelephone") ?? false),
            "decline" => new DeclinePage(target, f.Text("reason", Fields.TextLength), f.Flag("byTelephone") ?? false),
            "call" => new CallResponder(f.Text("role", Fields.ShortLength), f.Text("person", Fields.ShortLength)),
            "assign-role" => new AssignRole(target, f.Text("person", Fields.ShortLength, required: true), f.Text("handover", Fields.TextLength)),
            "move-phase" => new MovePhase(f.Enum<Phase>("to", required: true) ?? Phase.Detection, f.Text("reason", Fields.TextLength)),
            "assess" => Assessment(post, f, incident),
            "report-duty" => Report(post, f),
            "adopt-revision" => new AdoptRevision(
                f.Text("reason", Fields.TextLength),
                post.Typed.Keys.Where(k => k.StartsWith(MapField, StringComparison.Ordinal))
                    .Select(k => (From: k[MapField.Length..], To: f.Text(k, Fields.ShortLength))).Where(m => m.To is not null)
                    .ToDictionary(m => m.From, m => m.To!)),
            "finding" => new AddFinding(f.Text("text", Fields.TextLength, required: true) ?? "", f.Flag("noMeasureNeeded") ?? false),
            "measure" => new AddMeasure(
                f.Text("title", Fields.TitleLength, required: true) ?? "", f.Text("owner", Fields.ShortLength, required: true),
                f.Moment("dueAt", required: true) ?? default),
            "complete-measure" => new CompleteMeasure(target, f.Text("record", Fields.TextLength, required: true) ?? ""),
            "close" => new CloseIncident(f.Enum<Outcome>("outcome", required: true) ?? Outcome.Resolved, Other(by, f), f.Text("reason", Fields.TextLength)),
            "reopen" => new ReopenIncident(f.Text("reason", Fields.TextLength)),
            _ => null,
        };
        return command is null ? null : command with { OccurredAt = f.Moment("occurredAt") };
    }

    /// <summary>An item that was emptied is not known; one that is not on the form is as the incident fills it.</summary>
    private static ReportDuty Report(FormPost post, Fields f)
    {
        var items = post.Typed.Keys.Where(k => k.StartsWith(ItemField, StringComparison.Ordinal))
            .ToDictionary(k => k[ItemField.Length..], k => f.Text(k, Fields.TextLength) ?? FilledForm.Unknown);
        return new ReportDuty(
            post.Target, f.Text("text", Fields.TextLength, required: items.Count == 0), f.Text("receiptNumber", Fields.ShortLength),
            f.Texts("stillUnknown", 50) ?? [])
        { Items = items.Count == 0 ? null : items, Report = f.Number("report") };
    }

    /// <summary>A form shows all facts; only those that were changed are said, so that a stale page takes nothing back.</summary>
    private static Assess Assessment(FormPost post, Fields f, Incident incident)
    {
        var severity = f.Enum<Severity>("severity");
        var impact = new Impact(f.Enum<ImpactLevel>("confidentiality"), f.Enum<ImpactLevel>("integrity"), f.Enum<ImpactLevel>("availability"));
        var says = PersonalDataFields.Any(name => post.Body.TryGetProperty(name, out _));
        var personalData = !says && incident.PersonalData is null
            ? null
            : new PersonalDataReport(
                f.Number("least"), f.Number("greatest"), f.Flag("sensitive") ?? false, f.Flag("financial") ?? false, f.Flag("unlawful") ?? false,
                f.Flag("myNumber") ?? false, f.Flag("publicAccess") ?? false, f.Flag("recovered") ?? false, f.Moment("knownAt"));
        return new Assess(
            f.Word("category", Vocabulary.Categories), severity == incident.Severity ? null : severity,
            f.Words("zones", Vocabulary.Zones) ?? [], impact == new Impact(null, null, null) ? null : impact, personalData,
            f.Text("reason", Fields.TextLength, required: true) ?? "")
        { Body = f.Word("body", Vocabulary.Bodies) };
    }

    private Guid? Other(Signed by, Fields f)
    {
        if (f.Text("of", Fields.ShortLength) is not { } text) return null;
        if (reads.IsKnown(by, text, out var id)) return id;
        f.Wrong("of", "その番号の事案はありません。");
        return null;
    }
}
