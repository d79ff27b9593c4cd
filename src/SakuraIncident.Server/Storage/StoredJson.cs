using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Server.Incidents;

namespace SakuraIncident.Server.Storage;

/// <summary>The stored form of events and snapshots. It is for ever: change is by upcasting, and a test reads samples of all.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(IncidentOpened))]
[JsonSerializable(typeof(IncidentImported))]
[JsonSerializable(typeof(ImportedRow))]
[JsonSerializable(typeof(NoteAdded))]
[JsonSerializable(typeof(NoteCorrected))]
[JsonSerializable(typeof(FactsAssessed))]
[JsonSerializable(typeof(PlaybookChanged))]
[JsonSerializable(typeof(RevisionAdopted))]
[JsonSerializable(typeof(SeverityChanged))]
[JsonSerializable(typeof(LoweringRequested))]
[JsonSerializable(typeof(LoweringRefused))]
[JsonSerializable(typeof(StepsOpened))]
[JsonSerializable(typeof(StepsRuledOut))]
[JsonSerializable(typeof(StepStarted))]
[JsonSerializable(typeof(StepCompleted))]
[JsonSerializable(typeof(StepSkipped))]
[JsonSerializable(typeof(StepReopened))]
[JsonSerializable(typeof(StepOverdue))]
[JsonSerializable(typeof(StepCameRound))]
[JsonSerializable(typeof(AutomationAnswered))]
[JsonSerializable(typeof(DecisionMade))]
[JsonSerializable(typeof(StepApproved))]
[JsonSerializable(typeof(StepRefused))]
[JsonSerializable(typeof(RoleAssigned))]
[JsonSerializable(typeof(ResponderPaged))]
[JsonSerializable(typeof(RungPassed))]
[JsonSerializable(typeof(NobodyAnswered))]
[JsonSerializable(typeof(PageAcknowledged))]
[JsonSerializable(typeof(PageDeclined))]
[JsonSerializable(typeof(PageUnanswered))]
[JsonSerializable(typeof(PageWithdrawn))]
[JsonSerializable(typeof(NothingHappened))]
[JsonSerializable(typeof(NotificationSent))]
[JsonSerializable(typeof(NotificationFailed))]
[JsonSerializable(typeof(PhaseMoved))]
[JsonSerializable(typeof(DutyStarted))]
[JsonSerializable(typeof(DutyRevised))]
[JsonSerializable(typeof(DutyNotApplicable))]
[JsonSerializable(typeof(DutyWarned))]
[JsonSerializable(typeof(DutyLapsed))]
[JsonSerializable(typeof(DutyReported))]
[JsonSerializable(typeof(StatusReportMissed))]
[JsonSerializable(typeof(FindingAdded))]
[JsonSerializable(typeof(MeasureAdded))]
[JsonSerializable(typeof(MeasureCompleted))]
[JsonSerializable(typeof(MeasureOverdue))]
[JsonSerializable(typeof(IncidentClosed))]
[JsonSerializable(typeof(IncidentReopened))]
[JsonSerializable(typeof(IncidentMerged))]
[JsonSerializable(typeof(DuplicateLinked))]
[JsonSerializable(typeof(DuplicateUnlinked))]
public sealed partial class StoredJson : JsonSerializerContext
{
    /// <summary>Applied to Marten's serializer; what this context does not know (Marten's own tombstone) is read by reflection.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        // Before Marten's own, which would write High where everything else says high.
        options.Converters.Insert(0, new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.Converters.Insert(0, new ApiJson.UtcConverter());
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.TypeInfoResolverChain.Clear();
        options.TypeInfoResolverChain.Add(Default);
        options.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
    }
}
