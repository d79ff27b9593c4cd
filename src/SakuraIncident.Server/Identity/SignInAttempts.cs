using System.Collections.Concurrent;
using System.Net;

namespace SakuraIncident.Server.Identity;

/// <summary>
/// Back-off after wrong passwords, by account and sender's address: from the fifth on 30 s, doubling up to 15 minutes. Kept in this
/// node's memory: a restart forgets it, and each node counts for itself.
/// </summary>
public sealed class SignInAttempts(TimeProvider clock)
{
    private const int Free = 5;
    private const int Most = 10_000;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<(string Person, string Address), (int Failures, DateTimeOffset Until)> failures = new();

    /// <summary>How long this sender must wait before he may try this account again; null: he may try now.</summary>
    public TimeSpan? WaitFor(string person, IPAddress? address) =>
        failures.TryGetValue(KeyOf(person, address), out var known) && known.Until - clock.GetUtcNow() is { Ticks: > 0 } wait ? wait : null;

    public void Failed(string person, IPAddress? address)
    {
        if (failures.Count >= Most) Forget();
        failures.AddOrUpdate(KeyOf(person, address), _ => (1, clock.GetUtcNow()), (_, known) => After(known.Failures + 1));
    }

    public void Succeeded(string person, IPAddress? address) => failures.TryRemove(KeyOf(person, address), out _);

    private (int Failures, DateTimeOffset Until) After(int count)
    {
        var wait = count < Free ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(count - Free, 10)));
        return (count, clock.GetUtcNow() + wait);
    }

    private void Forget()
    {
        var now = clock.GetUtcNow();
        foreach (var (key, known) in failures)
            if (known.Until <= now) failures.TryRemove(key, out _);
        if (failures.Count >= Most) failures.Clear();
    }

    /// <summary>Of an IPv6 address the network alone: one sender has all the rest to choose from.</summary>
    private static (string, string) KeyOf(string person, IPAddress? address)
    {
        if (address is null) return (person, "");
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return (person, Convert.ToHexString(address.GetAddressBytes().AsSpan()[..Math.Min(8, address.GetAddressBytes().Length)]));
    }
}
