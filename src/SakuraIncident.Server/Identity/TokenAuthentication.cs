using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace SakuraIncident.Server.Identity;

/// <summary>Bearer tokens, in the header, or on <c>/hubs</c> in the query, since a browser's WebSocket has no headers.</summary>
public sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Tokens tokens, Staff staff)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "token";

    private const string Bearer = "Bearer ";

    /// <returns>Null: this request has none.</returns>
    internal static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return header[Bearer.Length..].Trim();
        if (header.Length > 0) return header;
        return request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase) && request.Query.TryGetValue("access_token", out var token)
            ? token.ToString()
            : null;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Health must be told while the database is away.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null) return AuthenticateResult.NoResult();
        if (TokenOf(Request) is not { } text) return AuthenticateResult.NoResult();
        if (await tokens.FindAsync(text, Context.RequestAborted) is not { } token) return AuthenticateResult.Fail("The token is unknown or revoked.");
        if (token.Person is { } person && !staff.Knows(person)) return AuthenticateResult.Fail("The token's person has left.");
        return AuthenticateResult.Success(new AuthenticationTicket(Staff.Principal(token, SchemeName), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Challenge.AnswerAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Challenge.RefuseAsync(Context);
}
