using Npgsql;
using NpgsqlTypes;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Server.Plans;

/// <summary>
/// Every plan that was ever in force, by its hash, since an incident is worked and replayed by the plan it was opened with.
/// The roster beside it is the one that was last in force with that plan; it is only read when the files are broken at a start.
/// </summary>
public sealed class PlanRevisions(NpgsqlDataSource database)
{
    public const string Ddl = """
        create schema if not exists sakura;
        create table if not exists sakura.plan_revision (
            hash text primary key,
            content jsonb not null,
            roster jsonb not null,
            put_in_force_at timestamptz not null
        );

        -- Each time a plan came into force, also one that had been in force before.
        create table if not exists sakura.plan_in_force (
            number bigint generated always as identity primary key,
            hash text not null,
            at timestamptz not null
        );

        -- Who stands for a revision, and why. Rows are only added.
        create table if not exists sakura.plan_reason (
            number bigint generated always as identity primary key,
            hash text not null,
            reason text not null,
            by_kind text not null,
            by_id text not null,
            at timestamptz not null
        );
        """;

    public void PutInForce(EmergencyPlan plan, DutyRoster roster, DateTimeOffset at)
    {
        using var command = database.CreateCommand("""
            with last as (select hash from sakura.plan_in_force order by number desc limit 1),
            told as (insert into sakura.plan_in_force (hash, at) select $1, $4 where $1 is distinct from (select hash from last))
            insert into sakura.plan_revision (hash, content, roster, put_in_force_at) values ($1, $2, $3, $4)
            on conflict (hash) do update set roster = excluded.roster, put_in_force_at = excluded.put_in_force_at
            """);
        command.Parameters.Add(new() { Value = plan.Revision });
        command.Parameters.Add(new() { Value = EmergencyPlanJson.Write(plan), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = EmergencyPlanJson.Write(roster), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = at.ToUniversalTime() });
        command.ExecuteNonQuery();
    }

    public EmergencyPlan? Find(string revision)
    {
        if (revision.Any(char.IsControl)) return null; // PostgreSQL refuses NUL
        using var command = database.CreateCommand("select content::text from sakura.plan_revision where hash = $1");
        command.Parameters.Add(new() { Value = revision });
        return command.ExecuteScalar() is string content ? EmergencyPlanJson.ReadPlan(content) : null;
    }

    public (EmergencyPlan Plan, DutyRoster Roster)? LastInForce()
    {
        using var command = database.CreateCommand(
            "select content::text, roster::text from sakura.plan_revision order by put_in_force_at desc limit 1");
        using var reader = command.ExecuteReader();
        return reader.Read() ? (EmergencyPlanJson.ReadPlan(reader.GetString(0)), EmergencyPlanJson.ReadRoster(reader.GetString(1))) : null;
    }
}
