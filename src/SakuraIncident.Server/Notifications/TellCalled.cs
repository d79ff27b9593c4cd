using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Plans;
using SakuraIncident.Server.Reactions;
using Wolverine.ErrorHandling;
using Wolverine.Runtime.Handlers;

namespace SakuraIncident.Server.Notifications;

/// <summary>Names a message of a call: incident, page, what it says, channel.</summary>
public sealed record CallKey(Guid Incident, string PageId, string Says, string Channel)
{
    public const string Called = "called";
    public const string Withdrawn = "withdrawn";

    public override string ToString() => $"{Incident:N}:{PageId}:{Says}:{Channel}";

    /// <returns>Null: it is no message of a call.</returns>
    public static CallKey? Read(string key) =>
        key.Split(':') is [var incident, var page, var says, var channel] && Guid.TryParse(incident, out var id)
            ? new CallKey(id, page, says, channel)
            : null;
}

/// <summary>Which channels a call is sent on.</summary>
public static class CallChannels
{
    /// <summary>
    /// Of the person's channels those on which something is sent: a call stands on <c>/me</c> without sending. Where no channel can
    /// carry it, all are tried, so that the stream says what failed and the next one is called.
    /// </summary>
    public static IReadOnlyList<string> Of(Person? person, bool mailIsConfigured)
    {
        var kinds = person?.Channels.Select(c => c.Kind).Distinct().ToList() ?? [];
        var sending = kinds.Where(kind => kind == "mail" && mailIsConfigured).ToList();
        return sending.Count > 0 || SeesOwnPage(person) ? sending : kinds;
    }

    public static bool SeesOwnPage(Person? person) => person is { External: false } && person.Channels.Any(c => c.Kind == "product");
}

public static class TellCalledHandler
{
    public static void Configure(HandlerChain chain) => TellingCalls.Persist(chain);

    public static Task<IEnumerable<SendNotification>> Handle(TellCalled call, TellingCalls calls, CancellationToken cancellation) =>
        calls.MessagesAsync(call.Incident, call.PageId, CallKey.Called, cancellation);
}

public static class TellWithdrawnHandler
{
    public static void Configure(HandlerChain chain) => TellingCalls.Persist(chain);

    public static Task<IEnumerable<SendNotification>> Handle(TellWithdrawn call, TellingCalls calls, CancellationToken cancellation) =>
        calls.MessagesAsync(call.Incident, call.PageId, CallKey.Withdrawn, cancellation);
}

/// <summary>The messages that tell somebody of a call, or of its end.</summary>
public sealed class TellingCalls(IncidentReads reads, PlanLibrary plans, SmtpMail mail, CallText text)
{
    internal static void Persist(HandlerChain chain) => chain.OnAnyException().ScheduleRetryIndefinitely(
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));

    internal async Task<IEnumerable<SendNotification>> MessagesAsync(Guid id, string pageId, string says, CancellationToken cancellation)
    {
        if (await reads.NowAsync(id, cancellation) is not { } incident || incident.Pages.FirstOrDefault(p => p.Id == pageId) is not { } page) return [];
        var called = says == CallKey.Called;
        if (called && page.State != PageState.Calling) return []; // answered faster than it was told

        var roster = plans.Roster;
        var person = roster.People.GetValueOrDefault(page.Person);
        var (subject, body) = called ? text.Called(incident, page, roster) : text.Withdrawn(incident, page, roster);
        var channels = CallChannels.Of(person, mail.IsConfigured);
        return [.. (called ? channels : channels.Where(c => c == "mail" && mail.IsConfigured)).Select(channel => new SendNotification(
            id, new CallKey(id, pageId, says, channel).ToString(), page.Person, channel, subject, body, incident.Speed is not null))];
    }
}
