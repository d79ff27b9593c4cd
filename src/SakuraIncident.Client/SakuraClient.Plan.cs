using System.Text.Json;
using SakuraIncident.Client.Shapes;

namespace SakuraIncident.Client;

public sealed partial class SakuraClient
{
    public Task<Answer<BoardAnswer>> Board(CancellationToken cancel = default) =>
        Get("/api/board", SakuraJson.Default.BoardAnswer, cancel);

    /// <summary>The plan in force, as the server writes it.</summary>
    public Task<Answer<JsonElement>> Plan(CancellationToken cancel = default) =>
        Get("/api/plan", SakuraJson.Default.JsonElement, cancel);

    public Task<Answer<JsonElement>> Playbook(string id, CancellationToken cancel = default) =>
        Get("/api/plan/playbooks/" + Escaped(id), SakuraJson.Default.JsonElement, cancel);

    public Task<Answer<JsonElement>> PlanCheck(CancellationToken cancel = default) =>
        Get("/api/plan/check", SakuraJson.Default.JsonElement, cancel);

    /// <summary>Who is on duty now, or at a moment.</summary>
    public Task<Answer<JsonElement>> Roster(DateTimeOffset? at = null, CancellationToken cancel = default) =>
        Get("/api/roster" + new Query().Add("at", at), SakuraJson.Default.JsonElement, cancel);

    /// <param name="what"><c>absences</c>, <c>shifts</c> or <c>swaps</c>.</param>
    public Task<Answer<JsonElement>> ChangeRoster(
        string what, JsonElement change, CallOptions? options = null, CancellationToken cancel = default) =>
        Post("/api/roster/" + Escaped(what), change, SakuraJson.Default.JsonElement, SakuraJson.Default.JsonElement, options, cancel);

    /// <summary>A register as a CSV file, verbatim: all of it is taken or nothing.</summary>
    /// <param name="register"><c>staff</c> or <c>assets</c>.</param>
    /// <param name="preview">Only tells what it would change.</param>
    public Task<Answer<RegisterAnswer>> ImportRegister(
        string register, byte[] file, bool preview = false, CallOptions? options = null, CancellationToken cancel = default) =>
        Send(
            HttpMethod.Post, (register == "staff" ? "/api/roster/staff" : "/api/" + Escaped(register)) + (preview ? "?preview=true" : ""),
            new(file, new("text/csv")), options ?? new(), SakuraJson.Default.RegisterAnswer, cancel);

    /// <param name="source"><c>servicenow</c> or <c>veris</c>.</param>
    public Task<Answer<ImportAnswer>> Import(
        string source, ImportBatch batch, CallOptions? options = null, CancellationToken cancel = default) =>
        Post("/api/imports/" + Escaped(source), batch, SakuraJson.Default.ImportBatch, SakuraJson.Default.ImportAnswer, options, cancel);
}
