using FluentAssertions;

namespace SakuraIncident.Server.Tests.Incidents;

/// <summary>A call that was declined by telephone, entered by hand.</summary>
public sealed class Declining_by_telephone(SakuraHost host)
{
    [Fact]
    public async Task is_kept_and_told_in_the_timeline()
    {
        using var api = await host.CallerAsync();
        var incident = await api.OpenAsync();
        var path = $"/api/incidents/{incident.GetProperty("id").GetString()}";

        (await api.PostAsync($"{path}/pages/p1/decline", new { byTelephone = true, reason = "帰宅した" })).Ok()
            .GetProperty("pages")[0].GetProperty("state").GetString().Should().Be("declined");

        var declined = (await api.GetAsync(path + "/events")).Ok().GetProperty("items").EnumerateArray().Single(e => e.GetProperty("type").GetString() == "PageDeclined");
        declined.GetProperty("data").GetProperty("byTelephone").GetBoolean().Should().BeTrue();
        (await api.GetAsync($"/incidents/{incident.GetProperty("number").GetString()}")).Text.Should().Contain("は招集に応じられません(電話)");
    }
}
