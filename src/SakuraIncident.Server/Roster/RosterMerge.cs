using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Server.Roster;

/// <summary>The organisation file and what was entered since, as one roster.</summary>
public static class RosterMerge
{
    /// <summary>What ended longer ago is no longer in the roster; it stays in the table.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    /// <summary>The changes that nobody withdrew, in order.</summary>
    public static IReadOnlyList<RosterChange> Standing(IReadOnlyList<RosterChange> all)
    {
        var withdrawn = all.Select(c => c.Data).OfType<Withdrawal>().Select(w => w.Change).ToHashSet();
        return [.. all.Where(c => c.Data is not Withdrawal && !withdrawn.Contains(c.Id))];
    }

    public static DutyRoster Of(DutyRoster files, IReadOnlyList<RosterChange> standing, DateTimeOffset now)
    {
        if (standing.Count == 0) return files;
        var data = standing.Select(c => c.Data).ToList();
        var people = files.People.ToDictionary(StringComparer.Ordinal);
        var former = files.Former.ToDictionary(StringComparer.Ordinal);
        foreach (var entry in data) Take(entry);
        return files with
        {
            People = people,
            Former = former,
            Absences = [.. files.Absences, .. data.OfType<Absence>().Where(a => a.Until > now - Kept)],
            Exceptions = [.. files.Exceptions, .. data.OfType<ShiftException>().Where(e => e.Until > now - Kept)],
            Swaps = [.. files.Swaps, .. data.OfType<Swap>().Where(s => s.Until > now - Kept)],
        };

        void Take(object entry)
        {
            if (entry is Person person)
            {
                people[person.Id] = person with { Quiet = person.Quiet ?? files.People.GetValueOrDefault(person.Id)?.Quiet };
                former.Remove(person.Id);
            }
            if (entry is not Departure left) return;
            people.Remove(left.Person);
            former[left.Person] = left.Name;
        }
    }
}
