namespace SakuraIncident.Server.Plans;

/// <summary>Something in the files of the plan that keeps it from being used, or from being sound.</summary>
/// <param name="File">Path below the plan's folder, with <c>/</c>.</param>
/// <param name="Line">From 1.</param>
/// <param name="Reason">In Japanese.</param>
/// <param name="Code">Stable, kebab-case: <c>file</c> for what cannot be read, else what the check found.</param>
public sealed record PlanProblem(string File, int Line, string Reason, string Code = "file")
{
    public override string ToString() => $"{File}:{Line}: {Reason}";
}

/// <summary>The plan cannot be used and there is no earlier one: the host prints the problems and ends.</summary>
public sealed class PlanBrokenException(string directory, IReadOnlyList<PlanProblem> problems)
    : Exception($"緊急時対応計画を読み込めません: {directory}")
{
    public string Directory { get; } = directory;
    public IReadOnlyList<PlanProblem> Problems { get; } = problems;
}
