using FluentAssertions;

namespace SakuraIncident.Server.Tests.Incidents;

/// <summary>What people write is kept as they wrote it, in one form.</summary>
public sealed class Text_at_the_door(SakuraHost host)
{
    [Theory]
    [InlineData("か\u3099そうサーバー", "がそうサーバー")] // a Mac's file name
    [InlineData("髙﨑さんの端末", "髙﨑さんの端末")] // variants of names are other characters, not other forms
    [InlineData("葛\U000E0100城市", "葛\U000E0100城市")] // IVS
    public async Task is_in_one_normal_form(string written, string kept)
    {
        using var api = await host.CallerAsync();

        var opened = (await api.PostAsync("/api/incidents", new { title = written, category = "other", assets = new[] { written } })).Ok(201);

        opened.GetProperty("title").GetString().Should().Be(kept);
        opened.GetProperty("assets")[0].GetString().Should().Be(kept);
        var found = (await api.GetAsync($"/api/incidents?q={Uri.EscapeDataString(written)}")).Ok();
        found.GetProperty("items")[0].GetProperty("id").GetString().Should().Be(opened.GetProperty("id").GetString());
    }

    [Fact]
    public async Task may_go_over_lines_wherever_it_is_written()
    {
        using var api = await host.CallerAsync();
        const string Lines = "サーバー1\r\n\tサーバー2";

        var opened = (await api.PostAsync("/api/incidents", new { title = Lines, category = "other", summary = Lines, assets = new[] { Lines } })).Ok(201);

        opened.GetProperty("title").GetString().Should().Be(Lines);
        opened.GetProperty("assets")[0].GetString().Should().Be(Lines);
    }
}
