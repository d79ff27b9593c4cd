namespace SakuraIncident.Server.Http;

/// <summary>Which characters are text: all but control characters, and of these line breaks and tabs. PostgreSQL refuses NUL.</summary>
public static class Characters
{
    public static bool AreText(string text) => !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
}
