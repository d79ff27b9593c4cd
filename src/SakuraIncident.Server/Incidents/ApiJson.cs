using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SakuraIncident.Server.Incidents;

/// <summary>JSON as the outside reads and writes it: camelCase, words for enumerations, UTC.</summary>
public static class ApiJson
{
    public static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new UtcConverter());
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        return options;
    }

    /// <summary>Writes <c>2026-11-24T05:32:00Z</c>; reads ISO 8601 with an offset, since a time without one could be nine hours off.</summary>
    public sealed class UtcConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var moment)
                ? moment
                : throw new JsonException("日時は 2026-11-24T05:32:00Z のように、時差を付けて書いてください。");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime);
    }

    /// <summary>What a person reads who wrote a moment that cannot be read.</summary>
    public static string MomentExpected(string field) => $"「{field}」は 2026-11-24T05:32:00Z のように、時差を付けた日時で書いてください。";

    /// <summary>A moment in a query, where <c>+</c> has become a space.</summary>
    public static bool TryParseQuery(string? text, out DateTimeOffset moment) => TryParse(text?.Replace(' ', '+'), out moment);

    /// <summary>ISO 8601 with an offset (<c>Z</c> or <c>+09:00</c>), kept to the millisecond; null or anything else: false.</summary>
    public static bool TryParse(string? text, out DateTimeOffset moment)
    {
        moment = default;
        if (text is null || text.Length is < 17 or > 40) return false;
        var hasOffset = text[^1] is 'Z' or 'z' || text.LastIndexOfAny(['+', '-']) > 10;
        if (!hasOffset || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)) return false;
        var moved = parsed.ToUniversalTime();
        moment = moved.AddTicks(-(moved.Ticks % TimeSpan.TicksPerMillisecond));
        return true;
    }
}
