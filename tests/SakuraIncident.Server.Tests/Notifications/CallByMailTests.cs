using System.Text.Json;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SakuraIncident.Server.Identity;

namespace SakuraIncident.Server.Tests.Notifications;

/// <summary>From the call to the mailbox and back into the stream, on the real server.</summary>
public class A_call_by_mail(TestDatabase server, SakuraHost shared)
{
    [Fact]
    public async Task arrives_though_the_server_refuses_at_first_and_is_told_when_it_is_over()
    {
        await using var mail = new MailServer();
        mail.RefuseNext("451 try later");
        var (app, api) = await StartAsync(await server.CreateDatabaseAsync(), mail.Port);
        await using var _ = app;
        using var __ = api;

        var incident = await api.OpenAsync();
        var page = incident.GetProperty("pages")[0];
        var number = incident.GetProperty("number").GetString()!;
        await EventAsync(app.Services, incident, e => e.Type == "NotificationSent" && e.PageId == page.GetProperty("id").GetString());
        var call = mail.Received.Single();
        call.Subject.Should().Be($"【招集】{number} 緊急 ランサムウェア");
        call.TextBody.Should().Contain("応答する").And.Contain("https://sakura.example.jp/me").And.NotContain("試験の事案");

        (await api.PostAsync($"/api/incidents/{number}/close", new { outcome = "falseAlarm", reason = "誤報" })).Ok();
        await EventAsync(app.Services, incident, e => e.Type == "NotificationSent" && e.Key!.Contains("withdrawn", StringComparison.Ordinal));
        mail.Received.Should().HaveCount(2);
        mail.Received.Last().Subject.Should().Be($"【招集の取り下げ】{number} 緊急 ランサムウェア");
        await app.StopAsync();
    }

    [Fact]
    public async Task survives_a_restart_while_the_mail_server_is_away()
    {
        var database = await server.CreateDatabaseAsync();
        var port = MailServer.FreePort();
        JsonElement incident;
        var (app, api) = await StartAsync(database, port);
        await using (app)
        {
            incident = await api.OpenAsync(speed: 1);
            await WaitAsync(() => IsWaitingAsync(app));
            await app.StopAsync();
        }
        api.Dispose();

        await using var mail = new MailServer(port);
        var (next, nextApi) = await StartAsync(database, port);
        await using var _ = next;
        using var __ = nextApi;
        await EventAsync(next.Services, incident, e => e.Type == "NotificationSent");

        mail.Received.Should().ContainSingle().Which.Subject.Should().StartWith("【訓練】【招集】K8-");
        await next.StopAsync();
    }

    [Fact]
    public async Task to_one_who_can_be_reached_on_no_channel_is_passed_on_at_once()
    {
        using var api = await shared.CallerAsync();
        var incident = await api.OpenAsync("other", null);
        var number = incident.GetProperty("number").GetString();

        var called = (await api.PostAsync($"/api/incidents/{number}/pages", new { person = "vendor-systems" })).Ok();
        var page = called.GetProperty("pages").EnumerateArray().Last().GetProperty("id").GetString();

        await EventAsync(shared.Services, incident, e => e.Type == "PageUnanswered" && e.PageId == page);
        await EventAsync(shared.Services, incident, e => e.Type == "NotificationFailed" && e.Key!.EndsWith(":phone", StringComparison.Ordinal));
        await EventAsync(shared.Services, incident, e => e.Type == "NotificationFailed" && e.Key!.EndsWith(":mail", StringComparison.Ordinal));
        var outcomes = (await EventsAsync(shared.Services, incident)).Where(e => e.Type == "NotificationFailed").ToList();
        outcomes.Should().OnlyContain(e => e.PageId == page).And.OnlyHaveUniqueItems();
    }

    private static async Task<(WebApplication App, ApiCaller Api)> StartAsync(string database, int port)
    {
        var (app, address) = await SakuraHost.StartAsync(database, settings: new Dictionary<string, string?>
        {
            ["SAKURA_SMTP"] = $"smtp://127.0.0.1:{port}",
            ["SAKURA_PUBLIC_URL"] = "https://sakura.example.jp/",
        });
        return (app, new ApiCaller(address, await app.Services.GetRequiredService<Tokens>().CreateAsync("t", "admin", null)));
    }

    private static Task EventAsync(IServiceProvider services, JsonElement incident, Func<StoredEvent, bool> wanted) =>
        WaitAsync(async () => (await EventsAsync(services, incident)).Any(wanted));

    private static async Task<IReadOnlyList<StoredEvent>> EventsAsync(IServiceProvider services, JsonElement incident)
    {
        var events = new List<StoredEvent>();
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "select type, data ->> 'pageId', data ->> 'key' from sakura_events.mt_events where stream_id = $1 order by version");
        command.Parameters.Add(new() { Value = incident.GetProperty("id").GetGuid() });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) events.Add(new(reader.GetString(0), reader[1] as string, reader[2] as string));
        return events;
    }

    private static async Task WaitAsync(Func<Task<bool>> happened)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await happened()) await Task.Delay(100, deadline.Token);
    }

    private static async Task<bool> IsWaitingAsync(WebApplication app)
    {
        await using var command = app.Services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand("select exists (select from sakura.notification where state = 'waiting')");
        return await command.ExecuteScalarAsync() is true;
    }

    private sealed record StoredEvent(string Type, string? PageId, string? Key);
}
