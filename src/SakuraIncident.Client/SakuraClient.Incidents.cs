using System.Globalization;
using SakuraIncident.Client.Shapes;

namespace SakuraIncident.Client;

public sealed partial class SakuraClient
{
    public Task<Answer<IncidentAnswer>> Open(OpenIncident incident, CallOptions? options = null, CancellationToken cancel = default) =>
        Post("/api/incidents", incident, SakuraJson.Default.OpenIncident, SakuraJson.Default.IncidentAnswer, options, cancel);

    public Task<Answer<ItemsPage<IncidentAnswer>>> List(
        IncidentFilter? filter = null, string? cursor = null, int? limit = null, CancellationToken cancel = default) =>
        Get("/api/incidents" + Query.Of(filter, cursor, limit), SakuraJson.Default.ItemsPageIncidentAnswer, cancel);

    /// <summary>The incident now, or as it stood at a moment or version.</summary>
    /// <param name="id">UUID or number.</param>
    public Task<Answer<IncidentAnswer>> Get(
        string id, DateTimeOffset? at = null, long? version = null, CancellationToken cancel = default) =>
        Get(Of(id) + new Query().Add("at", at).Add("version", version), SakuraJson.Default.IncidentAnswer, cancel);

    public Task<Answer<ItemsPage<EventItem>>> Events(
        string id, string? cursor = null, int? limit = null, CancellationToken cancel = default) =>
        Get(Of(id) + "/events" + new Query().Add("cursor", cursor).Add("limit", limit), SakuraJson.Default.ItemsPageEventItem, cancel);

    /// <summary>Every event of a stream, by its version.</summary>
    public async IAsyncEnumerable<EventItem> AllEvents(
        string id, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel = default)
    {
        string? cursor = null;
        do
        {
            var page = (await Events(id, cursor, 200, cancel).ConfigureAwait(false)).Value;
            foreach (var item in page.Items) yield return item;
            cursor = page.Cursor;
        }
        while (cursor is not null);
    }

    public Task<Answer<IncidentAnswer>> Note(string id, NoteText note, CallOptions? options = null, CancellationToken cancel = default) =>
        Change(id, "notes", note, SakuraJson.Default.NoteText, options, cancel);

    public Task<Answer<IncidentAnswer>> CorrectNote(
        string id, string note, NoteText text, CallOptions? options = null, CancellationToken cancel = default) =>
        Change(id, $"notes/{Escaped(note)}/correct", text, SakuraJson.Default.NoteText, options, cancel);

    public Task<Answer<IncidentAnswer>> Assess(
        string id, Assessment assessment, CallOptions? options = null, CancellationToken cancel = default) =>
        Change(id, "assessment", assessment, SakuraJson.Default.Assessment, options, cancel);

    public Task<Answer<IncidentAnswer>> Step(
        string id, string step, StepVerb verb, StepWord? word = null, CallOptions? options = null, CancellationToken cancel = default) =>
        Change(id, $"steps/{Escaped(step)}/{PathWord(verb)}", word ?? new(), SakuraJson.Default.StepWord, options, cancel);

    public Task<Answer<IncidentAnswer>> Assign(
        string id, string role, AssignRole who, CallOptions? options = null, CancellationToken cancel = default) =>
        Change(id, $"roles/{Escaped(role)}", who, SakuraJson.Default.AssignRole, options, cancel);

    public Task<Answer<IncidentAnswer>> Call(
        string id, CallSomeone whom, CallOptions? options = null, CancellationToken cancel = default) =>
        Change(id, "pages", whom, SakuraJson.Default.CallSomeone, options, cancel);

    public Task<Answer<IncidentAnswer>> Acknowledge(
        string id, string page, PageWord? word = null, CallOptions? options = null, CancellationToken cancel = default) =>
        Change(id, $"pages/{Escaped(page)}/acknowledge", word ?? new(), SakuraJson.Default.PageWord, options, cancel);

    public Task<Answer<IncidentAnswer>> Decline(
        string id, string page, PageWord? word = null, CallOptions? options = null, CancellationToken cancel = default) =>
        Change(id, $"pages/{Escaped(page)}/decline", word ?? new(), SakuraJson.Default.PageWord, options, cancel);

    public Task<Answer<IncidentAnswer>> Move(string id, MovePhase move, CallOptions? options = null, CancellationToken cancel = default) =>
        Change(id, "phase", move, SakuraJson.Default.MovePhase, options, cancel);

    public Task<Answer<IncidentAnswer>> Report(
        string id, string duty, DutyReport report, CallOptions? options = null, CancellationToken cancel = default) =>
        Change(id, $"duties/{Escaped(duty)}/report", report, SakuraJson.Default.DutyReport, options, cancel);

    public Task<Answer<IncidentAnswer>> Close(
        string id, CloseIncident close, CallOptions? options = null, CancellationToken cancel = default) =>
        Change(id, "close", close, SakuraJson.Default.CloseIncident, options, cancel);

    public Task<Answer<IncidentAnswer>> Reopen(
        string id, ReopenIncident reopen, CallOptions? options = null, CancellationToken cancel = default) =>
        Change(id, "reopen", reopen, SakuraJson.Default.ReopenIncident, options, cancel);

    public Task<Answer<IncidentAnswer>> Merge(
        string id, MergeIncident merge, CallOptions? options = null, CancellationToken cancel = default) =>
        Change(id, "merge", merge, SakuraJson.Default.MergeIncident, options, cancel);

    public Task<Answer<IncidentAnswer>> AddFinding(
        string id, FindingText finding, CallOptions? options = null, CancellationToken cancel = default) =>
        Change(id, "findings", finding, SakuraJson.Default.FindingText, options, cancel);

    public Task<Answer<IncidentAnswer>> AddMeasure(
        string id, MeasureText measure, CallOptions? options = null, CancellationToken cancel = default) =>
        Change(id, "measures", measure, SakuraJson.Default.MeasureText, options, cancel);

    public Task<Answer<IncidentAnswer>> CompleteMeasure(
        string id, string measure, MeasureRecord record, CallOptions? options = null, CancellationToken cancel = default) =>
        Change(id, $"measures/{Escaped(measure)}/complete", record, SakuraJson.Default.MeasureRecord, options, cancel);

    private Task<Answer<IncidentAnswer>> Change<TBody>(
        string id, string what, TBody body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<TBody> shape, CallOptions? options,
        CancellationToken cancel) =>
        Post($"{Of(id)}/{what}", body, shape, SakuraJson.Default.IncidentAnswer, options, cancel);

    private static string Of(string id) => "/api/incidents/" + Escaped(id);

    private static string Escaped(string part) => Uri.EscapeDataString(part);

    private static string PathWord(StepVerb verb) => verb.ToString().ToLower(CultureInfo.InvariantCulture);
}
