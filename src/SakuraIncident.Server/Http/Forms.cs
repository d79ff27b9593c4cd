namespace SakuraIncident.Server.Http;

/// <summary>The forms of the pages, before anybody reads them.</summary>
public static class Forms
{
    /// <summary>
    /// A form that the framework cannot read (it throws at <c>%00</c> and beyond its limits) is an empty one, which has no token: its page
    /// asks to send it again.
    /// </summary>
    public static void UseReadableForms(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true)
        {
            try
            {
                await http.Request.ReadFormAsync(http.RequestAborted);
            }
            catch (Exception unreadable) when (unreadable is InvalidOperationException or InvalidDataException)
            {
                http.Request.Form = FormCollection.Empty;
            }
        }
        await next(http);
    });
}
