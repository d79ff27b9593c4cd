using SakuraIncident.Domain.Incidents;

namespace SakuraIncident.Server.Identity;

/// <summary>Who is asking: a person, a program with a token, or the system itself.</summary>
/// <param name="Id">Of a person his id; of a token its UUID.</param>
/// <param name="Name">For people to read.</param>
/// <param name="PersonId">The person himself, or the one for whom a token acts.</param>
/// <param name="Roles">Role ids, or <c>admin</c>; of a person those that he holds or stands in for at this moment.</param>
/// <param name="TokenName">Null: not a token.</param>
public sealed record Signed(
    ActorKind Kind, string Id, string Name, string? PersonId, IReadOnlySet<string> Roles, string? TokenName)
{
    public static readonly Signed System =
        new(ActorKind.System, Actor.System.Id, "システム", null, new HashSet<string>(StringComparer.Ordinal), null);

    /// <summary>As it is written into events: a token by the person for whom it acts, else by its own name.</summary>
    public Actor Actor => new(Kind, Kind == ActorKind.System ? Id : PersonId ?? $"token:{TokenName}");

    public bool Holds(string role) => Roles.Contains(role);

    public static Signed Person(string id, string name, IReadOnlySet<string> roles) => new(ActorKind.Person, id, name, id, roles, null);

    public static Signed Token(Token token, string name) => new(
        ActorKind.Token, token.Id.ToString(), name, token.Person, new HashSet<string>(StringComparer.Ordinal) { token.Role }, token.Name);
}
