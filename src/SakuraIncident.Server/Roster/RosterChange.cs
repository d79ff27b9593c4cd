using System.Text.Json;
using System.Text.Json.Nodes;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Storage;

namespace SakuraIncident.Server.Roster;

/// <summary>Takes back an earlier change.</summary>
public sealed record Withdrawal(Guid Change, string? Reason);

/// <summary>退職: no longer on the staff; the name stays for what he did.</summary>
public sealed record Departure(string Person, string Name);

/// <summary>Something entered beside the organisation file.</summary>
/// <param name="Number">In the order of commits, on all nodes.</param>
/// <param name="Data"><see cref="Absence"/>, <see cref="ShiftException"/>, <see cref="Swap"/>, <see cref="Person"/>, <see cref="Departure"/> or <see cref="Withdrawal"/>.</param>
public sealed record RosterChange(long Number, Guid Id, object Data, Actor By, DateTimeOffset At)
{
    /// <summary>The stored names: for ever.</summary>
    private static readonly IReadOnlyDictionary<string, Type> Kinds = new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        ["absence"] = typeof(Absence),
        ["shift"] = typeof(ShiftException),
        ["swap"] = typeof(Swap),
        ["person"] = typeof(Person),
        ["departure"] = typeof(Departure),
        ["withdrawal"] = typeof(Withdrawal),
    };

    public string Kind => KindOf(Data);

    /// <summary>Of the staff list, not of duty.</summary>
    public bool IsOfStaff => Data is Person or Departure;

    /// <summary>Whose change it is, besides the administrators': he may withdraw it.</summary>
    public IReadOnlyList<string> Concerned => Data switch
    {
        Absence absence => [absence.Person],
        Swap swap => [swap.Person, swap.With],
        _ => [],
    };

    public static string KindOf(object data) => Kinds.First(k => k.Value == data.GetType()).Key;

    public static string Write(object data) => JsonSerializer.Serialize(data, data.GetType(), ApiJson.Options);

    public static object Read(string kind, string json) => JsonSerializer.Deserialize(json, Kinds[kind], ApiJson.Options) ?? throw new JsonException("null");

    /// <summary>As the API tells it: <c>id, kind, by, at</c> and the fields that were sent.</summary>
    public JsonObject Shown(DutyRoster roster)
    {
        var shown = new JsonObject
        {
            ["id"] = Id.ToString(),
            ["kind"] = Kind,
            ["by"] = new JsonObject { ["kind"] = StoredEvents.KindName(By.Kind), ["id"] = By.Id, ["name"] = roster.NameOf(By.Id) },
            ["at"] = JsonSerializer.SerializeToNode(At, ApiJson.Options),
        };
        if (Data is Person person)
        {
            shown["person"] = person.Id;
            shown["name"] = person.Name;
            return shown;
        }
        foreach (var (name, value) in JsonSerializer.SerializeToNode(Data, Data.GetType(), ApiJson.Options)!.AsObject())
            shown[name] = value?.DeepClone();
        return shown;
    }
}
