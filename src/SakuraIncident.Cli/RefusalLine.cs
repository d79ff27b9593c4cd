using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SakuraIncident.Client;

namespace SakuraIncident.Cli;

/// <summary>A refusal for programs.</summary>
internal static class RefusalLine
{
    // Read by people too, and put into no page: Japanese stays as it is.
    private static readonly JsonWriterOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line <c>{status, code, title, detail, errors}</c>; null for what the server, or a proxy before it, did not say.</summary>
    public static string Line(this RefusedException refused)
    {
        var problem = refused.Problem;
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, AsWritten))
        {
            json.WriteStartObject();
            json.WriteNumber("status", (int)refused.Status);
            json.WriteString("code", problem.Code);
            json.WriteString("title", problem.Title);
            json.WriteString("detail", problem.Detail);
            json.WritePropertyName("errors");
            JsonSerializer.Serialize(json, problem.Errors, SakuraJson.Default.IReadOnlyDictionaryStringIReadOnlyListString);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
