using System.Collections.Concurrent;

namespace SakuraIncident.Server.Identity;

/// <summary>Answers of the database, remembered for a short time. What was not found is asked again each time.</summary>
public sealed class Remembered<TValue>(TimeSpan time, TimeProvider clock) where TValue : class
{
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<string, (TValue Value, DateTimeOffset Until)> known = new(StringComparer.Ordinal);

    public async ValueTask<TValue?> GetAsync(string key, Func<Task<TValue?>> load)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue(key, out var kept) && kept.Until > now) return kept.Value;
        var value = await load();
        if (value is null)
        {
            known.TryRemove(key, out _);
            return null;
        }
        if (known.Count >= Most) known.Clear();
        known[key] = (value, now + time);
        return value;
    }
}
