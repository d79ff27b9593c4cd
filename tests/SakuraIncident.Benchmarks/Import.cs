using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace SakuraIncident.Benchmarks;

/// <summary>Audit rows of ServiceNow's form, made up, in batches through HTTP, beside plain inserts of as many rows in as many transactions.</summary>
public static class Import
{
    private const int Batches = 20;
    private const int IncidentsOfBatch = 25;
    private const int RowsOfIncident = 8;

    private static readonly string[] Columns =
    [
        "number", "incident_state", "active", "reassignment_count", "reopen_count", "sys_mod_count", "made_sla", "caller_id", "opened_by", "opened_at",
        "sys_created_by", "sys_created_at", "sys_updated_by", "sys_updated_at", "contact_type", "location", "category", "subcategory", "u_symptom",
        "cmdb_ci", "impact", "urgency", "priority", "assignment_group", "assigned_to", "knowledge", "u_priority_confirmation", "notify", "problem_id",
        "rfc", "vendor", "caused_by", "closed_code", "resolved_by", "resolved_at", "closed_at",
    ];

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Bench bench)
    {
        var before = await CountAsync(bench);
        var since = Stopwatch.StartNew();
        var line = 2;
        for (var b = 0; b < Batches; b++)
        {
            var rows = new List<object>();
            for (var i = 0; i < IncidentsOfBatch; i++)
                for (var r = 0; r < RowsOfIncident; r++) rows.Add(new { line = line++, ordinal = 0, values = Row((b * IncidentsOfBatch) + i, r) });
            await bench.PostAsync("/api/imports/servicenow", new { columns = Columns, rows });
        }
        var seconds = since.Elapsed.TotalSeconds;
        var events = await CountAsync(bench) - before;
        return [new("取り込み", events / seconds, "イベント/秒", await RawAsync(bench.Cluster.ConnectionString, events), "素の INSERT、同じ件数と取引数")];
    }

    private static string[] Row(int incident, int update)
    {
        var opened = new DateTime(2016, 3, 1, 8, 0, 0).AddMinutes(incident);
        var updated = opened.AddHours(update);
        string state = update == 0 ? "New" : update == RowsOfIncident - 1 ? "Closed" : "Active";
        return
        [
            $"BENCH{incident:D7}", state, state == "Closed" ? "FALSE" : "TRUE", "0", "0", $"{update}", "TRUE", "Caller 1", "Opened by  8", At(opened),
            "Created by 6", At(opened), "Updated by 21", At(updated), "Phone", "Location 143", "Category 55", "Subcategory 170", "Symptom 72", "?",
            "2 - Medium", "2 - Medium", "3 - Moderate", $"Group {update}", "?", "TRUE", "FALSE", "Do Not Notify", "?", "?", "?", "?", "code 5",
            "Resolved by 149", At(opened.AddDays(1)), At(opened.AddDays(2)),
        ];
    }

    private static string At(DateTime moment) => moment.ToString("dd-MM-yyyy HH:mm", CultureInfo.InvariantCulture);

    private static async Task<long> CountAsync(Bench bench)
    {
        await using var connection = new NpgsqlConnection(bench.Cluster.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select count(*) from sakura_events.mt_events", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Events a second of plain inserts.</summary>
    private static async Task<double> RawAsync(string connectionString, long events)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using (var ddl = new NpgsqlCommand(
            "drop table if exists public.imported; create table public.imported (seq bigserial primary key, stream uuid not null, version int not null, data jsonb not null, unique (stream, version))",
            connection)) await ddl.ExecuteNonQueryAsync();
        var since = Stopwatch.StartNew();
        var stream = Guid.NewGuid();
        var version = 0;
        for (var b = 0; b < Batches; b++)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            for (var i = 0; i < events / Batches; i++)
            {
                await using var insert = new NpgsqlCommand("insert into public.imported (stream, version, data) values ($1, $2, $3::jsonb)", connection, transaction);
                insert.Parameters.Add(new() { Value = stream });
                insert.Parameters.Add(new() { Value = ++version });
                insert.Parameters.Add(new() { Value = $$"""{"values":"{{string.Join(',', Columns)}}"}""" });
                await insert.ExecuteNonQueryAsync();
            }
            await transaction.CommitAsync();
        }
        return version / since.Elapsed.TotalSeconds;
    }
}
