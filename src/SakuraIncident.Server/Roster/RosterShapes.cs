using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Http;

namespace SakuraIncident.Server.Roster;

// The bodies of RosterRoutes as the document of the API tells them; RosterEntries reads them. Until is exclusive.

/// <param name="Person">Without it the sender himself.</param>
public sealed record AbsenceRequest(DateTimeOffset From, DateTimeOffset Until, string? Person = null, string? Reason = null);

public sealed record ShiftRequest([property: Words(nameof(Vocabulary.Roles))] string Role, string Person, DateTimeOffset From, DateTimeOffset Until);

/// <summary>Each of the two has the duty of the other.</summary>
public sealed record SwapRequest(
    [property: Words(nameof(Vocabulary.Roles))] string Role, string Person, string With, DateTimeOffset From, DateTimeOffset Until);

public sealed record WithdrawRequest(string? Reason = null);
