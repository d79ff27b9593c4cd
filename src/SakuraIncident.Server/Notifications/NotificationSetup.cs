using Npgsql;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Server.Notifications;

/// <summary>Puts the sending of messages into the server. Needs an <c>NpgsqlDataSource</c> and the table of <see cref="NotificationTables"/>.</summary>
public static class NotificationSetup
{
    /// <param name="configuration">
    /// Has <c>SAKURA_SMTP</c> and <c>SAKURA_SMTP_FROM</c> (without the first, mail is not set up), and <c>SAKURA_PUBLIC_URL</c>, where
    /// those who are called find the server.
    /// </param>
    /// <param name="roster">The organisation file as it stands at the moment of asking.</param>
    /// <exception cref="FormatException">The settings are unusable; the message is for the person at the terminal.</exception>
    public static void AddNotifications(this IServiceCollection services, IConfiguration configuration, Func<IServiceProvider, DutyRoster> roster)
    {
        var mail = new SmtpMail(SmtpSettings.Read(configuration["SAKURA_SMTP"], configuration["SAKURA_SMTP_FROM"]));
        services.AddSingleton(mail);
        services.AddSingleton(new CallText(configuration["SAKURA_PUBLIC_URL"] is { Length: > 0 } address ? address : null));
        services.AddSingleton<TellingCalls>();
        services.AddSingleton<NotificationOutcomes>();
        services.AddSingleton(provider => new Deliveries(
            provider.GetRequiredService<NpgsqlDataSource>(), mail, () => roster(provider), provider.GetRequiredService<TimeProvider>()));
    }
}
