using System.Collections.Concurrent;
using System.Data.Common;
using SakuraIncident.Domain.Assurance;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Plans.Files;

namespace SakuraIncident.Server.Plans;

/// <summary>
/// The plan and the roster in force, and every earlier plan by its revision. A change of the files that cannot be used is
/// named in the log, and what was in force stays so.
/// </summary>
/// <param name="revisions">Null: nothing is kept beyond this process.</param>
public sealed class PlanLibrary(string directory, PlanRevisions? revisions, TimeProvider clock, ILogger<PlanLibrary> logger)
{
    /// <param name="Files">The roster as the files say it, without what was entered since.</param>
    private sealed record InForce(
        EmergencyPlan Plan, DutyRoster Files, DutyRoster Roster, IReadOnlyList<PlanProblem> Warnings, PlanPlaces Places);

    /// <summary>What the check of a plan and roster came to in one hour: the next looks at other days.</summary>
    private sealed record Verified(
        InForce Of, IReadOnlyList<PlanProblem> Broken, long Hour, PlanVerification Verification, Lazy<IReadOnlyList<WeekHour>> Hours);

    private readonly Lock _change = new();
    private readonly ConcurrentDictionary<string, EmergencyPlan> _known = new(StringComparer.Ordinal);
    private volatile InForce? _current;
    private volatile Verified? _verified;
    private volatile IReadOnlyList<PlanProblem> _problems = [];
    private Func<DutyRoster, DutyRoster> _merge = files => files;

    public string Directory { get; } = directory;

    /// <summary>What new incidents are pinned to.</summary>
    public EmergencyPlan Plan => Current.Plan;

    /// <summary>The files' roster with everything that was entered since.</summary>
    public DutyRoster Roster => Current.Roster;

    /// <summary>The roster as the files say it.</summary>
    public DutyRoster FilesRoster => Current.Files;

    /// <summary>What is wrong with the files as they are now; while it is not empty an earlier plan is in force.</summary>
    public IReadOnlyList<PlanProblem> Problems => _problems;

    /// <summary>The check of what is in force; broken files are its problems too.</summary>
    public PlanVerification Verify() => Verification().Verification;

    /// <summary>How many people could be called in each hour of the week.</summary>
    public IReadOnlyList<WeekHour> Hours() => Verification().Hours.Value;

    private Verified Verification()
    {
        var (current, broken, now) = (Current, _problems, clock.GetUtcNow());
        var hour = now.Ticks / TimeSpan.TicksPerHour;
        if (_verified is { } known && ReferenceEquals(known.Of, current) && ReferenceEquals(known.Broken, broken) && known.Hour == hour) return known;
        return _verified = new Verified(
            current, broken, hour,
            PlanVerification.Of(current.Plan, current.Roster, current.Places, [.. broken, .. current.Warnings], now),
            new Lazy<IReadOnlyList<WeekHour>>(() => WeekHours.Of(current.Plan, current.Roster, now))); // only a page shows them
    }

    /// <summary>Another plan or roster is in force.</summary>
    public event EventHandler? Changed;

    private InForce Current => _current ?? throw new InvalidOperationException("The plan has not been loaded.");

    /// <summary>The plan of a revision, as it was: from memory, or from those that were ever in force.</summary>
    public EmergencyPlan? Find(string revision)
    {
        if (_known.TryGetValue(revision, out var known)) return known;
        return revisions?.Find(revision) is { } stored ? _known.GetOrAdd(revision, stored) : null;
    }

    /// <summary>Loads the files; if they are broken, what was in force last.</summary>
    /// <param name="read">The files, where they have been read already.</param>
    /// <exception cref="PlanBrokenException">They are broken and there is nothing earlier.</exception>
    public void Start(PlanReading? read = null)
    {
        lock (_change)
        {
            switch (read ?? PlanFiles.Load(Directory))
            {
                case PlanReading.Sound sound:
                    Take(sound);
                    return;
                case PlanReading.Broken broken:
                    if (revisions?.LastInForce() is not { } last) throw new PlanBrokenException(Directory, broken.Problems);
                    Refuse(broken.Problems);
                    logger.LogWarning("Started with the plan {Revision}, which was in force before", last.Plan.Revision);
                    Put(last.Plan, last.Roster, [], new PlanPlaces());
                    return;
            }
        }
    }

    /// <summary>
    /// Reads the files again; if they cannot be used, what was in force still is. False: the database was away, try again.
    /// </summary>
    public bool Reload()
    {
        lock (_change)
        {
            switch (PlanFiles.Load(Directory))
            {
                case PlanReading.Sound sound:
                    try
                    {
                        Take(sound);
                        return true;
                    }
                    catch (DbException away)
                    {
                        logger.LogWarning("The changed plan cannot be stored yet and is not in force: {Reason}", away.Message);
                        return false;
                    }
                case PlanReading.Broken broken:
                    Refuse(broken.Problems);
                    return true;
                default:
                    return true;
            }
        }
    }

    /// <summary>Something else was entered beside the files.</summary>
    /// <param name="merge">Adds it to the files' roster, to this one and to each that the files bring later.</param>
    public void Merge(Func<DutyRoster, DutyRoster> merge)
    {
        lock (_change)
        {
            _merge = merge;
            Put(Current.Plan, Current.Files, Current.Warnings, Current.Places);
        }
    }

    private void Take(PlanReading.Sound sound)
    {
        _problems = [];
        var same = _current is { } current
            && current.Plan.Revision == sound.Plan.Revision
            && EmergencyPlanJson.Write(current.Files) == EmergencyPlanJson.Write(sound.Roster);
        if (same) return;

        // Stored first: an incident must never be pinned to a plan that a restart could not find again.
        revisions?.PutInForce(sound.Plan, sound.Roster, clock.GetUtcNow());
        foreach (var warning in sound.Warnings) logger.LogWarning("The plan is not complete: {File}:{Line}: {Reason}", warning.File, warning.Line, warning.Reason);
        Put(sound.Plan, sound.Roster, sound.Warnings, sound.Places);
        logger.LogInformation("The plan {Revision} is in force, with {Playbooks} playbooks and {People} people", sound.Plan.Revision, sound.Plan.Playbooks.Count, sound.Roster.People.Count);
    }

    private void Put(EmergencyPlan plan, DutyRoster roster, IReadOnlyList<PlanProblem> warnings, PlanPlaces places)
    {
        _known[plan.Revision] = plan;
        _current = new InForce(plan, roster, _merge(roster), warnings, places);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    private void Refuse(IReadOnlyList<PlanProblem> problems)
    {
        if (_problems.SequenceEqual(problems)) return;
        _problems = problems;
        foreach (var problem in problems)
            logger.LogError("The plan's files cannot be used: {File}:{Line}: {Reason}", problem.File, problem.Line, problem.Reason);
    }
}
