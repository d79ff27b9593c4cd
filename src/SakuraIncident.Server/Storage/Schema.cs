namespace SakuraIncident.Server.Storage;

/// <summary>Tables beside Marten's, in schema <c>sakura</c>. Idempotent: run at every start.</summary>
public static class Schema
{
    /// <summary>The schema of Marten's tables.</summary>
    public const string Events = "sakura_events";

    public const string Ddl = """
        create schema if not exists sakura;

        -- One row for each incident: lists, search and the board read it. Written with the events that change it.
        create table if not exists sakura.incident_row (
            incident_id uuid primary key,
            number text not null unique,
            version int not null,
            title text not null,
            category text not null,
            body text not null,
            zones text[] not null,
            severity smallint not null,
            phase smallint not null,
            status text not null,
            drill boolean not null,
            imported boolean not null,
            opened_at timestamptz not null,
            participants text[] not null,
            row jsonb not null
        );
        create index if not exists incident_row_newest on sakura.incident_row (opened_at desc, incident_id desc);
        create index if not exists incident_row_open on sakura.incident_row (opened_at) where status = 'open' and not imported;

        -- Every outstanding deadline of every incident, rewritten with the events that change them.
        create table if not exists sakura.deadline (
            incident_id uuid not null,
            key text not null,
            due_at timestamptz not null,
            primary key (incident_id, key)
        );
        create index if not exists deadline_due on sakura.deadline (due_at);

        -- The last number of each series (R8, K8): taken in the opening's own transaction, so that none is missing.
        create table if not exists sakura.number_series (
            series text primary key,
            last int not null
        );

        -- The first answer to a repeated request: the incident as it was at that version.
        create table if not exists sakura.idempotency (
            scope text not null,
            key text not null,
            body_hash bytea not null,
            incident_id uuid not null,
            version int not null,
            status smallint not null,
            created_at timestamptz not null default now(),
            primary key (scope, key)
        );
        """;
}
