using System.Text.Json;
using System.Text.Json.Serialization;

namespace SakuraIncident.Client.Shapes;

/// <summary>Who did something.</summary>
/// <param name="Kind"><c>person</c>, <c>token</c> or <c>system</c>.</param>
[JsonConverter(typeof(ActorConverter))]
public sealed record Actor(string? Kind, string? Id, string? Name)
{
    public override string ToString() => Name ?? Id ?? Kind ?? "";
}

/// <summary>Reads an actor that is written as an object, or as the id alone.</summary>
public sealed class ActorConverter : JsonConverter<Actor>
{
    public override Actor? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        return root.ValueKind switch
        {
            JsonValueKind.String => new(null, root.GetString(), null),
            JsonValueKind.Object => new(Text(root, "kind"), Text(root, "id") ?? Text(root, "person"), Text(root, "name")),
            _ => null,
        };
    }

    public override void Write(Utf8JsonWriter writer, Actor value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", value.Kind);
        writer.WriteString("id", value.Id);
        writer.WriteString("name", value.Name);
        writer.WriteEndObject();
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
