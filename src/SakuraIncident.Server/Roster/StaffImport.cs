using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Registers;

namespace SakuraIncident.Server.Roster;

/// <summary>What a staff list changes.</summary>
/// <param name="New">Not yet on the staff.</param>
/// <param name="Left">Named as 退職: no longer called, no longer let in.</param>
/// <param name="NotListed">On the staff, and not in the file. Nobody is taken off for being forgotten.</param>
/// <param name="Warnings">Who leaves and still holds a role or has duty.</param>
public sealed record StaffChanges(
    IReadOnlyList<StaffName> New, IReadOnlyList<StaffChange> Changed, IReadOnlyList<StaffName> Left, IReadOnlyList<StaffName> NotListed,
    int Unchanged, IReadOnlyList<string> Warnings, bool Preview)
{
    public int Count => New.Count + Changed.Count + Left.Count;
}

public sealed record StaffName(string Person, string Name);

/// <param name="Fields">The columns that change, in Japanese.</param>
/// <param name="Details">The same with what was and what will be: <c>職: 主事 → 主査</c>.</param>
public sealed record StaffChange(string Person, string Name, IReadOnlyList<string> Fields, IReadOnlyList<string> Details);

/// <summary>名簿の取込み: all of a file or nothing; the same file again changes nothing.</summary>
public static class StaffImport
{
    private static readonly Compared<Person> Compared = new(
        ("氏名", p => p.Name), ("機関", p => Vocabulary.TitleOf(Vocabulary.Bodies, p.Body)), ("所属", p => p.Department), ("職", p => p.Post),
        ("休止時間", p => p.Quiet is { } quiet ? $"{quiet.From:HH\\:mm}-{quiet.To:HH\\:mm}" : null),
        ("メール", p => Address(p, "mail")), ("電話", p => Address(p, "phone")), ("庁内チャット", p => Address(p, "chat")));

    /// <param name="tell">Gets what the file changes, where nothing is wrong with it.</param>
    public static Func<DutyRoster, IReadOnlyList<RosterChange>, Wanted> Decide(
        byte[] file, Signed by, bool preview, Action<StaffChanges>? tell = null) => (roster, _) =>
    {
        if (!Authority.MayAdminister(by)) return new Wanted.NotAllowed();
        var (listed, faults) = StaffList.Read(file, roster);
        if (faults.Count > 0) return new Wanted.Faulty(CsvBody.Fault([.. faults.Take(200).Select(f => f.ToString())]));
        var changes = Of(listed, roster, preview);
        tell?.Invoke(changes);
        var touched = changes.New.Select(n => n.Person).Concat(changes.Changed.Select(c => c.Person)).ToHashSet(StringComparer.Ordinal);
        List<object> entries =
        [
            .. listed.Where(l => touched.Contains(l.Person.Id)).Select(l => l.Person),
            .. changes.Left.Select(l => new Departure(l.Person, l.Name)),
        ];
        return new Wanted.Sound(preview ? [] : entries, 200, _ => changes);
    };

    private static StaffChanges Of(IReadOnlyList<Listed> listed, DutyRoster roster, bool preview)
    {
        var left = listed.Where(l => l.HasLeft).Select(l => new StaffName(l.Person.Id, l.Person.Name)).ToList();
        var present = listed.Where(l => !l.HasLeft).Select(l => l.Person).ToList();
        var changed = present.Where(p => roster.People.ContainsKey(p.Id)).Select(p => Change(p, roster.People[p.Id])).Where(c => c.Fields.Count > 0).ToList();
        var isNew = present.Where(p => !roster.People.ContainsKey(p.Id)).Select(p => new StaffName(p.Id, p.Name)).ToList();
        var named = listed.Select(l => l.Person.Id).ToHashSet(StringComparer.Ordinal);
        return new StaffChanges(
            isNew, changed, left, [.. roster.People.Values.Where(p => !p.External && !named.Contains(p.Id)).Select(p => new StaffName(p.Id, p.Name))],
            present.Count - changed.Count - isNew.Count, [.. left.SelectMany(l => Warnings(l, roster))], preview);
    }

    private static StaffChange Change(Person person, Person before)
    {
        var (fields, details) = Compared.Of(before, person);
        return new StaffChange(person.Id, person.Name, fields, details);
    }

    private static IEnumerable<string> Warnings(StaffName left, DutyRoster roster)
    {
        foreach (var holding in roster.Holdings.Where(h => h.Holders.Contains(left.Person) || h.Deputies.Contains(left.Person)))
            yield return $"{left.Name} は退職しますが、役割「{Vocabulary.TitleOf(Vocabulary.Roles, holding.Role)}」の{(holding.Holders.Contains(left.Person) ? "担当者" : "職務代行")}のままです。";
        if (roster.Shifts.Any(s => s.Person == left.Person) || roster.Rotations.Any(r => r.People.Contains(left.Person)))
            yield return $"{left.Name} は退職しますが、当番の表に残っています。";
    }

    private static string? Address(Person person, string kind) => person.Channels.FirstOrDefault(c => c.Kind == kind)?.Address;
}
