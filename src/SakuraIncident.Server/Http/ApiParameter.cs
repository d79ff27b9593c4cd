using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Server.Http;

/// <summary>What a route reads of a request by itself, so that the framework cannot know of it; or knows only as text.</summary>
public sealed record ApiParameter(string Name, ParameterLocation In, OpenApiSchema Schema, string Description)
{
    public static readonly ApiParameter IfMatch = new(
        "If-Match", ParameterLocation.Header, new() { Type = JsonSchemaType.String },
        "The version that the sender saw, in quotes, as `ETag` gave it. Where there is a later one: 412, and nothing is changed.");

    public static readonly ApiParameter IdempotencyKey = new(
        "Idempotency-Key", ParameterLocation.Header, new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255 },
        "The same key with the same body gives the first answer again; with another body 422; while the first is under way 409 with `Retry-After`.");

    public static readonly ApiParameter At = Moment("at", "The answer as it was at this moment.");

    public static readonly ApiParameter Version = new(
        "version", ParameterLocation.Query, new() { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1" }, "The answer as it was at this version.");

    public static readonly ApiParameter Cursor = Text("cursor", "Where the part before ended: its `cursor`.");

    public static ApiParameter Limit(int usual, int most) => new(
        "limit", ParameterLocation.Query,
        new()
        {
            Type = JsonSchemaType.Integer,
            Format = "int32",
            Minimum = "1",
            Maximum = most.ToString(CultureInfo.InvariantCulture),
            Default = JsonValue.Create(usual),
        },
        "How many items at most.");

    public static ApiParameter Text(string name, string description) =>
        new(name, ParameterLocation.Query, new() { Type = JsonSchemaType.String }, description);

    public static ApiParameter Flag(string name, string description) =>
        new(name, ParameterLocation.Query, new() { Type = JsonSchemaType.Boolean }, description);

    public static ApiParameter Moment(string name, string description) =>
        new(name, ParameterLocation.Query, new() { Type = JsonSchemaType.String, Format = "date-time" }, description);

    public static ApiParameter OneOf(string name, IEnumerable<string> words, string description) => new(
        name, ParameterLocation.Query, new() { Type = JsonSchemaType.String, Enum = [.. words.Select(w => JsonValue.Create(w))] }, description);
}

/// <summary>The body of a route that refuses other content types in its own words. What is known to routing is refused there.</summary>
/// <param name="Shape">What is sent; null: a file, as <paramref name="File"/> says.</param>
public sealed record ApiBody(string MediaType, Type? Shape, OpenApiSchema? File = null)
{
    public static readonly ApiBody Csv = new("text/csv", null, new() { Type = JsonSchemaType.String });

    public static readonly ApiBody CsvInForm = new("multipart/form-data", null, new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema> { ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } },
        Required = new HashSet<string> { "file" },
    });
}

/// <summary>The values are ids of one list of the vocabulary, named by <paramref name="list"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WordsAttribute(string list) : Attribute
{
    public IEnumerable<string> Words => (list switch
    {
        nameof(Vocabulary.Categories) => Vocabulary.Categories,
        nameof(Vocabulary.Zones) => Vocabulary.Zones,
        nameof(Vocabulary.Bodies) => Vocabulary.Bodies,
        nameof(Vocabulary.Roles) => Vocabulary.Roles,
        _ => throw new JsonException($"No list {list}."),
    }).Select(w => w.Id);
}
