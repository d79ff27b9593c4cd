namespace SakuraIncident.Server.Registers;

/// <summary>The columns in which two entries of a register may differ, as people call them.</summary>
public sealed class Compared<T>(params IReadOnlyList<(string Title, Func<T, string?> Of)> columns)
{
    /// <returns>The columns that differ; and the same with what was and what will be: <c>可用性: 1 → 2</c>.</returns>
    public (IReadOnlyList<string> Fields, IReadOnlyList<string> Details) Of(T before, T after)
    {
        var differ = columns.Where(c => c.Of(before) != c.Of(after)).ToList();
        return ([.. differ.Select(c => c.Title)], [.. differ.Select(c => $"{c.Title}: {c.Of(before) ?? "なし"} → {c.Of(after) ?? "なし"}")]);
    }
}
