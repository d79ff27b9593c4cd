using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentAssertions;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Storage;

namespace SakuraIncident.Server.Tests.Storage;

/// <summary>
/// One stored sample of every event ever written (tests/data/events.jsonl). A sample is never changed: where the form of an event
/// changes, a new sample is added, and the old one must still be read.
/// </summary>
public sealed class Every_event_ever_stored
{
    private static readonly string File = Path.Combine(SakuraHost.Root, "tests", "data", "events.jsonl");

    public static TheoryData<string, string> Samples => new(System.IO.File.ReadLines(File).Select(line =>
    {
        var sample = JsonNode.Parse(line)!;
        return (sample["type"]!.GetValue<string>(), sample["data"]!.ToJsonString());
    }).ToArray());

    [Theory]
    [MemberData(nameof(Samples))]
    public void is_read_and_loses_nothing(string type, string data)
    {
        var known = StoredEvents.Names.Single(n => n.Value == type).Key;

        var read = StoredEvents.Read(known, Encoding.UTF8.GetBytes(data));

        // What it holds now holds all that was stored; a later form may add to it.
        var again = JsonNode.Parse(JsonSerializer.Serialize(read, known, StoredEvents.Json))!;
        Lost(JsonNode.Parse(data)!, again, type).Should().BeEmpty();
    }

    /// <summary>The first days wrote words with a capital.</summary>
    [Fact]
    public void may_have_words_with_a_capital()
    {
        object? Read(Type type, string data) => StoredEvents.Read(type, Encoding.UTF8.GetBytes(data));

        Read(typeof(PhaseMoved), """{"from":"Detection","to":"Containment"}""").Should().Be(new PhaseMoved(Phase.Detection, Phase.Containment, null));
        Read(typeof(IncidentClosed), """{"outcome":"FalseAlarm","reason":"誤り"}""").Should().Be(new IncidentClosed(Outcome.FalseAlarm, null, "誤り"));
    }

    [Fact]
    public void has_a_sample() =>
        StoredEvents.Names.Values.Should().BeSubsetOf(System.IO.File.ReadLines(File).Select(line => JsonNode.Parse(line)!["type"]!.GetValue<string>()));

    private static IEnumerable<string> Lost(JsonNode stored, JsonNode? present, string path)
    {
        switch (stored)
        {
            case JsonObject map:
                return map.Where(m => m.Value is not null).SelectMany(m => Lost(m.Value!, (present as JsonObject)?[m.Key], $"{path}.{m.Key}"));
            case JsonArray list:
                return list.SelectMany((item, i) => Lost(item!, present is JsonArray other && i < other.Count ? other[i] : null, $"{path}[{i}]"));
            default:
                return JsonNode.DeepEquals(stored, present) || IsSameMoment(stored, present) ? [] : [path];
        }
    }

    /// <summary>+00:00 and Z say the same.</summary>
    private static bool IsSameMoment(JsonNode stored, JsonNode? present) =>
        stored.GetValueKind() == JsonValueKind.String && present?.GetValueKind() == JsonValueKind.String
        && DateTimeOffset.TryParse(stored.GetValue<string>(), CultureInfo.InvariantCulture, out var before)
        && DateTimeOffset.TryParse(present.GetValue<string>(), CultureInfo.InvariantCulture, out var after) && before == after;
}
