namespace SakuraIncident.Server.Http;

/// <summary>How routes say of themselves what the document of the API then tells (<see cref="ApiDocument"/>).</summary>
public static class ApiDescription
{
    /// <summary>Query fields and headers.</summary>
    public static RouteHandlerBuilder Reads(this RouteHandlerBuilder route, params object[] parameters) => route.WithMetadata(parameters);

    /// <summary>A JSON object that is read field by field.</summary>
    /// <typeparam name="T">Its shape: a parameter without a default is a required member; without any, the body may be left out.</typeparam>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route)
        where T : class =>
        route.Accepts<T>(isOptional: typeof(T).GetConstructors()[0].GetParameters().All(p => p.HasDefaultValue), "application/json").ReadsBody();

    /// <summary>The same, where the route itself tells which content types it reads.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, params ApiBody[] bodies) =>
        route.WithMetadata([.. bodies]).ReadsBody();

    /// <summary>Problems, beside those that every signed-in request may meet: 401 and 503.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in (int[])[401, .. statuses, 503]) route.ProducesProblem(status);
        return route;
    }

    private static RouteHandlerBuilder ReadsBody(this RouteHandlerBuilder route)
    {
        foreach (var status in (int[])[400, 409, 413, 415, 422]) route.ProducesProblem(status);
        return route.WithMetadata(ApiParameter.IdempotencyKey);
    }
}
