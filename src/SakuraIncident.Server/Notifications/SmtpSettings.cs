using MailKit.Security;
using MimeKit;

namespace SakuraIncident.Server.Notifications;

/// <summary>Where mail goes: <c>smtp://user:password@host:port</c> or <c>smtps://…</c>, and who sends it.</summary>
/// <param name="Security">
/// <c>smtp</c>: TLS where the server offers it, and always where a password is sent to another machine, unless <c>?tls=off</c>;
/// <c>smtps</c>: TLS from the first byte.
/// </param>
public sealed record SmtpSettings(string Host, int Port, SecureSocketOptions Security, string? User, string? Password, string From)
{
    /// <param name="address">Null or empty: mail is not set up.</param>
    /// <param name="from">The sender; null: the user where that is an address, else <c>sakura-incident@host</c>.</param>
    /// <exception cref="FormatException">It is no such address. The message does not repeat it, for it may hold a password.</exception>
    public static SmtpSettings? Read(string? address, string? from)
    {
        if (string.IsNullOrWhiteSpace(address)) return null;
        if (!Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("smtp" or "smtps") || uri.Host.Length == 0
            || uri.Query is not ("" or "?tls=off"))
            throw new FormatException("SAKURA_SMTP は smtp://利用者:パスワード@ホスト:ポート か smtps://… の形で指定してください。");

        var parts = uri.UserInfo.Split(':', 2);
        var user = parts[0].Length > 0 ? Uri.UnescapeDataString(parts[0]) : null;
        var password = user is null ? null : parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "";
        var sender = !string.IsNullOrWhiteSpace(from) ? from.Trim()
            : user?.Contains('@', StringComparison.Ordinal) == true ? user : $"sakura-incident@{uri.Host}";
        if (!MailboxAddress.TryParse(sender, out _)) throw new FormatException("SAKURA_SMTP_FROM はメールアドレスで指定してください。");
        return new SmtpSettings(uri.IdnHost.Trim('[', ']'), PortOf(uri, user), SecurityOf(uri, user), user, password, sender);
    }

    private static SecureSocketOptions SecurityOf(Uri uri, string? user) => uri switch
    {
        { Scheme: "smtps" } => SecureSocketOptions.SslOnConnect,
        { Query: "?tls=off" } => SecureSocketOptions.None,
        _ when user is not null && !uri.IsLoopback => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.StartTlsWhenAvailable,
    };

    private static int PortOf(Uri uri, string? user)
    {
        if (uri.Port > 0) return uri.Port;
        if (uri.Scheme == "smtps") return 465;
        return user is null ? 25 : 587;
    }
}
