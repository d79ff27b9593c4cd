using SakuraIncident.Domain.Incidents;
using SakuraIncident.Server.Boards;

namespace SakuraIncident.Server.Pages.Board;

/// <summary>Someone on duty now, and for what.</summary>
public sealed record OnDuty(string Role, string Name);

/// <summary>What the board shows: nothing in it depends on who looks, beyond the rows he may see.</summary>
public sealed record BoardState(long Sequence, IReadOnlyList<BoardRow> Rows, IReadOnlyList<OnDuty> OnDuty, DateTimeOffset Now)
{
    /// <summary>Worst first, then oldest first.</summary>
    public IReadOnlyList<BoardRow> Sorted { get; } =
        Rows.Where(IsShown).OrderBy(r => r.Severity).ThenBy(r => r.OpenedAt).ThenBy(r => r.Number, StringComparer.Ordinal).ToList();

    public int Open => Sorted.Count(r => r is { Status: IncidentStatus.Open, Drill: null });

    public int Drills => Sorted.Count(r => r.Drill is not null);

    public int Overdue => Sorted.Count(IsOverdue);

    public int Duties => Sorted.Sum(r => r.Duties.Count);

    public int Called => Sorted.Sum(r => r.Calling + r.Answered);

    public int Answered => Sorted.Sum(r => r.Answered);

    public int Unanswered => Sorted.Count(r => r.Unanswered);

    /// <summary>The state of the city in one sentence.</summary>
    public string Sentence =>
        (Open == 0 ? "対応中の事案はありません" : $"対応中 {Open}件")
        + (Overdue > 0 ? $"、期限超過 {Overdue}件" : Open > 0 ? "、期限超過なし" : "")
        + (Unanswered > 0 ? $"、応答なし {Unanswered}件" : "")
        + (OnDuty.Count > 0 ? "、要員あり" : "、当番の要員が見つかりません") + "。";

    public bool IsOverdue(BoardRow row) => row.Overdue || row.Next?.DueAt < Now;

    /// <summary>Open, or closed with a legal duty still to be met.</summary>
    private static bool IsShown(BoardRow row) => row.Status == IncidentStatus.Open || row.Duties.Count > 0;
}
