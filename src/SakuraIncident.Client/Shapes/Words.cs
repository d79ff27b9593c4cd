using System.Text.Json;
using System.Text.Json.Serialization;

namespace SakuraIncident.Client.Shapes;

/// <summary>
/// Enums travel as strings in camelCase, as the contract writes them. A word that only a newer server knows is read as a value without a
/// name, so that nothing else of the answer is lost for it.
/// </summary>
public sealed class CamelCaseEnum<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly T Unknown = (T)Enum.ToObject(typeof(T), -1);
    private static readonly Dictionary<string, T> Known =
        Enum.GetValues<T>().ToDictionary(v => JsonNamingPolicy.CamelCase.ConvertName(v.ToString()), StringComparer.Ordinal);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) return Known.GetValueOrDefault(reader.GetString()!, Unknown);
        reader.Skip();
        return Unknown;
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
}

/// <summary>段階.</summary>
[JsonConverter(typeof(CamelCaseEnum<Phase>))]
public enum Phase { Detection, Containment, Recovery, Prevention }

/// <summary>重大度, worst first.</summary>
[JsonConverter(typeof(CamelCaseEnum<Severity>))]
public enum Severity { Critical, High, Moderate, Low }

/// <summary>状態 of an incident.</summary>
[JsonConverter(typeof(CamelCaseEnum<IncidentStatus>))]
public enum IncidentStatus { Open, Closed, Merged }

/// <summary>How an incident ended.</summary>
[JsonConverter(typeof(CamelCaseEnum<Outcome>))]
public enum Outcome { Resolved, FalseAlarm, Duplicate }

/// <summary>手順の種類.</summary>
[JsonConverter(typeof(CamelCaseEnum<StepKind>))]
public enum StepKind { Task, Decision, Approval, Report, Notice, Automation }

/// <summary>手順の状態.</summary>
[JsonConverter(typeof(CamelCaseEnum<StepState>))]
public enum StepState { Waiting, Open, Started, Done, Skipped, NotNeeded }

/// <summary>What can be said of a step.</summary>
public enum StepVerb { Start, Complete, Skip, Decide, Approve, Refuse, Reopen }

/// <summary>招集の状態.</summary>
[JsonConverter(typeof(CamelCaseEnum<PageState>))]
public enum PageState { Calling, Acknowledged, Declined, Unanswered, Withdrawn }

/// <summary>報告義務の状態.</summary>
[JsonConverter(typeof(CamelCaseEnum<DutyState>))]
public enum DutyState { Running, Warned, Reported, Lapsed, NotApplicable }

/// <summary>影響の程度.</summary>
[JsonConverter(typeof(CamelCaseEnum<ImpactLevel>))]
public enum ImpactLevel { None, Limited, Serious }
