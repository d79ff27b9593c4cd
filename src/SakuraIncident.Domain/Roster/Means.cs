namespace SakuraIncident.Domain.Roster;

/// <summary>連絡の手段: what a channel depends on, so that the failure of one can be thought through (threat 5).</summary>
public static class Means
{
    public static readonly IReadOnlyList<(string Id, string Title)> All =
        [("mail", "メール"), ("phone", "電話"), ("chat", "チャット"), ("city-network", "庁内ネットワーク"), ("internet", "外部のインターネット")];

    /// <summary>What each kind of channel needs to arrive. The screen of this product and the city's mail come over the city's network.</summary>
    private static readonly Dictionary<string, string[]> Needs = new(StringComparer.Ordinal)
    {
        ["product"] = ["city-network"],
        ["mail"] = ["mail", "city-network"],
        ["phone"] = ["phone"],
        ["chat"] = ["chat", "internet"],
    };

    public static string TitleOf(string id) => All.FirstOrDefault(m => m.Id == id).Title ?? id;

    /// <summary>Whether a channel is left on which this person can be called while some means are down.</summary>
    public static bool CanBeReached(this Person person, IReadOnlySet<string> down) => person.Channels.Any(c =>
        (c.Kind == "product" ? !person.External : !string.IsNullOrWhiteSpace(c.Address)) && !Needs.GetValueOrDefault(c.Kind, []).Any(down.Contains));
}
