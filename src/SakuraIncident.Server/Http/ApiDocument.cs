using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SakuraIncident.Server.Incidents;

namespace SakuraIncident.Server.Http;

/// <summary><c>/openapi/v1.json</c>: what the framework finds out about the routes, and what only we know.</summary>
public static partial class ApiDocument
{
    /// <summary>What the parts of a path are, by the segment before them.</summary>
    private static readonly IReadOnlyDictionary<string, string> PathParts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["incidents"] = "The incident: its UUID, or its number such as `R8-0042`.",
        ["notes"] = "The id of a note: `noteId` of the event `NoteAdded`.",
        ["steps"] = "The id of one of the incident's `steps`.",
        ["roles"] = "The id of a role.",
        ["pages"] = "The id of one of the incident's `pages`.",
        ["duties"] = "The id of one of the incident's `duties`.",
        ["forms"] = "The id of a form of the plan.",
        ["measures"] = "The id of one of the incident's `measures`.",
        ["playbooks"] = "The id of a playbook.",
        ["revisions"] = "A revision of the plan: SHA-256, hexadecimal.",
        ["changes"] = "The id of a change of the roster.",
        ["people"] = "The id of a person on the staff.",
    };

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            Introduce(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(CompleteAsync);
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Complete(schema, context);
            return Task.CompletedTask;
        });
    });

    private static void Introduce(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "SakuraIncident",
            Version = "v1",
            Description = "情報セキュリティインシデント対応のAPI。日時は UTC の ISO 8601、誤りは RFC 9457 の problem で答えます。",
        };
        foreach (var server in document.Servers ?? []) server.Url = server.Url?.TrimEnd('/'); // every path begins with one
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["bearer"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A token of `sakura token create`.",
            },
            ["cookie"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = "sakura-session",
                Description = "The session of a person who signed in at `/sign-in`.",
            },
        };
        document.Security =
        [
            new() { [new OpenApiSecuritySchemeReference("bearer", document)] = [] },
            new() { [new OpenApiSecuritySchemeReference("cookie", document)] = [] },
        ];
    }

    private static async Task CompleteAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var path = context.Description.RelativePath ?? "";
        operation.OperationId = NameOf(context.Description.HttpMethod ?? "GET", path);
        operation.Parameters ??= [];
        foreach (Match part in PathPart().Matches(path)) Add(operation.Parameters, PathParameter(part));
        foreach (var parameter in metadata.OfType<ApiParameter>())
            Add(operation.Parameters, new OpenApiParameter
            {
                Name = parameter.Name,
                In = parameter.In,
                Schema = parameter.Schema,
                Description = parameter.Description,
            });
        if (operation.Parameters.Count == 0) operation.Parameters = null;
        foreach (var body in metadata.OfType<ApiBody>())
        {
            operation.RequestBody ??= new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType>() };
            operation.RequestBody.Content![body.MediaType] = new OpenApiMediaType
            {
                Schema = body.Shape is { } shape ? await context.GetOrCreateSchemaAsync(shape, null, cancellation) : body.File,
            };
        }
        if (metadata.OfType<IAllowAnonymous>().Any()) operation.Security = [];
        foreach (var (status, response) in operation.Responses ?? [])
            if (response is OpenApiResponse own) AddHeaders(own, status, AnswersIncident(context, status));
    }

    private static bool AnswersIncident(OpenApiOperationTransformerContext context, string status) =>
        context.Description.SupportedResponseTypes.Any(r => r.Type == typeof(IncidentAnswer) && status == $"{r.StatusCode}");

    private static void AddHeaders(OpenApiResponse response, string status, bool isIncident)
    {
        void Header(string name, string description, JsonSchemaType type = JsonSchemaType.String)
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            response.Headers[name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = type } };
        }

        if (isIncident) Header("ETag", "The incident's version, in quotes.");
        if (isIncident && status == "201") Header("Location", "The incident's address.");
        if (status is "409" or "503") Header("Retry-After", "Seconds after which the same request may be sent again.", JsonSchemaType.Integer);
    }

    private static OpenApiParameter PathParameter(Match part) => new()
    {
        Name = part.Groups["name"].Value,
        In = ParameterLocation.Path,
        Required = true,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Description = PathParts.GetValueOrDefault(part.Groups["of"].Value),
    };

    private static void Add(IList<IOpenApiParameter> parameters, OpenApiParameter parameter)
    {
        if (parameters.FirstOrDefault(p => p.Name == parameter.Name && p.In == parameter.In) is { } bound) parameters.Remove(bound);
        parameters.Add(parameter);
    }

    /// <summary>The method and the path's fixed segments, and the last one in any case: <c>postIncidentsStepsComplete</c>, <c>getIncidentsId</c>.</summary>
    private static string NameOf(string method, string path)
    {
        var segments = path.Split('/').ToList();
        var named = segments.Where((s, i) => s != "api" && (!s.StartsWith('{') || i == segments.Count - 1));
        return method.ToLowerInvariant() + string.Concat(named.SelectMany(s => Word().Matches(s)).Select(w => $"{char.ToUpperInvariant(w.Value[0])}{w.Value[1..]}"));
    }

    private static void Complete(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var type = context.JsonTypeInfo.Type;
        if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTimeOffset)) // our own converter, of which the framework knows nothing
        {
            schema.Type = type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
            schema.Format = "date-time";
        }
        if (type.IsEnum) schema.Type ??= JsonSchemaType.String;
        if (type == typeof(ProblemDetails)) CompleteProblem(schema);
        if (type == typeof(JsonElement)) // only the data of an event
        {
            schema.Type = JsonSchemaType.Object;
            schema.Description = "The event as it is stored: which members it has depends on its type.";
            schema.AdditionalProperties = new OpenApiSchema();
        }
        if (context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(WordsAttribute), false) is [WordsAttribute words, ..])
            Name((schema.Items as OpenApiSchema) ?? schema, words.Words);
    }

    private static void Name(OpenApiSchema schema, IEnumerable<string> words)
    {
        schema.Enum = [.. words.Select(w => JsonValue.Create(w))];
        if (schema.Type?.HasFlag(JsonSchemaType.Null) == true) schema.Enum.Add(JsonNullSentinel.JsonNull);
    }

    /// <summary>The members of <see cref="Problems"/> beside those of RFC 9457.</summary>
    private static void CompleteProblem(OpenApiSchema schema)
    {
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        schema.Properties["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What went wrong, for programs: stable, kebab-case." };
        schema.Properties["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "What is wrong with each field, in Japanese.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
        schema.Required = new HashSet<string> { "type", "title", "status", "detail", "code" };
    }

    [GeneratedRegex(@"(?<of>[^/{}]+)/\{(?<name>[^}:]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PathPart();

    [GeneratedRegex("[A-Za-z0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
