using FluentAssertions;
using Npgsql;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Notifications;
using SakuraIncident.Server.Tests.Identity;

namespace SakuraIncident.Server.Tests.Notifications;

public sealed class A_message_to_a_person(TestDatabase server) : IAsyncLifetime
{
    private static readonly DutyRoster Roster = new(
        new Dictionary<string, Person>
        {
            ["tanaka"] = new("tanaka", "田中 一郎", "mayor", "総務部", "主査", [new("product", null), new("mail", "tanaka@example.jp")], false),
            ["suzuki"] = new("suzuki", "鈴木 花子", "mayor", "税務課", "主事", [new("product", null)], false),
        },
        [], [], []);

    private readonly MailServer mailServer = new();
    private readonly StoppedClock clock = new();
    private NpgsqlDataSource database = null!;

    public async ValueTask InitializeAsync()
    {
        var connectionString = await server.CreateDatabaseAsync();
        await SignInHost.ExecuteAsync(connectionString, NotificationTables.Ddl);
        database = NpgsqlDataSource.Create(connectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await mailServer.DisposeAsync();
    }

    [Fact]
    public async Task is_sent_once_however_often_it_is_asked_for()
    {
        var send = Message("tanaka", "mail");

        for (var i = 0; i < 3; i++) (await Deliver(send)).Outcome.Should().Be(NotificationState.Sent);

        mailServer.Received.Should().HaveCount(1);
    }

    [Fact]
    public async Task is_sent_once_where_two_ask_at_the_same_moment()
    {
        var send = Message("tanaka", "mail");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                await Deliver(send);
            }
            catch (DeliveryDeferredException)
            {
                // Another one is at it.
            }
        }));

        mailServer.Received.Should().HaveCount(1);
    }

    [Fact]
    public async Task comes_back_until_the_server_takes_it()
    {
        var send = Message("tanaka", "mail");
        mailServer.RefuseNext("451 try later");
        mailServer.RefuseNext("421 overloaded");

        await FluentActions.Awaiting(() => Deliver(send)).Should().ThrowAsync<DeliveryDeferredException>();
        await FluentActions.Awaiting(() => Deliver(send)).Should().ThrowAsync<DeliveryDeferredException>();

        (await Deliver(send)).Outcome.Should().Be(NotificationState.Sent);
        mailServer.Received.Should().HaveCount(1);
    }

    [Fact]
    public async Task counts_as_failed_after_the_last_attempt_and_stays_so()
    {
        var send = Message("tanaka", "mail");
        for (var i = 1; i < Deliveries.MostAttempts; i++)
        {
            mailServer.RefuseNext("451 try later");
            await FluentActions.Awaiting(() => Deliver(send)).Should().ThrowAsync<DeliveryDeferredException>();
        }
        mailServer.RefuseNext("451 try later");

        var outcome = await Deliver(send);

        outcome.Outcome.Should().Be(NotificationState.Failed);
        outcome.Reason.Should().Contain("451");
        (await Deliver(send)).Should().Be(outcome);
        mailServer.Received.Should().BeEmpty();
    }

    [Fact]
    public async Task whose_sender_died_is_sent_by_the_next_one_after_a_while()
    {
        var send = Message("tanaka", "mail");
        await using (var died = database.CreateCommand(
            "insert into sakura.notification (key, incident_id, person, channel, state, attempts, updated_at) values ($1, $2, '', '', 'sending', 1, $3)"))
        {
            died.Parameters.Add(new() { Value = send.Key });
            died.Parameters.Add(new() { Value = send.IncidentId });
            died.Parameters.Add(new() { Value = clock.Now });
            await died.ExecuteNonQueryAsync();
        }

        await FluentActions.Awaiting(() => Deliver(send)).Should().ThrowAsync<DeliveryDeferredException>();
        clock.Now += TimeSpan.FromSeconds(26);

        (await Deliver(send)).Outcome.Should().Be(NotificationState.Sent);
    }

    [Theory]
    [InlineData("tanaka", "product", NotificationState.Sent)]
    [InlineData("tanaka", "phone", NotificationState.NotConfigured)]
    [InlineData("suzuki", "mail", NotificationState.Failed)]
    [InlineData("nobody", "mail", NotificationState.Failed)]
    public async Task on_other_channels_has_an_outcome_at_once(string person, string channel, NotificationState outcome) =>
        (await Deliver(Message(person, channel))).Outcome.Should().Be(outcome);

    private Task<NotificationOutcome> Deliver(SendNotification send) =>
        new Deliveries(database, new SmtpMail(SmtpSettings.Read(mailServer.Address, null)), () => Roster, clock)
            .AttemptAsync(send, CancellationToken.None);

    private static SendNotification Message(string person, string channel) =>
        new(Guid.NewGuid(), $"{Guid.NewGuid()}:{channel}", person, channel, "【招集】R8-0042", "すぐに応答してください。", false);
}
