using System.Text;
using System.Text.Json;

namespace SakuraIncident.Server.Http;

/// <summary>A request's JSON object, or the problem that keeps it from being one: 400, 413, 415.</summary>
public sealed record JsonBody(JsonElement Root, byte[] Bytes, IResult? Problem)
{
    public const int MostBytes = 256 * 1024;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <param name="mostBytes">Over this: 413.</param>
    public static async Task<JsonBody> ReadAsync(HttpRequest request, CancellationToken cancellation, int mostBytes = MostBytes)
    {
        if (request.ContentLength is not 0 && !IsJson(request.ContentType) && !(request.ContentType is null && request.ContentLength is null or 0))
        {
            return new JsonBody(default, [], Problems.WrongContentType());
        }
        var bytes = await ReadBytesAsync(request, mostBytes, cancellation);
        if (bytes is null)
            return Bad(413, "too-large", "内容が大きすぎます", $"送れる内容は {mostBytes / 1024} KiB までです。");
        if (bytes.Length == 0) bytes = "{}"u8.ToArray();
        try
        {
            Strict.GetCharCount(bytes);
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 16 });
            var root = document.RootElement.Clone();
            if (root.ValueKind != JsonValueKind.Object) return Malformed("JSON のオブジェクト {…} を送ってください。");
            CheckTexts(root);
            return new JsonBody(root, bytes, null);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return Malformed("JSON として読めません。文字コード(UTF-8)と書き方を確かめてください。");
        }
    }

    /// <summary>Half a surrogate pair is no text: reading it throws.</summary>
    private static void CheckTexts(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) CheckTexts(item);
                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    CheckTexts(property.Value);
                }
                break;
            default:
                break;
        }
    }

    private static async Task<byte[]?> ReadBytesAsync(HttpRequest request, int mostBytes, CancellationToken cancellation)
    {
        if (request.ContentLength > mostBytes) return null;
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(chunk, cancellation)) > 0;)
        {
            if (buffer.Length + read > mostBytes) return null;
            buffer.Write(chunk, 0, read);
        }
        return buffer.ToArray();
    }

    private static bool IsJson(string? contentType) =>
        contentType is not null && System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType is { } media
        && (media.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (media.StartsWith("application/", StringComparison.OrdinalIgnoreCase) && media.EndsWith("+json", StringComparison.OrdinalIgnoreCase)))
        && type.CharSet is null or "utf-8" or "UTF-8" or "\"utf-8\"";

    private static JsonBody Malformed(string detail) => Bad(400, "malformed-json", "内容を読めません", detail);

    private static JsonBody Bad(int status, string code, string title, string detail) =>
        new(default, [], Problems.Of(status, code, title, detail));
}
