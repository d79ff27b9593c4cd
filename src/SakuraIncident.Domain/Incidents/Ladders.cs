using System.Globalization;
using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Domain.Incidents;

/// <summary>Which rungs a purpose climbs, and the events of the next call on them.</summary>
public static class Ladders
{
    /// <summary>The purpose of the calls that opening an incident starts.</summary>
    public const string Opening = "ladder";

    /// <summary>The events of the next call for a purpose: rungs passed, then a call or the word that nobody has answered.</summary>
    public static IReadOnlyList<IncidentEvent> Climb(Incident incident, Context context, string purpose, bool again = false)
    {
        var ladder = context.LadderOf(incident);
        var rungs = RungsOf(incident, context, purpose);
        var next = Calling.Next(
            rungs, [.. incident.Pages.Where(p => p.Purpose == purpose)],
            incident.Pages.Where(p => p.State == PageState.Calling).Select(p => p.Person).ToHashSet(),
            role => WhoActs(role, incident, context), context.Now,
            incident.Real(ladder.Acknowledge), incident.Real(ladder.Within), again);

        var happened = next.Passed.Select(IncidentEvent (p) => new RungPassed(purpose, p.Level, p.Role, p.Reason)).ToList();
        happened.Add(next.Call is { } call
            ? new ResponderPaged(
                $"p{incident.Pages.Count + 1}", purpose, call.Role, call.Candidate.Person, call.Candidate.ActingFor, call.Level,
                [.. context.Roster.People[call.Candidate.Person].Channels.Select(c => c.Kind)])
            : new NobodyAnswered(purpose));
        return happened;
    }

    /// <summary>The purpose of the calls for an overdue step. One that was called for before, and has opened again since, starts a climb of its own.</summary>
    internal static string ForStep(string id, Incident incident) => incident.Pages.Any(p => IsForStep(p.Purpose, id))
        ? string.Create(CultureInfo.InvariantCulture, $"step:{id}:{incident.Version}")
        : $"step:{id}";

    internal static bool IsForStep(string purpose, string id) =>
        purpose == $"step:{id}" || purpose.StartsWith($"step:{id}:", StringComparison.Ordinal);

    /// <summary>Whoever was given the role for this incident, then those who hold it by the roster.</summary>
    private static IReadOnlyList<Candidate> WhoActs(string role, Incident incident, Context context)
    {
        var holders = context.Roster.WhoHolds(role, incident.Body, context.Now, incident.Severity.Wakes());
        return incident.Roles.TryGetValue(role, out var given) && context.Roster.CanBeCalled(given.Person, context.Now)
            ? [new Candidate(given.Person, given.ActingFor), .. holders.Where(c => c.Person != given.Person)]
            : holders;
    }

    /// <summary>Somebody was called in vain for something that still waits for an answer.</summary>
    public static bool IsUnanswered(this Incident incident, Playbook? playbook) =>
        incident.IsOpen && incident.Unanswered.Keys.Any(purpose => !IsOver(purpose, incident, playbook));

    /// <summary>A call came to nothing: the event that says so, and the next call.</summary>
    public static IReadOnlyList<IncidentEvent> AfterSilence(Incident incident, Context context, Page page, IncidentEvent silence)
    {
        var after = incident.After(new Recorded(context.Now, null, context.Actor, silence));
        return [silence, .. Climb(after, context, page.Purpose)];
    }

    /// <summary>
    /// What the calls are for is over: the step is finished, not needed or waits again; after a silence somebody has done something.
    /// </summary>
    public static bool IsOver(string purpose, Incident incident, Playbook? playbook)
    {
        if (purpose.StartsWith("quiet:", StringComparison.Ordinal))
            return incident.Pages.FirstOrDefault(p => p.Id == purpose.Split(':')[1])?.AnsweredAt < incident.LastActivityAt;
        if (!purpose.StartsWith("step:", StringComparison.Ordinal)) return false;
        var id = purpose.Split(':')[1];
        if (id == LowerSeverity.StepId) return incident.Lowering is null;
        return playbook is null || !incident.StepStates(playbook).TryGetValue(id, out var state)
            || state is not (StepState.Open or StepState.Started);
    }

    private static IReadOnlyList<string> RungsOf(Incident incident, Context context, string purpose)
    {
        var ladder = context.LadderOf(incident).Rungs;
        return FirstRole(incident, context, purpose) is { } role
            ? [role, .. ladder.Skip(Math.Max(0, IndexOf(ladder, role) + 1)).Where(r => r != role)]
            : ladder;
    }

    private static string? FirstRole(Incident incident, Context context, string purpose)
    {
        var parts = purpose.Split(':', 3);
        return parts[0] switch
        {
            "step" => parts[1] == LowerSeverity.StepId ? LowerSeverity.Role : context.PlaybookOf(incident)?.Find(parts[1])?.Role,
            "quiet" => incident.Pages.FirstOrDefault(p => p.Id == parts[1])?.Role,
            "call" when parts.Length == 3 => parts[2],
            _ => null,
        };
    }

    private static int IndexOf(IReadOnlyList<string> rungs, string role)
    {
        for (var i = 0; i < rungs.Count; i++)
            if (rungs[i] == role) return i;
        return -1;
    }
}
