using System.Diagnostics;
using Npgsql;

namespace SakuraIncident.Benchmarks;

/// <summary>Committed commands a second through HTTP, beside pgbench with the same row writes in each transaction.</summary>
public static class Commands
{
    private const int Seconds = 6;
    private const int IncidentsOfClient = 8;

    // The rows of one command: event, stream, snapshot, board row, deadlines, idempotency record.
    private const string Ddl = """
        drop schema if exists bench cascade;
        create schema bench;
        create sequence bench.number;
        create table bench.event (seq bigint primary key, id uuid not null, stream uuid not null, version bigint not null, data jsonb not null,
            type text not null, at timestamptz not null default now(), headers jsonb, unique (stream, version));
        create table bench.stream (id uuid primary key, version bigint not null, at timestamptz not null default now());
        create table bench.snapshot (id uuid primary key, version bigint not null, data jsonb not null);
        create table bench.row (id uuid primary key, version bigint not null, opened_at timestamptz not null default now(), row jsonb not null);
        create table bench.deadline (id uuid not null, key text not null, due_at timestamptz not null, primary key (id, key));
        create index on bench.deadline (due_at);
        create table bench.idempotency (scope text not null, key text not null, hash bytea not null, id uuid not null, version int not null, primary key (scope, key));
        insert into bench.stream select lpad(to_hex(n), 32, '0')::uuid, 0 from generate_series(1, 128) n;
        insert into bench.snapshot select id, 0, jsonb_build_object('text', repeat(md5(id::text), 90)) from bench.stream;
        insert into bench.row select id, 0, now(), jsonb_build_object('text', repeat(md5(id::text), 40)) from bench.stream;
        insert into bench.deadline select id, 'status-report', now() from bench.stream;
        """;

    // A colon inside a quoted text would be a variable of pgbench.
    private const string Script = """
        \set n random(1, 128)
        begin;
        update bench.stream set version = version + 1, at = now() where id = lpad(to_hex(:n::int), 32, '0')::uuid;
        insert into bench.event (seq, id, stream, version, data, type, headers)
            select nextval('bench.number'), gen_random_uuid(), id, version, '{"noteId":"n1","text":"測定のためのメモ"}'::jsonb, 'NoteAdded', '{"by":"token bench"}'::jsonb
            from bench.stream where id = lpad(to_hex(:n::int), 32, '0')::uuid;
        update bench.snapshot set version = version + 1, data = jsonb_build_object('text', repeat(md5(random()::text), 90)) where id = lpad(to_hex(:n::int), 32, '0')::uuid;
        update bench.row set version = version + 1, row = jsonb_build_object('text', repeat(md5(random()::text), 40)) where id = lpad(to_hex(:n::int), 32, '0')::uuid;
        delete from bench.deadline where id = lpad(to_hex(:n::int), 32, '0')::uuid;
        insert into bench.deadline values (lpad(to_hex(:n::int), 32, '0')::uuid, 'status-report', now());
        insert into bench.idempotency values ('token bench POST', gen_random_uuid()::text, '\x00', lpad(to_hex(:n::int), 32, '0')::uuid, 1);
        commit;
        """;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Bench bench)
    {
        await using var connection = new NpgsqlConnection(bench.Cluster.ConnectionString);
        await connection.OpenAsync();
        await using (var ddl = new NpgsqlCommand(Ddl, connection)) await ddl.ExecuteNonQueryAsync();
        await PostAsync(bench, 16, 12); // a server that has run for a while: its hot code is compiled

        var figures = new List<Figure>();
        foreach (var clients in (int[])[1, 4, 16])
        {
            var raw = await bench.Cluster.PgbenchAsync(Script, clients, Seconds);
            var (perSecond, latencies) = await PostAsync(bench, clients, Seconds);
            figures.Add(new($"コマンド毎秒、{clients}クライアント", perSecond, "/秒", raw, "pgbench", clients == 16 ? "比 0.45以上" : null));
            figures.Add(new($"応答時間 p50、{clients}クライアント", Results.Percentile(latencies, 0.5), "ms"));
            figures.Add(new($"応答時間 p99、{clients}クライアント", Results.Percentile(latencies, 0.99), "ms"));
        }
        return figures;
    }

    private static async Task<(double PerSecond, IReadOnlyList<double> Milliseconds)> PostAsync(Bench bench, int clients, int seconds)
    {
        var incidents = new List<string[]>();
        for (var c = 0; c < clients; c++)
        {
            var own = new string[IncidentsOfClient];
            for (var i = 0; i < own.Length; i++) own[i] = await bench.OpenAsync();
            incidents.Add(own);
        }
        var whole = Stopwatch.StartNew();
        var times = await Task.WhenAll(incidents.Select(own => Task.Run(async () =>
        {
            var mine = new List<double>();
            for (var i = 0; whole.Elapsed < TimeSpan.FromSeconds(seconds); i++)
            {
                var since = Stopwatch.GetTimestamp();
                await bench.PostAsync($"/api/incidents/{own[i % own.Length]}/notes", new { text = "測定のためのメモ" });
                mine.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            }
            return mine;
        })));
        var elapsed = whole.Elapsed.TotalSeconds;
        var all = times.SelectMany(t => t).ToList();
        return (all.Count / elapsed, all);
    }
}
