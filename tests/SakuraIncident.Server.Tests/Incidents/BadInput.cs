using System.Text;
using System.Text.Json;
using FluentAssertions;

namespace SakuraIncident.Server.Tests.Incidents;

/// <summary>Every kind of bad input gets its status, a stable code and a Japanese sentence, and changes nothing.</summary>
public sealed class Bad_input(SakuraHost host)
{
    public static TheoryData<string, string, string, int, string> Bodies => new()
    {
        { "unknown category", "/api/incidents", """{"title":"a","category":"alien"}""", 422, "invalid" },
        { "no title", "/api/incidents", """{"category":"other"}""", 422, "invalid" },
        { "blank title", "/api/incidents", """{"title":"  ","category":"other"}""", 422, "invalid" },
        { "title of 201 letters", "/api/incidents", $$"""{"title":"{{new string('あ', 201)}}","category":"other"}""", 422, "invalid" },
        { "control character", "/api/incidents", """{"title":"a\u0007b","category":"other"}""", 422, "invalid" },
        { "zero character", "/api/incidents", """{"title":"a\u0000b","category":"other"}""", 422, "invalid" },
        { "title that is a number", "/api/incidents", """{"title":5,"category":"other"}""", 422, "invalid" },
        { "unknown zone", "/api/incidents", """{"title":"a","category":"other","zone":"moon"}""", 422, "invalid" },
        { "unknown body", "/api/incidents", """{"title":"a","category":"other","body":"school"}""", 422, "invalid" },
        { "moment after now", "/api/incidents", """{"title":"a","category":"other","occurredAt":"2999-01-01T00:00:00Z"}""", 422, "after-now" },
        { "detected after now", "/api/incidents", """{"title":"a","category":"other","detectedAt":"2999-01-01T00:00:00Z"}""", 422, "after-now" },
        { "occurred before anybody lived", "/api/incidents", """{"title":"a","category":"other","occurredAt":"0001-01-01T09:00:00Z"}""", 422, "too-early" },
        { "detected before anybody lived", "/api/incidents", """{"title":"a","category":"other","detectedAt":"1899-12-31T23:59:59Z"}""", 422, "too-early" },
        { "known before anybody lived", "/api/incidents/ID/assessment", """{"personalData":{"least":1,"knownAt":"0001-01-01T09:00:00Z"},"reason":"数えた"}""", 422, "too-early" },
        { "asset with a control character", "/api/incidents", """{"title":"a","category":"other","assets":["a\u0007"]}""", 422, "invalid" },
        { "moment without offset", "/api/incidents", """{"title":"a","category":"other","detectedAt":"2026-01-01T00:00:00"}""", 422, "invalid" },
        { "severity below the rule", "/api/incidents", """{"title":"a","category":"ransomware","zone":"lgwan","severity":"low"}""", 422, "severity-below-rule" },
        { "drill too fast", "/api/incidents", """{"title":"a","category":"other","drill":{"speed":3601}}""", 422, "drill-speed" },
        { "drill that is no object", "/api/incidents", """{"title":"a","category":"other","drill":true}""", 422, "invalid" },
        { "malformed JSON", "/api/incidents", """{"title":""", 400, "malformed-json" },
        { "an array", "/api/incidents", "[]", 400, "malformed-json" },
        { "half a surrogate pair", "/api/incidents", """{"title":"\ud800","category":"other"}""", 400, "malformed-json" },
        { "unknown step", "/api/incidents/ID/steps/nope/complete", "{}", 404, "step-unknown" },
        { "step that waits", "/api/incidents/ID/steps/triage/complete", """{"record":"見た"}""", 409, "step-waiting" },
        { "step of a later phase", "/api/incidents/ID/steps/isolate/complete", """{"record":"見た"}""", 409, "wrong-phase" },
        { "record missing", "/api/incidents/ID/steps/confirm/complete", "{}", 422, "record-missing" },
        { "skip without reason", "/api/incidents/ID/steps/confirm/skip", "{}", 422, "reason-missing" },
        { "unknown page", "/api/incidents/ID/pages/p999/acknowledge", "{}", 404, "page-unknown" },
        { "unknown person called", "/api/incidents/ID/pages", """{"person":"nobody"}""", 422, "person-unknown" },
        { "unknown role called", "/api/incidents/ID/pages", """{"role":"king"}""", 422, "role-unknown" },
        { "nobody called", "/api/incidents/ID/pages", "{}", 422, "role-or-person" },
        { "unknown role in the path", "/api/incidents/ID/roles/king", """{"person":"sato"}""", 404, "role-unknown" },
        { "unknown person assigned", "/api/incidents/ID/roles/lead", """{"person":"nobody"}""", 422, "person-unknown" },
        { "gate not met", "/api/incidents/ID/phase", """{"to":"containment"}""", 409, "gate-not-met" },
        { "a phase that does not exist", "/api/incidents/ID/phase", """{"to":"lunch"}""", 422, "invalid" },
        { "two phases at once", "/api/incidents/ID/phase", """{"to":"recovery"}""", 409, "phase-order" },
        { "close before the gates", "/api/incidents/ID/close", """{"outcome":"resolved"}""", 409, "gate-not-met" },
        { "false alarm without reason", "/api/incidents/ID/close", """{"outcome":"falseAlarm"}""", 422, "reason-missing" },
        { "duplicate of nothing", "/api/incidents/ID/close", """{"outcome":"duplicate","reason":"同じ"}""", 422, "duplicate-of" },
        { "duplicate of the unknown", "/api/incidents/ID/close", """{"outcome":"duplicate","reason":"同じ","of":"R8-9999"}""", 422, "invalid" },
        { "people the wrong way round", "/api/incidents/ID/assessment", """{"personalData":{"least":5,"greatest":2},"reason":"数えた"}""", 422, "people-range" },
        { "assessment without reason", "/api/incidents/ID/assessment", """{"severity":"critical"}""", 422, "invalid" },
        { "empty note", "/api/incidents/ID/notes", """{"text":""}""", 422, "invalid" },
        { "correction of no note", "/api/incidents/ID/notes/n9/correct", """{"text":"x"}""", 404, "note-unknown" },
        { "items that are a list", "/api/incidents/ID/duties/internal-first-report/report", """{"items":["x"]}""", 422, "invalid" },
        { "item that is a number", "/api/incidents/ID/duties/internal-first-report/report", """{"items":{"when":3}}""", 422, "invalid" },
        { "item that the form does not have", "/api/incidents/ID/duties/internal-first-report/report", """{"items":{"color":"red"}}""", 422, "item-unknown" },
        { "report of another number", "/api/incidents/ID/duties/internal-first-report/report", """{"report":7}""", 422, "report-number" },
        { "unknown duty", "/api/incidents/ID/duties/nope/report", """{"text":"x"}""", 404, "duty-unknown" },
        { "measure without owner", "/api/incidents/ID/measures", """{"title":"x","dueAt":"2030-01-01T00:00:00Z"}""", 422, "invalid" },
        { "measure due in no year that screens show", "/api/incidents/ID/measures", """{"title":"x","owner":"sato","dueAt":"9999-12-31T23:59:59Z"}""", 422, "due-year" },
        { "measure due long ago", "/api/incidents/ID/measures", """{"title":"x","owner":"sato","dueAt":"1999-12-31T00:00:00Z"}""", 422, "due-year" },
        { "telephone that is a word", "/api/incidents/ID/pages/p1/decline", """{"byTelephone":"yes"}""", 422, "invalid" },
        { "incident with a control character", "/api/incidents/R8%07-0001/notes", """{"text":"x"}""", 404, "not-found" },
        { "unknown incident", "/api/incidents/R8-9999/notes", """{"text":"x"}""", 404, "not-found" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task is_refused_in_words_and_changes_nothing(string what, string path, string body, int status, string code)
    {
        using var api = await host.CallerAsync();
        var incident = await api.OpenAsync();
        var id = incident.GetProperty("id").GetString()!;

        var reply = await api.PostRawAsync(path.Replace("ID", id, StringComparison.Ordinal), Encoding.UTF8.GetBytes(body));

        reply.Status.Should().Be(status, what + ": " + reply.Text);
        reply.Code.Should().Be(code, what);
        reply.Json.GetProperty("detail").GetString().Should().MatchRegex("[ぁ-んァ-ヶ一-龠]");
        (await api.GetAsync($"/api/incidents/{id}")).Json.GetProperty("version").GetInt32().Should().Be(incident.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task of_invalid_utf8_is_400()
    {
        using var api = await host.CallerAsync();
        (await api.PostRawAsync("/api/incidents", [.. "{\"title\":\""u8, 0xFF, 0xFE, .. "\",\"category\":\"other\"}"u8])).Status.Should().Be(400);
    }

    [Fact]
    public async Task of_another_content_type_is_415()
    {
        using var api = await host.CallerAsync();
        (await api.PostRawAsync("/api/incidents", "title=a"u8.ToArray(), "application/x-www-form-urlencoded")).Status.Should().Be(415);
    }

    [Fact]
    public async Task of_a_mebibyte_is_413()
    {
        using var api = await host.CallerAsync();
        var body = JsonSerializer.SerializeToUtf8Bytes(new { title = new string('a', 1024 * 1024), category = "other" });
        (await api.PostRawAsync("/api/incidents", body)).Status.Should().Be(413);
    }

    [Fact]
    public async Task a_stale_version_is_412_and_the_present_one_is_taken()
    {
        using var api = await host.CallerAsync();
        var incident = await api.OpenAsync();
        var path = $"/api/incidents/{incident.GetProperty("id").GetString()}/notes";

        (await api.PostAsync(path, new { text = "古い" }, ("If-Match", "\"1\""))).Status.Should().Be(412);
        (await api.PostAsync(path, new { text = "新しい" }, ("If-Match", $"\"{incident.GetProperty("version").GetInt32()}\""))).Status.Should().Be(200);
    }

    [Fact]
    public async Task a_repeated_key_gets_the_first_answer_and_another_body_422()
    {
        using var api = await host.CallerAsync();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var first = await api.PostAsync("/api/incidents", new { title = "一度だけ", category = "other" }, key);
        var id = first.Json.GetProperty("id").GetString();
        (await api.PostAsync($"/api/incidents/{id}/notes", new { text = "その後" })).Ok();

        var again = await api.PostAsync("/api/incidents", new { title = "一度だけ", category = "other" }, key);
        var other = await api.PostAsync("/api/incidents", new { title = "別の内容", category = "other" }, key);

        again.Status.Should().Be(201);
        again.Text.Should().Be(first.Text);
        other.Status.Should().Be(422);
        other.Code.Should().Be("key-reused");
    }

    [Fact]
    public async Task what_people_write_reaches_no_log()
    {
        using var api = await host.CallerAsync();
        var incident = await api.OpenAsync();
        var path = $"/api/incidents/{incident.GetProperty("id").GetString()}/notes";
        var replies = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => api.PostAsync(path, new { text = $"花見川市太郎の記録{i}" })));

        replies.Should().OnlyContain(r => r.Status == 200);
        replies.Select(r => r.ETag).Should().OnlyHaveUniqueItems();
        host.Log.Text.Should().NotContain("花見川市太郎");
    }
}
