using System.Text;
using System.Text.Json;
using FluentAssertions;
using SakuraIncident.Server.Tests.Roster;

namespace SakuraIncident.Server.Tests.Http;

/// <summary>Real answers, held against the document of the API.</summary>
public sealed class Answers_of_the_API(TestDatabase postgres)
{
    [Fact]
    public async Task have_the_members_that_the_document_names_and_no_others()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        using var api = await server.CallerAsync();
        var document = new Document((await api.GetAsync("/openapi/v1.json")).Ok());

        var opened = await Post("/api/incidents", "", new
        {
            title = "個人情報の漏えい",
            category = "ransomware",
            zone = "lgwan",
            body = "education",
            severity = "critical",
            assets = new[] { "校務システム" },
            drill = new { speed = 60 },
        });
        var id = opened.GetProperty("id").GetString()!;
        var page = opened.GetProperty("pages")[0].GetProperty("id").GetString()!;
        await Post("/api/incidents/{id}/pages/{page}/acknowledge", $"{id} {page}", new { byTelephone = true });
        await Post("/api/incidents/{id}/assessment", id, new
        {
            impact = new { confidentiality = "serious", integrity = "limited", availability = "limited" },
            personalData = new { least = 1, greatest = 1500, unlawful = true, knownAt = DateTimeOffset.UtcNow.AddHours(-1) },
            reason = "被害を確かめた",
        });
        await Post("/api/incidents/{id}/findings", id, new { text = "権限が広すぎた。" });
        await Post("/api/incidents/{id}/measures", id, new { title = "権限を見直す", owner = "takahashi", dueAt = DateTimeOffset.UtcNow.AddDays(30) });
        await Post("/api/incidents/{id}/steps/{step}/skip", $"{id} nothing", new { reason = "不要" }, 404);
        await Post("/api/incidents/{id}/notes", id, new { text = "" }, 422);
        await Post("/api/incidents/{id}/close", id, new { outcome = "resolved" }, 409);
        await Post("/api/imports/servicenow", "", new
        {
            columns = new[] { "number", "incident_state", "opened_at", "sys_updated_at" },
            rows = new object[]
            {
                new { line = 2, ordinal = 0, values = new[] { "INC0000045", "New", "29-02-2016 01:16", "29-02-2016 01:23" } },
                new { line = 3, ordinal = 0, values = new[] { "" } },
            },
        });
        await Get("/api/incidents", "");
        await Get("/api/incidents/{id}", id);
        await Get("/api/incidents/{id}/events", id);
        await Get("/api/incidents/{id}/duties/{duty}/form", $"{id} ppc-preliminary");
        await Get("/api/incidents/{id}", "nothing", 404);
        await Get("/api/board", "");

        await Get("/api/plan", "");
        await Get("/api/plan/check", "");
        foreach (var playbook in new[] { "ransomware", "misdirected", "general" }) await Get("/api/plan/playbooks/{id}", playbook);
        var revision = (await Get("/api/plan/revisions", "")).GetProperty("items")[0].GetProperty("revision").GetString()!;
        await Get("/api/plan/revisions/{revision}", revision);
        await Post("/api/plan/revisions/{revision}/reasons", revision, new { reason = "年度の改訂" });

        var (from, until) = (DateTimeOffset.UtcNow.AddDays(1), DateTimeOffset.UtcNow.AddDays(2));
        var absence = await Post("/api/roster/absences", "", new { person = "takahashi", from, until });
        await Post("/api/roster/shifts", "", new { role = "csirt", person = "takahashi", from = until, until = until.AddHours(8) });
        await Get("/api/roster", "");
        await Post("/api/roster/changes/{id}/withdraw", absence.GetProperty("id").GetString()!, new { });
        await Post("/api/roster/people/{person}/calendar-key", "takahashi", new { });
        document.Check("POST", "/api/assets", await api.PostRawAsync("/api/assets", Encoding.UTF8.GetBytes(
            "資産番号,名称,機関,領域,機密性,完全性,可用性,管理者\nA-1,校務システム,教育委員会,LGWAN接続系,3B,2,2,学務課\n"), "text/csv"), 200);
        await Get("/api/assets", "");

        async Task<JsonElement> Post(string route, string parts, object body, int? status = null) =>
            document.Check("POST", route, await api.PostAsync(Filled(route, parts), body), status);

        async Task<JsonElement> Get(string route, string parts, int? status = null) =>
            document.Check("GET", route, await api.GetAsync(Filled(route, parts)), status ?? 200);
    }

    private static string Filled(string route, string parts)
    {
        foreach (var part in parts.Split(' '))
        {
            var open = route.IndexOf('{', StringComparison.Ordinal);
            if (open >= 0) route = route[..open] + part + route[(route.IndexOf('}', StringComparison.Ordinal) + 1)..];
        }
        return route;
    }

    private sealed class Document(JsonElement root)
    {
        /// <param name="status">Null: the success that the document names.</param>
        public JsonElement Check(string method, string route, ApiReply reply, int? status)
        {
            var responses = root.GetProperty("paths").GetProperty(route).GetProperty(method.ToLowerInvariant()).GetProperty("responses");
            var answered = $"{reply.Status}";
            answered.Should().Be(status is null ? responses.EnumerateObject().First(r => r.Name[0] == '2').Name : $"{status}", $"{method} {route}: {reply.Text}");
            var content = responses.GetProperty(answered).GetProperty("content").EnumerateObject().Single();
            Differences(reply.Json, content.Value.GetProperty("schema"), $"{method} {route}").Should().BeEmpty();
            return reply.Json;
        }

        private IEnumerable<string> Differences(JsonElement value, JsonElement schema, string place)
        {
            if (schema.TryGetProperty("$ref", out var reference))
                schema = root.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
            if (schema.TryGetProperty("oneOf", out var choices))
            {
                var all = choices.EnumerateArray().Select(c => Differences(value, c, place).ToList()).ToList();
                return all.MinBy(d => d.Count)!;
            }
            if (!schema.EnumerateObject().Any()) return []; // anything
            var differences = new List<string>();
            if (schema.TryGetProperty("type", out var type) && !Names(type).Intersect(Kinds(value)).Any()) return [$"{place} is {value.ValueKind}, not {type}"];
            if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(w => JsonElement.DeepEquals(w, value))) differences.Add($"{place} is {value}");
            if (value.ValueKind == JsonValueKind.Array)
                foreach (var item in value.EnumerateArray()) differences.AddRange(Differences(item, schema.GetProperty("items"), place + "[]"));
            if (value.ValueKind != JsonValueKind.Object) return differences;
            foreach (var needed in schema.TryGetProperty("required", out var required) ? required.EnumerateArray() : default)
                if (!value.TryGetProperty(needed.GetString()!, out _)) differences.Add($"{place} lacks {needed}");
            foreach (var member in value.EnumerateObject())
            {
                var inside = $"{place}.{member.Name}";
                if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out var known))
                    differences.AddRange(Differences(member.Value, known, inside));
                else if (schema.TryGetProperty("additionalProperties", out var any)) differences.AddRange(Differences(member.Value, any, inside));
                else differences.Add($"{inside} is not in the document");
            }
            return differences;
        }

        private static IEnumerable<string?> Names(JsonElement type) =>
            type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()) : [type.GetString()];

        private static IEnumerable<string> Kinds(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => ["string"],
            JsonValueKind.Number => value.TryGetInt64(out _) ? ["integer", "number"] : ["number"],
            JsonValueKind.True or JsonValueKind.False => ["boolean"],
            JsonValueKind.Null => ["null"],
            JsonValueKind.Array => ["array"],
            _ => ["object"],
        };
    }
}
