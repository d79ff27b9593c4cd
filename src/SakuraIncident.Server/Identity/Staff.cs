using System.Security.Claims;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Server.Identity;

/// <summary>Who somebody is at this moment, by the organisation file as it stands now.</summary>
public sealed class Staff(Func<DutyRoster> roster, TimeProvider clock)
{
    private const string KindClaim = "kind";
    private const string RoleClaim = "role";
    private const string PersonClaim = "person";
    private const string TokenClaim = "token";

    /// <summary>Is on the staff now. One who has left the file is not, whatever cookie he has.</summary>
    public bool Knows(string person) => person == Accounts.Admin || roster().People.TryGetValue(person, out var known) && !known.External;

    public string NameOf(string person) => person == Accounts.Admin ? Accounts.AdminName : roster().NameOf(person);

    /// <returns>Null: not signed in.</returns>
    public Signed? Of(ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated != true || user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id) return null;
        if (user.FindFirstValue(KindClaim) == nameof(ActorKind.Person)) return Signed.Person(id, NameOf(id), RolesOf(id));
        var token = new Token(
            Guid.Parse(id), user.FindFirstValue(TokenClaim) ?? "", user.FindFirstValue(RoleClaim) ?? "", user.FindFirstValue(PersonClaim));
        return Signed.Token(token, token.Person is { } person ? NameOf(person) : token.Name);
    }

    internal static ClaimsPrincipal Principal(string person, string scheme) =>
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, person), new(KindClaim, nameof(ActorKind.Person))], scheme));

    internal static ClaimsPrincipal Principal(Token token, string scheme)
    {
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, token.Id.ToString()), new(KindClaim, nameof(ActorKind.Token)), new(TokenClaim, token.Name),
            new(RoleClaim, token.Role),
        ];
        if (token.Person is { } person) claims.Add(new(PersonClaim, person));
        return new(new ClaimsIdentity(claims, scheme));
    }

    private HashSet<string> RolesOf(string person)
    {
        var roles = new HashSet<string>(roster().RolesOf(person, clock.GetUtcNow()), StringComparer.Ordinal);
        if (person == Accounts.Admin) roles.Add("admin");
        return roles;
    }
}

public static class SignedContext
{
    /// <summary>Who is asking. Behind the fallback policy there is always somebody.</summary>
    /// <exception cref="InvalidOperationException">The endpoint allows anonymous requests, and nobody is signed in.</exception>
    public static Signed Signed(this HttpContext http) =>
        http.FindSigned() ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <returns>Null: nobody is signed in.</returns>
    public static Signed? FindSigned(this HttpContext http)
    {
        if (http.Items[typeof(Signed)] is Signed known) return known;
        var signed = http.RequestServices.GetRequiredService<Staff>().Of(http.User);
        http.Items[typeof(Signed)] = signed;
        return signed;
    }
}
