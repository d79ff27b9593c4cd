using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SakuraIncident.Server.Http;

namespace SakuraIncident.Server.Pages;

/// <summary>A form as it was sent, in the shape that the API's bodies have, so that one set of rules reads both.</summary>
/// <param name="Key">Of the rendering of the form: what is sent twice acts once.</param>
/// <param name="Back">The page to come back to; null: that of the incident.</param>
/// <param name="Hash">Of what was said, the token apart.</param>
public sealed record FormPost(
    string Form, string Do, string Target, string Key, string? Back, JsonElement Body, IReadOnlyDictionary<string, string[]> Typed, byte[] Hash)
{
    /// <summary>The name that the framework gives the token against forgery.</summary>
    private const string Token = "__RequestVerificationToken";

    private static readonly HashSet<string> Flags =
        ["byTelephone", "noMeasureNeeded", "sensitive", "financial", "unlawful", "myNumber", "publicAccess", "recovered"];
    private static readonly HashSet<string> Numbers = ["least", "greatest", "report"];
    private static readonly HashSet<string> Moments = ["occurredAt", "knownAt", "dueAt", "detectedAt", "from", "until"];
    private static readonly HashSet<string> Lists = ["zones"];
    private static readonly HashSet<string> Lines = ["stillUnknown"];
    private static readonly HashSet<string> Envelope = [Token, "key", "form", "do", "target", "back"];

    public static FormPost Of(IFormCollection form)
    {
        var body = new JsonObject();
        foreach (var (name, values) in form.Where(f => !Envelope.Contains(f.Key)))
        {
            var said = values.Where(v => !string.IsNullOrWhiteSpace(v)).Select(v => v!).ToArray();
            if (Lists.Contains(name)) body[name] = new JsonArray([.. said.Select(v => JsonValue.Create(v))]);
            else if (said.Length > 0) body[name] = ValueOf(name, said[0]);
        }
        var typed = form.ToDictionary(f => f.Key, f => f.Value.Select(v => v ?? "").ToArray());
        var text = string.Join('\n', form.Where(f => f.Key is not (Token or "key")).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}"));
        return new FormPost(
            form["form"].ToString(), form["do"].ToString(), form["target"].ToString(), form["key"].ToString(),
            form["back"].ToString() is { Length: > 0 } back ? back : null, JsonSerializer.SerializeToElement(body), typed,
            SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    public Fields Fields() => new(Body);

    private static JsonNode ValueOf(string name, string text)
    {
        if (Flags.Contains(name)) return text == "true";
        if (Numbers.Contains(name)) return int.TryParse(text.Normalize(NormalizationForm.FormKC), out var number) ? number : text;
        if (Moments.Contains(name)) return text.Length <= 19 ? text + (text.Length == 16 ? ":00" : "") + "+09:00" : text;
        if (Lines.Contains(name))
            return new JsonArray([.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(v => JsonValue.Create(v))]);
        return text;
    }
}
