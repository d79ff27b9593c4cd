using System.Globalization;
using System.Text;
using System.Text.Json;
using SakuraIncident.Client.Shapes;

namespace SakuraIncident.Client;

/// <summary>A query string that leaves out what was not said.</summary>
internal sealed class Query
{
    private readonly StringBuilder _text = new();

    public static Query Of(IncidentFilter? filter, string? cursor, int? limit)
    {
        var query = new Query().Add("cursor", cursor).Add("limit", limit);
        if (filter is null) return query;

        return query
            .Add("phase", Word(filter.Phase)).Add("severity", Word(filter.Severity)).Add("category", filter.Category)
            .Add("zone", filter.Zone).Add("body", filter.Body).Add("from", filter.From).Add("to", filter.To).Add("q", filter.Text)
            .Add("open", filter.Open).Add("drill", filter.Drill).Add("imported", filter.Imported);
    }

    public Query Add(string name, string? value)
    {
        if (value is not null)
            _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public Query Add(string name, DateTimeOffset? value) =>
        Add(name, value?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    public Query Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public Query Add(string name, bool? value) => Add(name, value is { } said ? (said ? "true" : "false") : null);

    public override string ToString() => _text.ToString();

    // The filter words are enum names in camelCase, as in answers.
    private static string? Word<T>(T? value) where T : struct, Enum =>
        value is { } word ? JsonNamingPolicy.CamelCase.ConvertName(word.ToString()) : null;

    public static implicit operator string(Query query) => query.ToString();
}
