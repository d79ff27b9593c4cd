namespace SakuraIncident.Server.Http;

public static class Head
{
    /// <summary>
    /// HEAD is answered as GET is, without the content, which Kestrel leaves out (RFC 9110 9.3.2): a probe may ask by it, and must not be
    /// led to the sign-in page. Before the routes are chosen.
    /// </summary>
    public static void UseHead(this IApplicationBuilder app) => app.Use(next => async http =>
    {
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
        }
        http.Request.Method = HttpMethods.Get;
        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Method = HttpMethods.Head;
        }
    });
}
