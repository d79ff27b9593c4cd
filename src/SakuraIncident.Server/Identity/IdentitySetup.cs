using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.WebEncoders;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Http;

namespace SakuraIncident.Server.Identity;

/// <summary>Puts sign-in, tokens, authority and keys into the server. Needs an <c>NpgsqlDataSource</c>, and the tables of <see cref="IdentityTables"/>.</summary>
public static class IdentitySetup
{
    private const string SchemeName = "sakura";

    /// <param name="roster">The organisation file as it stands at the moment of asking.</param>
    public static void AddIdentity(this IServiceCollection services, Func<IServiceProvider, DutyRoster> roster)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new Staff(() => roster(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Accounts>();
        services.AddSingleton<Tokens>();
        services.AddSingleton<SignInAttempts>();
        services.AddSingleton<AuditLog>();

        services.AddSingleton<DataProtectionKeys>();
        services.AddDataProtection().SetApplicationName("SakuraIncident");
        // It warns that the keys lie unencrypted: they are as safe as the database, which holds everything that they protect.
        services.AddLogging(log => log.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        services.AddOptions<KeyManagementOptions>().Configure<DataProtectionKeys>((options, keys) => options.XmlRepository = keys);

        services.AddAuthentication(SchemeName)
            .AddPolicyScheme(SchemeName, null, options => options.ForwardDefaultSelector = http =>
                TokenAuthentication.TokenOf(http.Request) is null ? CookieAuthenticationDefaults.AuthenticationScheme : TokenAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, null)
            .AddCookie(Configure);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "sakura-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddRazorComponents();
        // Japanese as it is, not as character references: half the size, and legible in the source of a page.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
    }

    /// <summary>Behind the handler of exceptions and before the endpoints: asking who it is needs the database.</summary>
    public static void UseIdentity(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseReadableForms();
        app.UseAntiforgery();
    }

    /// <summary>Of the static assets only those that the sign-in page needs are given to anybody.</summary>
    public static TBuilder AllowSignInAssets<TBuilder>(this TBuilder assets) where TBuilder : IEndpointConventionBuilder
    {
        assets.Add(endpoint =>
        {
            var name = (endpoint as RouteEndpointBuilder)?.RoutePattern.RawText?.TrimStart('/') ?? "";
            if (name.StartsWith("favicon", StringComparison.Ordinal) || name.EndsWith(".css", StringComparison.Ordinal))
                endpoint.Metadata.Add(new AllowAnonymousAttribute());
        });
        return assets;
    }

    private static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "sakura-session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.SlidingExpiration = true;
        options.Events.OnRedirectToLogin = context => Challenge.AnswerAsync(context.HttpContext);
        options.Events.OnRedirectToAccessDenied = context => Challenge.RefuseAsync(context.HttpContext);
        options.Events.OnValidatePrincipal = async context =>
        {
            var http = context.HttpContext;
            if (http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null) return;
            var services = http.RequestServices;
            var person = services.GetRequiredService<Staff>().Of(context.Principal!)?.PersonId;
            if (person is null || !services.GetRequiredService<Staff>().Knows(person)
                || !await services.GetRequiredService<Accounts>().IsEnabledAsync(person, http.RequestAborted))
                context.RejectPrincipal();
        };
    }
}
