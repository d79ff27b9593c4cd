using System.Text.Json;
using Marten;
using Npgsql;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Plans;
using SakuraIncident.Server.Storage;

namespace SakuraIncident.Server.Imports;

/// <summary>
/// Incidents of other systems as streams. They call nobody, have no deadlines and are not on the board. A row is taken once, however
/// often it is sent; a damaged row is named and the rest goes on. One transaction for a batch.
/// </summary>
public static class ImportRoutes
{
    public const string Ddl = """
        create table if not exists sakura.imported_row (key bytea primary key);
        """;

    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        foreach (var source in new ImportSource[] { new ServiceNow(), new Veris() })
        {
            routes.MapPost($"/api/imports/{source.Name}", (HttpContext http, IDocumentStore store, PlanLibrary plans, EventSignal signal, CancellationToken c) =>
                ImportAsync(http, source, store, plans, signal, c)).WithTags("imports").WithSummary("取り込み").Produces<ImportAnswer>();
        }
    }

    private static async Task<IResult> ImportAsync(
        HttpContext http, ImportSource source, IDocumentStore store, PlanLibrary plans, EventSignal signal, CancellationToken cancellation)
    {
        var by = http.Signed();
        if (!Authority.MayImport(by))
        {
            await http.RequestServices.GetRequiredService<AuditLog>().DeniedAsync(by, http, cancellation);
            return Problems.Forbidden();
        }
        var body = await JsonBody.ReadAsync(http.Request, cancellation);
        if (body.Problem is not null) return body.Problem;
        ImportBatch batch;
        try
        {
            batch = body.Root.Deserialize<ImportBatch>(ApiJson.Options)!;
        }
        catch (JsonException)
        {
            return Wrong("rows", "columns と rows を送ってください。");
        }
        if (batch is not { Columns: { Count: > 0 } columns, Rows: { } rows }) return Wrong("rows", "columns と rows を送ってください。");
        if (columns.Distinct().Count() != columns.Count) return Wrong("columns", "同じ名前の列があります。");
        if (source.Needed.FirstOrDefault(n => !columns.Contains(n)) is { } missing) return Wrong("columns", $"列「{missing}」がありません。");

        var damaged = new List<DamagedRow>();
        var read = new List<ReadRow>();
        foreach (var row in rows) Read(source, columns, row, read, damaged);
        var (taken, incidents) = await StoreAsync(source, read, store, plans, by.Actor, cancellation);
        if (taken > 0) signal.Raise();
        var categories = source is Veris ? Count(read, plans) : [];
        return Results.Json(new ImportAnswer(taken, read.Count - taken, incidents, damaged, categories), ApiJson.Options);
    }

    private static void Read(ImportSource source, IReadOnlyList<string> columns, ImportRow row, List<ReadRow> read, List<DamagedRow> damaged)
    {
        try
        {
            if (row.Values is not { } values || values.Count != columns.Count)
                throw new FormatException($"列が {row.Values?.Count ?? 0} 個です({columns.Count} 個のはずです)。");
            if (values.Any(v => v is null || v.Contains('\0'))) throw new FormatException("使えない文字があります。");
            read.Add(source.Read(row, columns.Zip(values).ToDictionary(c => c.First, c => c.Second)));
        }
        catch (FormatException damage)
        {
            damaged.Add(new DamagedRow(row.Line, damage.Message));
        }
    }

    private static async Task<(int Taken, int Incidents)> StoreAsync(
        ImportSource source, List<ReadRow> read, IDocumentStore store, PlanLibrary plans, Actor by, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        await session.BeginTransactionAsync(cancellation);
        var isNew = await ClaimAsync(session, read, cancellation);
        var fresh = read.Where(r => isNew.Remove(Convert.ToHexString(r.Key))).GroupBy(r => r.Incident).ToList();
        var known = (await session.LoadManyAsync<Incident>(cancellation, [.. fresh.Select(g => g.Key)])).ToDictionary(i => i.Id);
        foreach (var rows in fresh)
        {
            var incident = known.GetValueOrDefault(rows.Key);
            var before = incident;
            var events = new List<JasperFx.Events.IEvent>();
            // The order is the time's; within one minute the file's.
            foreach (var row in rows.OrderBy(r => r.At))
            {
                var at = incident is not null && row.At < incident.RecordedAt ? incident.RecordedAt : row.At;
                var recorded = new Recorded(at, incident is null ? row.OccurredAt : null, by, EventOf(source, incident, row, plans));
                incident = (incident ?? new Incident { Id = row.Incident }).After(recorded);
                events.Add(session.Wrap(recorded));
            }
            if (before is null) session.Events.StartStream<Incident>(rows.Key, events.ToArray<object>());
            else session.Events.Append(rows.Key, before.Version + events.Count, events.ToArray<object>());
            IncidentRow.Store(session, incident!, null, plans.Roster);
        }
        await session.SaveChangesAsync(cancellation);
        return (fresh.Sum(g => g.Count()), fresh.Count - known.Count);
    }

    private static IncidentEvent EventOf(ImportSource source, Incident? incident, ReadRow row, PlanLibrary plans)
    {
        if (incident is not null) return new ImportedRow(row.State, row.IsClosed, row.Columns, IsLate: row.At < incident.RecordedAt);
        var playbook = row.HasPlaybook ? plans.Plan.PlaybookFor(row.Category) : null;
        return new IncidentImported(
            source.Name, row.Number, row.Title, row.Category, row.Severity, playbook?.Id, playbook?.Title, row.State, row.IsClosed, row.Columns);
    }

    /// <summary>Which of these rows nobody has taken before: hexadecimal keys.</summary>
    private static async Task<HashSet<string>> ClaimAsync(IDocumentSession session, List<ReadRow> read, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "insert into sakura.imported_row (key) select distinct k from unnest($1) as k order by k on conflict do nothing returning key", session.Connection);
        command.Parameters.Add(new() { Value = read.Select(r => r.Key).ToArray() });
        var keys = new HashSet<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) keys.Add(Convert.ToHexString(reader.GetFieldValue<byte[]>(0)));
        return keys;
    }

    private static List<CategoryCount> Count(List<ReadRow> read, PlanLibrary plans) => read
        .GroupBy(r => (r.Category, r.HasPlaybook))
        .Select(g => new CategoryCount(
            g.Key.Category, g.Key.HasPlaybook ? plans.Plan.PlaybookFor(g.Key.Category).Id : null, g.Count(), g.Count(r => r.IsPublicSector)))
        .ToList();

    private static IResult Wrong(string field, string reason) => Problems.Invalid(new Dictionary<string, string[]> { [field] = [reason] });
}
