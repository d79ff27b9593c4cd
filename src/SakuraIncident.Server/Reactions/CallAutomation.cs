using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Plans;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Runtime.Handlers;

namespace SakuraIncident.Server.Reactions;

/// <summary>An automation step opened: the program that the plan names is to be told.</summary>
public sealed record CallAutomation(Guid Incident, string StepId);

/// <summary>Calls, and records what came of it. What fails for now is tried again; giving up is recorded too, and nothing waits for it.</summary>
public static class CallAutomationHandler
{
    public static void Configure(HandlerChain chain) => chain.OnAnyException().ScheduleRetryIndefinitely(
        TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));

    public static Task Handle(CallAutomation call, Envelope envelope, Automations automations, CancellationToken cancellation) =>
        automations.CallAsync(call, envelope.Attempts, cancellation);
}

/// <summary>The calls to other programs: a POST of what the board shows, and the first lines of what they answer.</summary>
public sealed class Automations(IHttpClientFactory clients, IncidentReads reads, PlanLibrary plans, CommandDoor door)
{
    public const string Client = "automation";
    private const int MostAttempts = 4;
    private const int MostAnswer = 500;

    public static void Configure(HttpClient client) => client.Timeout = TimeSpan.FromSeconds(10);

    /// <exception cref="HttpRequestException">It failed and is to be tried again.</exception>
    /// <exception cref="TaskCanceledException">It took too long and is to be tried again.</exception>
    public async Task CallAsync(CallAutomation call, int attempt, CancellationToken cancellation)
    {
        if (await reads.NowAsync(call.Incident, cancellation) is not { IsOpen: true } incident || reads.PlanOf(incident) is not { } plan) return;
        if (plan.PlaybookFor(incident.Category).Find(call.StepId) is not { Call: { } address } step) return;
        if (incident.StepStates(plan.PlaybookFor(incident.Category))[step.Id] is not (StepState.Open or StepState.Started)) return;
        RecordAutomation came;
        try
        {
            came = new RecordAutomation(step.Id, true, await PostAsync(address, incident, step, cancellation));
        }
        catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested && attempt >= MostAttempts)
        {
            came = new RecordAutomation(step.Id, false, Reason(failed));
        }
        await door.CommitAsync(new RunCommand(call.Incident, came, Signed.System), cancellation);
    }

    private async Task<string> PostAsync(Uri address, Incident incident, Step step, CancellationToken cancellation)
    {
        using var client = clients.CreateClient(Client);
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(JsonSerializer.Serialize(Told(incident, step), ApiJson.Options), Encoding.UTF8, "application/json"),
        };
        // The receiver can tell a second try from a second incident.
        request.Headers.Add("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"{incident.Id:N}:{step.Id}:{incident.Steps[step.Id].Rounds}"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("SakuraIncident", null));
        using var reply = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        reply.EnsureSuccessStatusCode();
        await using var body = await reply.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[MostAnswer * 4];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)reply.StatusCode} {Plain(Encoding.UTF8.GetString(buffer, 0, read))}").Trim();
    }

    private object Told(Incident i, Step step) => new
    {
        i.Id, i.Number, i.Version, i.Title, i.Category, i.Body, i.Zones, i.Severity, i.Phase, i.OpenedAt, drill = i.Speed is not null,
        lead = i.Lead is { } lead ? plans.Roster.NameOf(lead) : null,
        step = new { step.Id, step.Title },
    };

    private static string Plain(string text)
    {
        var plain = new string([.. text.Normalize(NormalizationForm.FormC).Where(c => !char.IsControl(c) || c is '\n' or '\t')]);
        return plain.Length <= MostAnswer ? plain : plain[..MostAnswer] + "…";
    }

    private static string Reason(Exception failed) => failed switch
    {
        HttpRequestException { StatusCode: { } status } => string.Create(CultureInfo.InvariantCulture, $"相手が {(int)status} と答えました。"),
        TaskCanceledException => "時間内に答えがありませんでした。",
        _ => "つながりませんでした。",
    };
}
