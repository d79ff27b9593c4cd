using Npgsql;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Server.Notifications;

/// <summary>Messages on their way: each key is delivered once, on the channel that it names.</summary>
/// <param name="roster">As it stands at the moment of asking.</param>
public sealed class Deliveries(NpgsqlDataSource database, SmtpMail mail, Func<DutyRoster> roster, TimeProvider clock)
{
    /// <summary>After so many failed attempts a channel counts as failed: about eight minutes.</summary>
    public const int MostAttempts = 6;

    // Longer than an attempt may take: whoever began one and died has lost it after this.
    private static readonly TimeSpan Lease = SmtpMail.Longest + TimeSpan.FromSeconds(5);

    /// <exception cref="DeliveryDeferredException">It is to be tried again.</exception>
    public async Task<NotificationOutcome> AttemptAsync(SendNotification send, CancellationToken cancellation)
    {
        if (await BeginAsync(send, cancellation) is not { } attempt) return await KnownAsync(send, cancellation);

        var result = await DeliverAsync(send, cancellation);
        if (result.Kind == DeliveryKind.Deferred && attempt < MostAttempts)
        {
            await WriteAsync(send, "waiting", result.Reason, cancellation);
            throw new DeliveryDeferredException(result.Reason!);
        }
        var state = result.Kind switch
        {
            DeliveryKind.Sent => NotificationState.Sent,
            DeliveryKind.NotConfigured => NotificationState.NotConfigured,
            _ => NotificationState.Failed,
        };
        await WriteAsync(send, NameOf(state), result.Reason, cancellation);
        return Outcome(send, state, result.Reason);
    }

    /// <summary>Whether each of these messages was given up.</summary>
    public async Task<bool> HaveFailedAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select count(*) from sakura.notification where key = any($1) and state in ('failed', 'notConfigured')");
        command.Parameters.Add(new() { Value = keys.ToArray() });
        return await command.ExecuteScalarAsync(cancellation) is long failed && failed == keys.Count;
    }

    private async Task<Delivery> DeliverAsync(SendNotification send, CancellationToken cancellation)
    {
        switch (send.Channel)
        {
            case "product":
                return Delivery.Sent; // it stands on the person's own page
            case "mail":
                var address = roster().People.GetValueOrDefault(send.Person)?.Channels.FirstOrDefault(c => c.Kind == "mail")?.Address;
                return address is null
                    ? Delivery.Failed("メールアドレスが登録されていません。")
                    : await mail.SendAsync(address, send, cancellation);
            default:
                return Delivery.NotConfigured($"この連絡手段({send.Channel})には自動で送れません。人が連絡してください。");
        }
    }

    /// <returns>Which attempt this is; null: it is done already, or under way.</returns>
    private async Task<int?> BeginAsync(SendNotification send, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var command = database.CreateCommand("""
            insert into sakura.notification as n (key, incident_id, person, channel, state, attempts, updated_at)
            values ($1, $2, $3, $4, 'sending', 1, $5)
            on conflict (key) do update set state = 'sending', attempts = n.attempts + 1, updated_at = excluded.updated_at
            where n.state = 'waiting' or (n.state = 'sending' and n.updated_at < $6)
            returning attempts
            """);
        command.Parameters.Add(new() { Value = send.Key });
        command.Parameters.Add(new() { Value = send.IncidentId });
        command.Parameters.Add(new() { Value = send.Person });
        command.Parameters.Add(new() { Value = send.Channel });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = now - Lease });
        return await command.ExecuteScalarAsync(cancellation) as int?;
    }

    private async Task<NotificationOutcome> KnownAsync(SendNotification send, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select state, reason from sakura.notification where key = $1");
        command.Parameters.Add(new() { Value = send.Key });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var stored = await reader.ReadAsync(cancellation) ? reader.GetString(0) : "";
        foreach (var state in Enum.GetValues<NotificationState>())
        {
            if (stored == NameOf(state))
                return Outcome(send, state, await reader.IsDBNullAsync(1, cancellation) ? null : reader.GetString(1));
        }
        throw new DeliveryDeferredException("Another attempt is under way.");
    }

    private async Task WriteAsync(SendNotification send, string state, string? reason, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "update sakura.notification set state = $2, reason = $3, updated_at = $4 where key = $1");
        command.Parameters.Add(new() { Value = send.Key });
        command.Parameters.Add(new() { Value = state });
        command.Parameters.Add(new() { Value = reason ?? (object)DBNull.Value });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static NotificationOutcome Outcome(SendNotification send, NotificationState state, string? reason) =>
        new(send.IncidentId, send.Key, send.Person, send.Channel, state, reason);

    private static string NameOf(NotificationState state) => state switch
    {
        NotificationState.Sent => "sent",
        NotificationState.NotConfigured => "notConfigured",
        _ => "failed",
    };
}
