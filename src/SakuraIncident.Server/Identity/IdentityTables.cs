namespace SakuraIncident.Server.Identity;

/// <summary>Tables of sign-in, tokens, audit and keys, in schema <c>sakura</c>. Idempotent: run at every start.</summary>
public static class IdentityTables
{
    public const string Ddl = """
        create schema if not exists sakura;

        create table if not exists sakura.account (
            person text primary key,
            password_hash text not null,
            created_at timestamptz not null default now(),
            disabled boolean not null default false
        );

        -- Only the SHA-256 of a token's 32 random bytes is kept.
        create table if not exists sakura.token (
            id uuid primary key,
            name text not null,
            role text not null,
            person text,
            hash bytea not null unique,
            created_at timestamptz not null default now(),
            revoked_at timestamptz
        );

        -- Who signed in, and who was refused what. No passwords, no bodies, no free text.
        create table if not exists sakura.audit (
            id bigint generated always as identity primary key,
            at timestamptz not null default now(),
            what text not null,
            who_kind text,
            who text,
            token uuid,
            method text not null,
            path text not null,
            address text
        );
        create index if not exists audit_newest on sakura.audit (at desc);

        create table if not exists sakura.data_protection_key (
            id bigint generated always as identity primary key,
            name text not null,
            xml text not null,
            created_at timestamptz not null default now()
        );
        """;
}
