using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Server.Plans;

/// <summary>A plan and a roster as JSON, so that a revision can be kept and read again years later.</summary>
public static class EmergencyPlanJson
{
    /// <summary>Japanese stays readable in the database; nothing of it is ever put into a page as it is.</summary>
    private static readonly PlanJson Json = new(new JsonSerializerOptions(PlanJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Write(EmergencyPlan plan) => JsonSerializer.Serialize(InOrder(plan), Json.EmergencyPlan);

    public static EmergencyPlan ReadPlan(string json) =>
        JsonSerializer.Deserialize(json, Json.EmergencyPlan) ?? throw new JsonException("null");

    public static string Write(DutyRoster roster) => JsonSerializer.Serialize(roster, Json.DutyRoster);

    public static DutyRoster ReadRoster(string json) =>
        JsonSerializer.Deserialize(json, Json.DutyRoster) ?? throw new JsonException("null");

    /// <summary>The plan with its revision: SHA-256 of what it says, whatever the files look like.</summary>
    public static EmergencyPlan WithRevision(EmergencyPlan plan)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(InOrder(plan with { Revision = "" }), Json.EmergencyPlan);
        return plan with { Revision = Convert.ToHexStringLower(SHA256.HashData(content)) };
    }

    /// <summary>The same plan with its dictionaries in order: a plan that comes back from <c>jsonb</c> has lost it.</summary>
    private static EmergencyPlan InOrder(EmergencyPlan plan) => plan with
    {
        Playbooks = Sorted(plan.Playbooks.ToDictionary(p => p.Key, p => InOrder(p.Value))),
        SeverityRules = [.. plan.SeverityRules.Select(InOrder)],
        Ladders = Sorted(plan.Ladders),
        Duties =
        [
            .. plan.Duties.Select(d => d with
            {
                When = InOrder(d.When),
                LongerWhen = d.LongerWhen is null ? null : InOrder(d.LongerWhen),
                Term = InOrder(d.Term),
                LongerTerm = d.LongerTerm is null ? null : InOrder(d.LongerTerm),
            }),
        ],
        Forms = plan.Forms is null ? null : Sorted(plan.Forms),
        Calendar = new(Sorted(plan.Calendar.Holidays), Sorted(plan.Calendar.CityClosedDays)),
    };

    private static Playbook InOrder(Playbook playbook) => playbook with
    {
        SeverityRules = [.. playbook.SeverityRules.Select(InOrder)],
        Steps = [.. playbook.Steps.Select(s => s with { When = InOrder(s.When) })],
    };

    private static SeverityRule InOrder(SeverityRule rule) => rule with { When = InOrder(rule.When) };

    private static Domain.Duties.DutyTerm InOrder(Domain.Duties.DutyTerm term) =>
        term with { Clock = term.Clock is null ? null : Sorted(term.Clock) };

    private static Condition InOrder(Condition condition) => condition with
    {
        Choice = condition.Choice is null ? null : Sorted(condition.Choice),
        Any = condition.Any is null ? null : [.. condition.Any.Select(InOrder)],
        Unless = condition.Unless is null ? null : InOrder(condition.Unless),
    };

    private static SortedDictionary<TKey, TValue> Sorted<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> of) where TKey : notnull =>
        new(of.ToDictionary(), typeof(TKey) == typeof(string) ? (IComparer<TKey>)StringComparer.Ordinal : null);
}

// What the domain computes from the plan is not part of it, and must not change its revision.
[JsonSourceGenerationOptions(
    IgnoreReadOnlyProperties = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EmergencyPlan))]
[JsonSerializable(typeof(DutyRoster))]
internal sealed partial class PlanJson : JsonSerializerContext;
