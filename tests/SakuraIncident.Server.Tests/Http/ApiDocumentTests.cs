using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using FluentAssertions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace SakuraIncident.Server.Tests.Http;

/// <summary><c>/openapi/v1.json</c>, read by a reader of OpenAPI as a maker of clients reads it.</summary>
public sealed partial class The_document_of_the_API(SakuraHost host)
{
    /// <summary>They take no body.</summary>
    private static readonly string[] WithoutBody = ["/calendar-key", "/calendar-key/revoke"];

    [Fact]
    public async Task is_sound()
    {
        using var api = await host.CallerAsync();

        var read = OpenApiDocument.Parse((await api.GetAsync("/openapi/v1.json")).Text, "json");

        read.Diagnostic!.Errors.Should().BeEmpty();
        read.Diagnostic.Warnings.Should().BeEmpty();
        var document = read.Document!;
        document.Security.Should().HaveCount(2);
        document.Components!.SecuritySchemes!.Keys.Should().BeEquivalentTo("bearer", "cookie");
        Operations(document).Select(o => o.Operation.OperationId).Should().OnlyHaveUniqueItems().And.NotContainNulls();
    }

    [Fact]
    public async Task has_every_route_and_no_other()
    {
        var mapped = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(m => $"{m} /{e.RoutePattern.RawText!.Trim('/')}"))
            .Where(r => r.Contains(" /api", StringComparison.Ordinal));

        Operations(await ReadAsync()).Select(o => $"{o.Method} {o.Path}").Should().BeEquivalentTo(
            [.. mapped, "GET /healthz", "GET /readyz"]);
    }

    [Fact]
    public async Task declares_every_part_of_a_path()
    {
        foreach (var (_, path, operation) in Operations(await ReadAsync()))
            (operation.Parameters ?? []).Where(p => p.In == ParameterLocation.Path && p.Required && !string.IsNullOrEmpty(p.Description)).Select(p => p.Name)
                .Should().BeEquivalentTo(Braces().Matches(path).Select(m => m.Groups["name"].Value), path);
    }

    [Fact]
    public async Task gives_every_body_and_every_answer_its_shape()
    {
        foreach (var (method, path, operation) in Operations(await ReadAsync()))
        {
            if (method == "POST" && !WithoutBody.Any(end => path.EndsWith(end, StringComparison.Ordinal)))
                operation.RequestBody!.Content!.Values.Should().OnlyContain(body => HasShape(body.Schema), path);
            foreach (var (status, response) in operation.Responses!)
            {
                response.Content!.Values.Should().NotBeEmpty(path).And.OnlyContain(content => HasShape(content.Schema), $"{method} {path} {status}");
                if (status[0] == '4') response.Content!["application/problem+json"].Schema!.Properties!.Keys.Should().Contain(["code", "errors"]);
            }
        }
    }

    [Fact]
    public async Task says_what_an_incident_takes_and_answers()
    {
        var document = await ReadAsync();
        var open = Operation(document, HttpMethod.Post, "/api/incidents");
        var note = Operation(document, HttpMethod.Post, "/api/incidents/{id}/notes");
        var list = Operation(document, HttpMethod.Get, "/api/incidents");

        open.Responses!.Keys.Should().BeEquivalentTo("201", "400", "401", "403", "409", "413", "415", "422", "503");
        open.Responses["201"].Headers!.Keys.Should().BeEquivalentTo("ETag", "Location");
        var body = open.RequestBody!.Content!["application/json"].Schema!;
        body.Required.Should().BeEquivalentTo("title", "category");
        body.Properties!["category"].Enum!.Select(c => c.ToString()).Should().Contain(["ransomware", "other"]);
        body.Properties["detectedAt"].Format.Should().Be("date-time");
        note.Responses!.Keys.Should().Contain(["200", "404", "412"]);
        note.Responses["200"].Headers!.Keys.Should().BeEquivalentTo("ETag");
        note.Parameters!.Where(p => p.In == ParameterLocation.Header).Select(p => p.Name).Should().BeEquivalentTo("If-Match", "Idempotency-Key");
        list.Parameters!.Select(p => p.Name).Should().BeEquivalentTo(
            "phase", "severity", "category", "zone", "body", "from", "to", "q", "open", "drill", "imported", "cursor", "limit");
        Operation(document, HttpMethod.Get, "/healthz").Security.Should().BeEmpty("anybody may ask");
    }

    [Fact]
    public async Task is_for_those_who_are_signed_in()
    {
        using var stranger = new HttpClient { BaseAddress = host.Address };
        using var browser = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        browser.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

        ((int)(await stranger.SendAsync(browser)).StatusCode).Should().Be(401);
    }

    private async Task<OpenApiDocument> ReadAsync()
    {
        using var api = await host.CallerAsync();
        return OpenApiDocument.Parse((await api.GetAsync("/openapi/v1.json")).Text, "json").Document!;
    }

    private static OpenApiOperation Operation(OpenApiDocument document, HttpMethod method, string path) => document.Paths[path].Operations![method];

    private static IEnumerable<(string Method, string Path, OpenApiOperation Operation)> Operations(OpenApiDocument document) =>
        document.Paths.SelectMany(p => p.Value.Operations!.Select(o => (o.Key.Method, p.Key, o.Value)));

    private static bool HasShape(IOpenApiSchema? schema) =>
        schema is { Properties.Count: > 0 } or { Items: not null } or { Type: JsonSchemaType.String };

    [GeneratedRegex(@"\{(?<name>[^}]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Braces();
}
