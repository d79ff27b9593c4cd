namespace SakuraIncident.Server.Http;

/// <summary>Which characters are text: all but control characters, and of these line breaks and tabs. PostgreSQL refuses NUL.</summary>
public static class Characters
{
    /// <summary>The pattern of <c>like</c> for what has this text in it.</summary>
    public static string Containing(string text) =>
        $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    public static bool AreText(string text) => !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
}
