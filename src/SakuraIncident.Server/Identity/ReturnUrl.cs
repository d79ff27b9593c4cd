namespace SakuraIncident.Server.Identity;

/// <summary>Where to go after sign-in: only within this server.</summary>
public static class ReturnUrl
{
    /// <summary>The address where it is a path of this server, else the board.</summary>
    public static string Safe(string? url) => url is not null && IsLocal(url) ? url : "/";

    private static bool IsLocal(string url)
    {
        if (url.Length > 2048 || !url.StartsWith('/') || url.Any(c => char.IsControl(c) || c == '\\')) return false;
        // Browsers read "//host" as an address of another server.
        if (url.StartsWith("//", StringComparison.Ordinal)) return false;
        return !IsAt(url, "/sign-in") && !IsAt(url, "/sign-out");
    }

    private static bool IsAt(string url, string page) =>
        url.StartsWith(page, StringComparison.OrdinalIgnoreCase) && (url.Length == page.Length || url[page.Length] is '?' or '/' or '#');
}
