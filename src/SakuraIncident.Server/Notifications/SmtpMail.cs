using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Text;

namespace SakuraIncident.Server.Notifications;

/// <summary>The channel mail, by SMTP.</summary>
/// <param name="settings">Null: mail is not set up.</param>
public sealed class SmtpMail(SmtpSettings? settings)
{
    /// <summary>An attempt takes no longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private const string DrillMark = "【訓練】";

    public bool IsConfigured => settings is not null;

    public async Task<Delivery> SendAsync(string address, SendNotification send, CancellationToken cancellation)
    {
        if (settings is null) return Delivery.NotConfigured("メールの送信が設定されていません(SAKURA_SMTP)。");
        if (!MailboxAddress.TryParse(address, out var to)) return Delivery.Failed("登録されているメールアドレスの形が正しくありません。");

        using var message = MessageOf(to, send, settings.From);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Longest);
        try
        {
            await SendAsync(message, settings, limit.Token);
            return Delivery.Sent;
        }
        catch (SmtpCommandException refused)
        {
            // 4yz: not now. 5yz: never.
            var reason = string.Create(CultureInfo.InvariantCulture, $"メールサーバーが受け付けませんでした({(int)refused.StatusCode})。");
            return (int)refused.StatusCode >= 500 ? Delivery.Failed(reason) : Delivery.Deferred(reason);
        }
        catch (AuthenticationException)
        {
            return Delivery.Deferred("メールサーバーの認証に失敗しました。");
        }
        catch (SslHandshakeException)
        {
            return Delivery.Deferred("メールサーバーと安全に接続できません(TLS)。");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Delivery.Deferred("メールサーバーの応答がありません。");
        }
        catch (Exception away) when (away is SocketException or IOException or ProtocolException or NotSupportedException or TimeoutException)
        {
            return Delivery.Deferred("メールサーバーに接続できません。");
        }
    }

    private static async Task SendAsync(MimeMessage message, SmtpSettings settings, CancellationToken cancellation)
    {
        using var client = new SmtpClient();
        client.Timeout = (int)Longest.TotalMilliseconds;
        client.CheckCertificateRevocation = false; // lists of revoked certificates cannot be had in a closed network
        await client.ConnectAsync(settings.Host, settings.Port, settings.Security, cancellation);
        if (settings.User is not null) await client.AuthenticateAsync(settings.User, settings.Password ?? "", cancellation);
        await client.SendAsync(message, cancellation);
        try
        {
            await client.DisconnectAsync(quit: true, cancellation);
        }
        catch (Exception farewell) when (farewell is IOException or ProtocolException or SocketException or OperationCanceledException)
        {
            // The server has taken the message: a bad farewell must not send it again.
        }
    }

    private static MimeMessage MessageOf(MailboxAddress to, SendNotification send, string from)
    {
        var message = new MimeMessage
        {
            Subject = (send.Drill ? DrillMark : "") + new string([.. send.Subject.Select(c => char.IsControl(c) ? ' ' : c)]),
            // The same for each attempt: who gets it twice sees that it is one.
            MessageId = $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(send.Key)))[..32]}@sakura-incident",
            Body = new TextPart(TextFormat.Plain) { Text = send.Drill ? $"{DrillMark}これは訓練です。\n\n{send.Body}" : send.Body },
        };
        message.From.Add(MailboxAddress.Parse(from));
        message.To.Add(to);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
