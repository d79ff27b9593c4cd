using Microsoft.AspNetCore.SignalR;
using SakuraIncident.Server.Http;

namespace SakuraIncident.Server.Boards;

/// <summary>While the database is away, a caller loses the connection instead of being refused: he comes back until it is there.</summary>
public sealed class DatabaseAway : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception e) when (Faults.IsDatabaseAway(e))
        {
            invocationContext.Context.Abort();
            throw;
        }
    }
}
