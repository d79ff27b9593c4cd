using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SakuraIncident.Cli;

namespace SakuraIncident.Server.Tests.Client;

/// <summary>A server that is newer than the command says words that the command does not know.</summary>
public sealed class A_newer_server(SakuraHost host)
{
    public static TheoryData<string, string> Words => new()
    {
        { "kind", "task" }, { "state", "waiting" }, { "state", "calling" }, { "phase", "detection" }, { "severity", "critical" }, { "status", "open" },
        { "state", "running" },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public async Task is_understood_but_for_the_word_and_its_text_is_printed_as_it_came(string member, string word)
    {
        using var api = await host.CallerAsync();
        var id = (await api.OpenAsync()).GetProperty("id").GetString()!;
        var text = (await api.GetAsync($"/api/incidents/{id}")).Text.Replace($"\"{member}\":\"{word}\"", $"\"{member}\":\"hologram\"", StringComparison.Ordinal);
        text.Should().Contain("hologram");
        await using var newer = await AnsweringAsync(text);

        var shown = await RunAsync(newer, "incident", "show", id);
        var json = await RunAsync(newer, "incident", "show", id, "--json");

        shown.Code.Should().Be(0, shown.Error);
        if (member != "kind") shown.Out.Should().Contain("(不明)");
        json.Should().Be((0, text + "\n", ""));
    }

    private static async Task<WebApplication> AnsweringAsync(string text)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(http => http.Response.WriteAsync(text));
        await app.StartAsync();
        return app;
    }

    private static async Task<(int Code, string Out, string Error)> RunAsync(WebApplication server, params string[] args)
    {
        var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await Sakura.Run(
            args, new(output, error, Interactive: false, ErrorInteractive: false, name => name == "SAKURA_URL" ? address : null, TimeProvider.System));
        return (code, output.ToString(), error.ToString());
    }
}
