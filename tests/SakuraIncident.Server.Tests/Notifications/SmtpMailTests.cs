using FluentAssertions;
using MailKit.Security;
using SakuraIncident.Server.Notifications;

namespace SakuraIncident.Server.Tests.Notifications;

public class Mail
{
    private static readonly SendNotification Call = new(
        Guid.Parse("0198a000-0000-7000-8000-000000000001"), "page:p1:mail", "tanaka", "mail", "【招集】R8-0042 端末の異常", "すぐに応答してください。", false);

    [Fact]
    public async Task arrives_in_japanese()
    {
        await using var server = new MailServer();

        (await SendAsync(server.Address, Call)).Should().Be(Delivery.Sent);

        var message = server.Received.Should().ContainSingle().Subject;
        message.Subject.Should().Be("【招集】R8-0042 端末の異常");
        message.TextBody!.Trim().Should().Be("すぐに応答してください。");
        message.From.ToString().Should().Contain("sakura-incident@127.0.0.1");
        message.Headers["Auto-Submitted"].Should().Be("auto-generated");
        server.Recipients.Should().Equal("tanaka@example.jp");
    }

    [Fact]
    public async Task of_a_drill_says_so_in_subject_and_text()
    {
        await using var server = new MailServer();

        await SendAsync(server.Address, Call with { Drill = true });

        var message = server.Received.Single();
        message.Subject.Should().StartWith("【訓練】");
        message.TextBody.Should().StartWith("【訓練】これは訓練です。");
    }

    [Fact]
    public async Task keeps_its_identity_over_attempts()
    {
        await using var server = new MailServer();

        await SendAsync(server.Address, Call);
        await SendAsync(server.Address, Call);
        await SendAsync(server.Address, Call with { Key = "page:p2:mail" });

        var ids = server.Received.Select(m => m.MessageId).ToList();
        ids[1].Should().Be(ids[0]);
        ids[2].Should().NotBe(ids[0]);
    }

    [Fact]
    public async Task takes_no_header_from_a_subject()
    {
        await using var server = new MailServer();

        await SendAsync(server.Address, Call with { Subject = "a\r\nBcc: other@example.jp" });

        server.Received.Single().Bcc.Count.Should().Be(0);
        server.Recipients.Should().HaveCount(1);
    }

    [Theory]
    [InlineData("451 try later", DeliveryKind.Deferred, "(451)")]
    [InlineData("550 tanaka@example.jp unknown", DeliveryKind.Failed, "(550)")]
    public async Task that_is_refused_is_deferred_or_given_up_without_naming_anybody(string answer, DeliveryKind kind, string code)
    {
        await using var server = new MailServer();
        server.RefuseNext(answer);

        var delivery = await SendAsync(server.Address, Call);

        delivery.Kind.Should().Be(kind);
        delivery.Reason.Should().Contain(code).And.NotContain("tanaka");
    }

    [Fact]
    public async Task waits_for_a_server_that_is_away() =>
        (await SendAsync($"smtp://127.0.0.1:{MailServer.FreePort()}", Call)).Kind.Should().Be(DeliveryKind.Deferred);

    [Fact]
    public async Task says_name_and_password()
    {
        await using var server = new MailServer { Login = ("sakura", "秘密 p@ss") };

        (await SendAsync($"smtp://sakura:{Uri.EscapeDataString("秘密 p@ss")}@127.0.0.1:{server.Port}", Call)).Should().Be(Delivery.Sent);
        (await SendAsync($"smtp://sakura:wrong@127.0.0.1:{server.Port}", Call)).Should().Match<Delivery>(
            d => d.Kind == DeliveryKind.Deferred && !d.Reason!.Contains("wrong"));
    }

    [Fact]
    public async Task that_is_not_set_up_says_so() =>
        (await SendAsync(null, Call)).Kind.Should().Be(DeliveryKind.NotConfigured);

    [Fact]
    public async Task to_something_that_is_no_address_fails_at_once()
    {
        await using var server = new MailServer();

        (await SendAsync(server.Address, Call, "no address")).Kind.Should().Be(DeliveryKind.Failed);

        server.Connections.Should().Be(0);
    }

    [Theory]
    [InlineData("smtp://mail.example.jp", "mail.example.jp", 25, SecureSocketOptions.StartTlsWhenAvailable)]
    [InlineData("smtp://u:p@mail.example.jp", "mail.example.jp", 587, SecureSocketOptions.StartTls)]
    [InlineData("smtp://u:p@mail.example.jp:25?tls=off", "mail.example.jp", 25, SecureSocketOptions.None)]
    [InlineData("smtp://u:p@127.0.0.1:2525", "127.0.0.1", 2525, SecureSocketOptions.StartTlsWhenAvailable)]
    [InlineData("smtps://u:p@mail.example.jp", "mail.example.jp", 465, SecureSocketOptions.SslOnConnect)]
    public void settings_send_no_password_in_the_open(string address, string host, int port, SecureSocketOptions security) =>
        SmtpSettings.Read(address, null).Should().BeEquivalentTo(new { Host = host, Port = port, Security = security });

    [Theory]
    [InlineData("mail.example.jp")]
    [InlineData("http://u:secret@mail.example.jp")]
    [InlineData("smtp://u:secret@")]
    [InlineData("smtp://u:secret@mail.example.jp?tls=perhaps")]
    public void settings_that_cannot_be_used_are_refused_without_repeating_them(string address) =>
        FluentActions.Invoking(() => SmtpSettings.Read(address, null)).Should().Throw<FormatException>().Which.Message.Should().NotContain("secret");

    private static Task<Delivery> SendAsync(string? server, SendNotification send, string address = "tanaka@example.jp") =>
        new SmtpMail(SmtpSettings.Read(server, null)).SendAsync(address, send, CancellationToken.None);
}
