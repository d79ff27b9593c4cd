using System.Text.Json;
using System.Text.Json.Serialization;
using SakuraIncident.Client.Shapes;

namespace SakuraIncident.Client;

/// <summary>The contract's JSON: camelCase, unknown members ignored, nothing sent that was not said.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip)]
[JsonSerializable(typeof(IncidentAnswer))]
[JsonSerializable(typeof(ItemsPage<IncidentAnswer>))]
[JsonSerializable(typeof(ItemsPage<EventItem>))]
[JsonSerializable(typeof(BoardAnswer))]
[JsonSerializable(typeof(RawBoard))]
[JsonSerializable(typeof(RawChange))]
[JsonSerializable(typeof(IncidentChange))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(OpenIncident))]
[JsonSerializable(typeof(NoteText))]
[JsonSerializable(typeof(Assessment))]
[JsonSerializable(typeof(StepWord))]
[JsonSerializable(typeof(AssignRole))]
[JsonSerializable(typeof(CallSomeone))]
[JsonSerializable(typeof(PageWord))]
[JsonSerializable(typeof(MovePhase))]
[JsonSerializable(typeof(DutyReport))]
[JsonSerializable(typeof(CloseIncident))]
[JsonSerializable(typeof(ReopenIncident))]
[JsonSerializable(typeof(MergeIncident))]
[JsonSerializable(typeof(FindingText))]
[JsonSerializable(typeof(MeasureText))]
[JsonSerializable(typeof(MeasureRecord))]
[JsonSerializable(typeof(ImportBatch))]
[JsonSerializable(typeof(ImportAnswer))]
[JsonSerializable(typeof(RegisterAnswer))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(long?))]
[JsonSerializable(typeof(string))]
public sealed partial class SakuraJson : JsonSerializerContext;
