using System.Security.Cryptography;

namespace SakuraIncident.Server.Identity;

/// <summary>First passwords: four groups of four, easy to read aloud and to copy from paper; 79 bits.</summary>
public static class Password
{
    // Without what is taken for another: 0 o, 1 l i.
    private const string Letters = "23456789abcdefghjkmnpqrstuvwxyz";

    public static string New() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 4)));
}
