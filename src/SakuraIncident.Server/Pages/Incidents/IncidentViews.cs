using SakuraIncident.Domain.Incidents;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Plans;

namespace SakuraIncident.Server.Pages.Incidents;

/// <summary>Makes the view of an incident for someone, now or in the past.</summary>
public sealed class IncidentViews(IncidentReads reads, PlanLibrary plans, Staff staff, TimeProvider clock)
{
    private const int MostEvents = 300;
    private static readonly StartStep AnyWork = new("");
    private static readonly AddNote AnyNote = new("");

    /// <returns>Null: there is no such incident, or this person may not know of it.</returns>
    public async Task<IncidentView?> FindAsync(
        Signed by, string idOrNumber, DateTimeOffset? at, int? version, CancellationToken cancellation)
    {
        if (await reads.IdOfAsync(idOrNumber, cancellation) is not { } id) return null;
        if (await reads.NowAsync(id, cancellation) is not { } now || !Authority.MayRead(by, IncidentRow.Participants(now))) return null;
        var isPast = at is not null || version is not null;
        var shown = isPast ? await reads.AtAsync(id, at, version, cancellation) : now;
        if (shown is null) return null;
        var history = await reads.HistoryAsync(id, shown.Version, cancellation);
        var events = history.Select((r, i) => new Happening(i + 1, r.At, r.OccurredAt, NameOf(r.By), r.Data)).TakeLast(MostEvents).ToList();
        return await ViewAsync(by, shown, events, isPast, cancellation);
    }

    /// <summary>Without its events: for lists of what someone must do.</summary>
    public async Task<IncidentView?> FindAsync(Signed by, Guid id, CancellationToken cancellation) =>
        await reads.NowAsync(id, cancellation) is { } now && Authority.MayRead(by, IncidentRow.Participants(now))
            ? await ViewAsync(by, now, [], isPast: false, cancellation)
            : null;

    private async Task<IncidentView> ViewAsync(
        Signed by, Incident incident, IReadOnlyList<Happening> events, bool isPast, CancellationToken cancellation)
    {
        var viewer = new Viewer(
            by.PersonId, by.Roles, Authority.MayCommand(by, AnyWork, incident), Authority.MayCommand(by, AnyNote, incident),
            Authority.MayLowerSeverity(by));
        var people = plans.Roster.People.Values.OrderBy(p => p.Id, StringComparer.Ordinal).Select(p => new PersonAnswer(p.Id, p.Name)).ToList();
        return new IncidentView(await reads.AnswerAsync(incident, cancellation), events, people, viewer, clock.GetUtcNow(), isPast)
        {
            State = incident,
            IsRevised = incident is { IsOpen: true, IsImported: false } && !isPast && incident.PlanRevision != plans.Plan.Revision,
        };
    }

    private string? NameOf(Actor by) => by.Kind switch
    {
        ActorKind.System => null,
        _ when by.Id.StartsWith("token:", StringComparison.Ordinal) => by.Id["token:".Length..],
        _ => staff.NameOf(by.Id),
    };
}
