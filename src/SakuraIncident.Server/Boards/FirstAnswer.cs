using System.Text.Json;
using System.Text.Json.Serialization;

namespace SakuraIncident.Server.Boards;

/// <summary>
/// An answer after which calls follow. SignalR writes what a hub's method returns after the method has ended, and gives no word of it;
/// but it serialises straight into the connection, holding its lock. What is sent after <paramref name="written"/> comes after it.
/// </summary>
[JsonConverter(typeof(Converter))]
public sealed class FirstAnswer(object answer, Action written)
{
    private sealed class Converter : JsonConverter<FirstAnswer>
    {
        public override FirstAnswer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("An answer is only written.");

        public override void Write(Utf8JsonWriter writer, FirstAnswer value, JsonSerializerOptions options)
        {
            var (answer, written) = value.Parts;
            JsonSerializer.Serialize(writer, answer, answer.GetType(), options);
            written();
        }
    }

    private (object Answer, Action Written) Parts => (answer, written);
}
