using System.CommandLine;

namespace SakuraIncident.Cli.Incidents;

/// <summary><c>sakura incident …</c>: all that a screen can do.</summary>
internal static class IncidentCommand
{
    public static Command Create(Desk desk) => new("incident", "インシデント")
    {
        OpenVerb.Create(desk),
        ListVerb.Create(desk),
        ShowVerb.Create(desk),
        NoteVerb.Create(desk),
        NoteVerb.CreateCorrect(desk),
        StepVerbs.Create(desk),
        PageVerb.Create(desk),
        AssessVerb.Create(desk),
        PhaseVerb.Create(desk),
        ReportVerb.Create(desk),
        RoleVerb.Create(desk),
        ReviewVerbs.CreateFinding(desk),
        ReviewVerbs.CreateMeasure(desk),
        EndVerbs.CreateClose(desk),
        EndVerbs.CreateReopen(desk),
        EndVerbs.CreateMerge(desk),
    };
}
