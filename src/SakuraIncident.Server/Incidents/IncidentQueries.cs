using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Npgsql;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;

namespace SakuraIncident.Server.Incidents;

/// <summary>The reading routes of incidents: one, now or in the past; lists with filters.</summary>
public static class IncidentQueries
{
    private const int MostItems = 200;
    private const int UsualItems = 50;

    public static void MapIncidentQueries(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/incidents", ListAsync).WithSummary("事案の一覧").WithTags("incidents")
            .Reads([.. Filters.Select(f => ApiParameter.OneOf(f.Name, f.Words, $"Those of this {f.Name}."))])
            .Reads([.. Flags.Select(f => ApiParameter.Flag(f.Name, $"`true`: those that are {f.Means}; `false`: the others."))])
            .Reads(
                ApiParameter.Moment("from", "Opened at this moment or later."), ApiParameter.Moment("to", "Opened before this moment."),
                ApiParameter.Text("q", "Text in the number or the title."), ApiParameter.Cursor, ApiParameter.Limit(UsualItems, MostItems))
            .Produces<ItemsPage<IncidentAnswer>>().Refuses(422);
        routes.MapGet("/api/incidents/{id}", OneAsync).WithSummary("事案(いま、または過去の時点)").WithTags("incidents")
            .Reads(ApiParameter.At, ApiParameter.Version).Produces<IncidentAnswer>().Refuses(404, 422);
        routes.MapFormQueries();
    }

    private static Task<IResult> OneAsync(HttpContext http, string id, string? at, string? version, IncidentReads reads, CancellationToken cancellation) =>
        ReadAsync(http, id, at, version, reads, async incident =>
        {
            http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{incident.Version}\"");
            return Results.Json(await reads.AnswerAsync(incident, cancellation), ApiJson.Options);
        }, cancellation);

    /// <summary>The incident now or at a past moment, for one who may read it.</summary>
    public static async Task<IResult> ReadAsync(
        HttpContext http, string id, string? at, string? version, IncidentReads reads, Func<Incident, Task<IResult>> answer, CancellationToken cancellation)
    {
        DateTimeOffset? moment = null;
        if (at is not null)
        {
            if (!ApiJson.TryParseQuery(at, out var parsed)) return Problems.Invalid("at", ApiJson.MomentExpected("at"));
            moment = parsed;
        }
        int? number = null;
        if (version is not null)
        {
            if (!BigInteger.TryParse(version, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed)) return Problems.Invalid("version", "「version」は整数で書いてください。");
            if (parsed < 1 || parsed > int.MaxValue) return Problems.NotFound();
            number = (int)parsed;
        }
        if (await reads.IdOfAsync(id, cancellation) is not { } known) return Problems.NotFound();
        if (await reads.NowAsync(known, cancellation) is not { } now || !Authority.MayRead(http.Signed(), IncidentRow.Participants(now)))
            return Problems.NotFound();
        var incident = moment is null && number is null ? now : await reads.AtAsync(known, moment, number, cancellation);
        return incident is null ? Problems.NotFound() : await answer(incident);
    }

    private static async Task<IResult> ListAsync(HttpContext http, NpgsqlDataSource database, IncidentReads reads, CancellationToken cancellation)
    {
        var query = http.Request.Query;
        var errors = new Dictionary<string, string[]>();
        var limit = UsualItems;
        if (query["limit"].ToString() is { Length: > 0 } asked && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostItems))
            errors["limit"] = [$"「limit」は1から{MostItems}までです。"];

        await using var command = database.CreateCommand();
        var where = new StringBuilder("true");
        void And(string condition, object value)
        {
            command.Parameters.Add(new() { Value = value });
            where.Append(" and ").Append(condition.Replace("@", $"${command.Parameters.Count}", StringComparison.Ordinal));
        }

        var signed = http.Signed();
        if (!Authority.ReadsAll(signed)) And("@ = any(participants)", signed.Actor.Id);
        foreach (var (name, condition, words) in Filters)
        {
            if (query[name].ToString() is not { Length: > 0 } value) continue;
            if (!words.Contains(value)) errors[name] = [$"「{name}」の値は使えません。使えるのは {string.Join("、", words)} です。"];
            else And(condition, words == SeverityWords || words == PhaseWords ? (short)Array.IndexOf(words, value) : value);
        }
        foreach (var (name, condition, _) in Flags)
        {
            if (query[name].ToString() is not { Length: > 0 } value) continue;
            if (value is "true" or "false") And(condition, value == "true");
            else errors[name] = [$"「{name}」は true か false で書いてください。"];
        }
        foreach (var (name, condition) in new[] { ("from", "opened_at >= @"), ("to", "opened_at < @") })
        {
            if (query[name].ToString() is not { Length: > 0 } value) continue;
            if (ApiJson.TryParseQuery(value, out var moment)) And(condition, moment);
            else errors[name] = [ApiJson.MomentExpected(name)];
        }
        if (query["q"].ToString() is { Length: > 0 } text)
        {
            if (!Characters.AreText(text)) errors["q"] = [Fields.NoControl("q")];
            else And("(number || ' ' || title) ilike @", Characters.Containing(text.Normalize(NormalizationForm.FormC)));
        }
        if (query["cursor"].ToString() is { Length: > 0 } cursor)
        {
            if (Cursor.Read(cursor) is { } last)
            {
                command.Parameters.Add(new() { Value = last.OpenedAt });
                command.Parameters.Add(new() { Value = last.Id });
                where.Append(CultureInfo.InvariantCulture, $" and (opened_at, incident_id) < (${command.Parameters.Count - 1}, ${command.Parameters.Count})");
            }
            else errors["cursor"] = ["「cursor」が正しくありません。前の応答の値をそのまま送ってください。"];
        }
        if (errors.Count > 0) return Problems.Invalid(errors);

        command.CommandText =
            $"select opened_at, incident_id from sakura.incident_row where {where} order by opened_at desc, incident_id desc limit {limit + 1}";
        var found = new List<(DateTimeOffset OpenedAt, Guid Id)>();
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) found.Add((reader.GetFieldValue<DateTimeOffset>(0), reader.GetGuid(1)));
        var next = found.Count > limit ? Cursor.Write(found[limit - 1].OpenedAt, found[limit - 1].Id) : null;
        var items = await reads.BriefAsync([.. found.Take(limit).Select(f => f.Id)], cancellation);
        return Results.Json(new ItemsPage<IncidentAnswer>(items, next), ApiJson.Options);
    }

    private static readonly string[] SeverityWords = [.. Enum.GetNames<Severity>().Select(JsonNamingPolicy.CamelCase.ConvertName)];
    private static readonly string[] PhaseWords = [.. Enum.GetNames<Phase>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    private static readonly (string Name, string Condition, string[] Words)[] Filters =
    [
        ("phase", "phase = @", PhaseWords), ("severity", "severity = @", SeverityWords),
        ("category", "category = @", [.. Vocabulary.Categories.Select(c => c.Id)]),
        ("zone", "@ = any(zones)", [.. Vocabulary.Zones.Select(z => z.Id)]),
        ("body", "body = @", [.. Vocabulary.Bodies.Select(b => b.Id)]),
    ];

    private static readonly (string Name, string Condition, string Means)[] Flags =
        [("open", "(status = 'open') = @", "open"), ("drill", "drill = @", "drills"), ("imported", "imported = @", "imported")];
}
