namespace SakuraIncident.Server.Notifications;

/// <summary>Idempotent: run at every start.</summary>
public static class NotificationTables
{
    public const string Ddl = """
        create schema if not exists sakura;

        -- One row for each message to a person: sent once, whoever asks how often. State: sending, waiting, sent, failed, notConfigured.
        create table if not exists sakura.notification (
            key text primary key,
            incident_id uuid not null,
            person text not null,
            channel text not null,
            state text not null,
            attempts int not null,
            reason text,
            updated_at timestamptz not null
        );
        """;
}
