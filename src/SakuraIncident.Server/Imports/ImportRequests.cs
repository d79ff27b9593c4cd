using System.Text.Json;
using Marten;
using Npgsql;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Plans;
using SakuraIncident.Server.Storage;
using SessionOptions = Marten.Services.SessionOptions;

namespace SakuraIncident.Server.Imports;

/// <summary>
/// Incidents of other systems as streams. They call nobody, have no deadlines and are not on the board. A row is taken once, however
/// often it is sent; a damaged row is named and the rest goes on. One transaction for a batch.
/// </summary>
public sealed class ImportRequests(
    IDocumentStore store, NpgsqlDataSource database, PlanLibrary plans, EventSignal signal, InFlight inFlight, AuditLog audit, TimeProvider clock)
{
    public async Task<IResult> RunAsync(HttpContext http, ImportSource source, CancellationToken cancellation)
    {
        var by = http.Signed();
        if (!Authority.MayImport(by)) return await audit.ForbidAsync(http, cancellation);
        var body = await JsonBody.ReadAsync(http.Request, cancellation);
        if (body.Problem is not null) return body.Problem;
        ImportBatch batch;
        try
        {
            batch = body.Root.Deserialize<ImportBatch>(ApiJson.Options)!;
        }
        catch (JsonException)
        {
            return Problems.Invalid("rows", "columns と rows を送ってください。");
        }
        if (batch is not { Columns: { Count: > 0 } named, Rows: { } rows }) return Problems.Invalid("rows", "columns と rows を送ってください。");
        if (named.Any(n => n is null || !Characters.AreText(n))) return Problems.Invalid("columns", "列の名前に使えない文字があります。");
        IReadOnlyList<string> columns = named!;
        if (columns.Distinct().Count() != columns.Count) return Problems.Invalid("columns", "同じ名前の列があります。");
        if (source.Needed.FirstOrDefault(n => !columns.Contains(n)) is { } missing) return Problems.Invalid("columns", $"列「{missing}」がありません。");

        var damaged = new List<DamagedRow>();
        var read = new List<ReadRow>();
        var now = clock.GetUtcNow();
        for (var i = 0; i < rows.Count; i++) Read(source, columns, rows[i], i, now, read, damaged);
        return await inFlight.WithKeyAsync(http, body.Bytes, key => TakeAsync(source, read, damaged, by.Actor, key, cancellation));
    }

    private async Task<IResult> TakeAsync(
        ImportSource source, List<ReadRow> read, List<DamagedRow> damaged, Actor by, RequestKey? key, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Batches go one after the other: two of them may bring rows of one incident, and each must see what the other added.
        await using (var turn = new NpgsqlCommand("select pg_advisory_xact_lock(8620260332)", connection)) await turn.ExecuteNonQueryAsync(cancellation);
        var answer = await FirstAnswers.OnceAsync(connection, key, 200, async () =>
        {
            await RefuseTakenNumbersAsync(connection, read, damaged, cancellation);
            await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
            var (taken, incidents) = await StoreAsync(session, source, read, by, cancellation);
            return new ImportAnswer(
                taken, read.Count - taken, incidents, [.. damaged.OrderBy(d => d.Line)], source is Veris ? Count(read) : []);
        }, cancellation);
        await transaction.CommitAsync(cancellation);
        signal.Raise();
        return answer;
    }

    /// <param name="place">In the batch: it names a row that does not say its line.</param>
    private static void Read(
        ImportSource source, IReadOnlyList<string> columns, JsonElement sent, int place, DateTimeOffset now, List<ReadRow> read, List<DamagedRow> damaged)
    {
        var line = place + 1;
        try
        {
            var row = sent.Deserialize<ImportRow>(ApiJson.Options) ?? throw new FormatException("行がありません。");
            if (row.Line > 0) line = row.Line;
            if (row.Values is not { } values || values.Count != columns.Count)
                throw new FormatException($"列が {row.Values?.Count ?? 0} 個です({columns.Count} 個のはずです)。");
            if (values.Any(v => v is null || v.Contains('\0'))) throw new FormatException("使えない文字があります。");
            var taken = source.Read(row, columns.Zip(values).ToDictionary(c => c.First, c => c.Second));
            if (taken.At > now) throw new FormatException("日時が、いまより後です。");
            read.Add(taken);
        }
        catch (FormatException damage)
        {
            damaged.Add(new DamagedRow(line, damage.Message));
        }
        catch (JsonException)
        {
            damaged.Add(new DamagedRow(line, "行の形が違います。"));
        }
    }

    /// <summary>Numbers are unique over all incidents: a row whose number another one has is damaged.</summary>
    private static async Task RefuseTakenNumbersAsync(
        NpgsqlConnection connection, List<ReadRow> read, List<DamagedRow> damaged, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select number, incident_id from sakura.incident_row where number = any($1)", connection);
        command.Parameters.Add(new() { Value = read.Select(r => r.Number).Distinct().ToArray() });
        var owners = new Dictionary<string, Guid>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) owners[reader.GetString(0)] = reader.GetGuid(1);
        bool IsTaken(ReadRow row) => owners.GetValueOrDefault(row.Number, row.Incident) != row.Incident;
        damaged.AddRange(read.Where(IsTaken).Select(r => new DamagedRow(r.Line, $"番号「{r.Number}」は、別の事案の番号です。")));
        read.RemoveAll(IsTaken);
    }

    private async Task<(int Taken, int Incidents)> StoreAsync(
        IDocumentSession session, ImportSource source, List<ReadRow> read, Actor by, CancellationToken cancellation)
    {
        var isNew = await ClaimAsync(session.Connection!, read, cancellation);
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
                var recorded = new Recorded(at, incident is null ? row.OccurredAt : null, by, EventOf(source, incident, row));
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

    private IncidentEvent EventOf(ImportSource source, Incident? incident, ReadRow row)
    {
        if (incident is not null) return new ImportedRow(row.State, row.IsClosed, row.Columns, IsLate: row.At < incident.RecordedAt);
        var playbook = row.HasPlaybook ? plans.Plan.PlaybookFor(row.Category) : null;
        return new IncidentImported(
            source.Name, row.Number, row.Title, row.Category, row.Severity, playbook?.Id, playbook?.Title, row.State, row.IsClosed, row.Columns,
            row.OccurredAt <= row.At ? row.OccurredAt : null);
    }

    /// <summary>Which of these rows nobody has taken before: hexadecimal keys.</summary>
    private static async Task<HashSet<string>> ClaimAsync(NpgsqlConnection connection, List<ReadRow> read, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "insert into sakura.imported_row (key) select distinct k from unnest($1) as k order by k on conflict do nothing returning key", connection);
        command.Parameters.Add(new() { Value = read.Select(r => r.Key).ToArray() });
        var keys = new HashSet<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) keys.Add(Convert.ToHexString(reader.GetFieldValue<byte[]>(0)));
        return keys;
    }

    private List<CategoryCount> Count(List<ReadRow> read) => read
        .GroupBy(r => (r.Category, r.HasPlaybook))
        .Select(g => new CategoryCount(
            g.Key.Category, g.Key.HasPlaybook ? plans.Plan.PlaybookFor(g.Key.Category).Id : null, g.Count(), g.Count(r => r.IsPublicSector)))
        .ToList();
}
