namespace SakuraIncident.Domain.Roster;

/// <summary>What is wrong with one field of an entry, in Japanese.</summary>
public sealed record EntryFault(string Field, string Reason);

/// <summary>What may be entered into the roster beside the organisation file. Empty: it may stand.</summary>
public static class Entries
{
    public const int MostDays = 370;

    public static IReadOnlyList<EntryFault> FaultsOf(this DutyRoster roster, Absence entry)
    {
        var faults = OfPerson(roster, "person", entry.Person).Concat(OfSpan(entry.From, entry.Until)).ToList();
        if (faults.Count == 0 && roster.Absences.Any(a => a.Person == entry.Person && a.From <= entry.From && entry.Until <= a.Until))
            faults.Add(new("from", $"{roster.NameOf(entry.Person)} は、この期間を含む不在が既に入力されています。"));
        return faults;
    }

    public static IReadOnlyList<EntryFault> FaultsOf(this DutyRoster roster, ShiftException entry)
    {
        var faults = OfPerson(roster, "person", entry.Person).Concat(OfSpan(entry.From, entry.Until)).ToList();
        if (faults.Count > 0) return faults;
        if (roster.Exceptions.FirstOrDefault(e => e.Role == entry.Role && e.From < entry.Until && entry.From < e.Until) is { } other)
            faults.Add(new("from", $"この時間には既に {roster.NameOf(other.Person)} の当番の変更があります。先にそれを取り消してください。"));
        if (roster.Absences.Any(a => a.Person == entry.Person && a.From <= entry.From && entry.Until <= a.Until))
            faults.Add(new("person", $"{roster.NameOf(entry.Person)} は、この時間は不在です。"));
        return faults;
    }

    public static IReadOnlyList<EntryFault> FaultsOf(this DutyRoster roster, Swap entry)
    {
        var faults = OfPerson(roster, "person", entry.Person).Concat(OfPerson(roster, "with", entry.With)).Concat(OfSpan(entry.From, entry.Until)).ToList();
        if (entry.Person == entry.With) faults.Add(new("with", "交代する二人が同じ人です。"));
        if (faults.Count > 0) return faults;
        if (roster.Swaps.Any(s => s.Role == entry.Role && s.From < entry.Until && entry.From < s.Until && Concerns(s, entry)))
            faults.Add(new("from", "この時間には、二人のどちらかの交代が既にあります。先にそれを取り消してください。"));
        else if (!roster.DutySpans(entry.Role, entry.From, entry.Until).Any(d => d.Person == entry.Person || d.Person == entry.With))
            faults.Add(new("from", "この時間には、二人のどちらにも当番がありません。"));
        return faults;
    }

    private static bool Concerns(Swap a, Swap b) => a.Person == b.Person || a.Person == b.With || a.With == b.Person || a.With == b.With;

    private static IEnumerable<EntryFault> OfPerson(DutyRoster roster, string field, string person) =>
        roster.People.ContainsKey(person) ? [] : [new(field, $"職員「{person}」は登録されていません。")];

    private static IEnumerable<EntryFault> OfSpan(DateTimeOffset from, DateTimeOffset until)
    {
        if (!InJapan.IsYearToCome(from)) yield return new("from", "始まりの年を確かめてください。");
        else if (!InJapan.IsYearToCome(until)) yield return new("until", "終わりの年を確かめてください。");
        else if (until <= from) yield return new("until", "終わりは、始まりより後にしてください。");
        else if (until - from > TimeSpan.FromDays(MostDays)) yield return new("until", $"期間は{MostDays}日以内にしてください。");
    }
}
