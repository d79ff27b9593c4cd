using System.Text.Json;
using FluentAssertions;

namespace SakuraIncident.Server.Tests.Incidents;

/// <summary>様式: what a receiver asks for, filled from the incident, now or as it was.</summary>
public sealed class A_form(SakuraHost host)
{
    [Fact]
    public async Task of_a_duty_is_filled_reported_and_kept_as_it_was_submitted()
    {
        using var api = await host.CallerAsync();
        var incident = await api.OpenAsync("misdirected", "internet");
        var path = $"/api/incidents/{incident.GetProperty("id").GetString()}";
        incident = (await api.PostAsync($"{path}/assessment", new
        {
            personalData = new { least = 101, greatest = 240, financial = true },
            reason = "名簿を確かめた",
        })).Ok();
        var assessed = incident.GetProperty("version").GetInt32();

        var form = (await api.GetAsync($"{path}/duties/ppc-preliminary/form")).Ok();
        form.GetProperty("report").GetInt32().Should().Be(1);
        Text(form).Should().Contain("最少 101人、最大 240人").And.Contain("調査中（追完）");
        var written = form.GetProperty("items").EnumerateArray().First(i => !i.GetProperty("isKnown").GetBoolean());

        (await api.PostAsync($"{path}/duties/ppc-preliminary/report", new
        {
            items = new Dictionary<string, string> { [written.GetProperty("id").GetString()!] = "宛先の選び違い" },
            receiptNumber = "速報-17",
            report = 1,
        })).Ok();
        (await api.PostAsync($"{path}/assessment", new { personalData = new { least = 101, greatest = 101 }, reason = "重なりを除いた" })).Ok();

        var events = (await api.GetAsync($"{path}/events?limit=200")).Ok().GetProperty("items").EnumerateArray();
        var reported = events.Single(e => e.GetProperty("type").GetString() == "DutyReported").GetProperty("data");
        reported.GetProperty("receiptNumber").GetString().Should().Be("速報-17");
        Text(reported).Should().Contain("最大 240人").And.Contain("宛先の選び違い");
        reported.GetProperty("stillUnknown").EnumerateArray().Select(u => u.GetString()).Should().NotContain(written.GetProperty("title").GetString());
        Text((await api.GetAsync($"{path}/duties/ppc-preliminary/form")).Ok()).Should().Contain("101人").And.NotContain("240人");
        Text((await api.GetAsync($"{path}/duties/ppc-preliminary/form?version={assessed}")).Ok()).Should().Contain("最大 240人");
    }

    [Fact]
    public async Task of_the_plan_can_be_read_for_any_incident_by_who_may_read_it()
    {
        using var api = await host.CallerAsync();
        using var stranger = await host.CallerAsync("manager");
        var id = (await api.OpenAsync("ransomware", "lgwan")).GetProperty("id").GetString();

        (await api.GetAsync($"/api/incidents/{id}/forms/ransomware")).Ok().GetProperty("title").GetString().Should().NotBeNullOrEmpty();
        (await api.GetAsync($"/api/incidents/{id}/forms/nope")).Status.Should().Be(404);
        (await api.GetAsync($"/api/incidents/{id}/duties/nope/form")).Status.Should().Be(404);
        (await stranger.GetAsync($"/api/incidents/{id}/forms/ransomware")).Status.Should().Be(404);
    }

    /// <summary>Each duty has the form that its receiver asks for, and nothing in a filled one is left in braces.</summary>
    [Fact]
    public async Task of_every_duty_that_ships_is_filled_to_the_last_placeholder()
    {
        using var api = await host.CallerAsync();
        foreach (var (category, zone, body) in new[] { ("ransomware", "lgwan", "mayor"), ("contractor-incident", "cloud", "mayor"), ("misdirected", "internet", "assembly") })
        {
            var opened = (await api.PostAsync("/api/incidents", new { title = "様式の確認", category, zone, body })).Ok(201);
            var path = $"/api/incidents/{opened.GetProperty("id").GetString()}";
            var incident = (await api.PostAsync($"{path}/assessment", new
            {
                personalData = new { least = 1, greatest = 200, unlawful = true, myNumber = true },
                reason = "漏えいのおそれ",
            })).Ok();
            foreach (var duty in incident.GetProperty("duties").EnumerateArray().Select(d => d.GetProperty("id").GetString()))
                Text((await api.GetAsync($"{path}/duties/{duty}/form")).Ok()).Should().NotContainAny("{", "}");
        }
    }

    private static string Text(JsonElement form) => string.Join('\n', form.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("text").GetString()));
}
