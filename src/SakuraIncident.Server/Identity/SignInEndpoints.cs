using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using SakuraIncident.Server.Pages;

namespace SakuraIncident.Server.Identity;

/// <summary>The sign-in page, and signing out. Plain forms.</summary>
public static class SignInEndpoints
{
    private const int Longest = 200;

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        pages.MapGet("/sign-in", (string? returnUrl) => Page(ReturnUrl.Safe(returnUrl)));
        pages.MapPost("/sign-in", SignInAsync);
        pages.MapPost("/sign-out", SignOutAsync);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext http, Accounts accounts, Staff staff, SignInAttempts attempts, AuditLog audit, IAntiforgery antiforgery, CancellationToken cancellation)
    {
        if (!http.Request.HasFormContentType) return Page("/", "職員IDとパスワードを入力してください。", status: StatusCodes.Status415UnsupportedMediaType);
        var form = await http.Request.ReadFormAsync(cancellation);
        var returnUrl = ReturnUrl.Safe(form["returnUrl"]);
        var person = Narrow(form["person"].ToString()).Trim().ToLowerInvariant();
        var password = form["password"].ToString().Trim();
        if (!await antiforgery.IsRequestValidAsync(http))
            return Page(returnUrl, "画面が古くなっていました。もう一度サインインしてください。", person, StatusCodes.Status400BadRequest);
        if (person.Length is 0 or > Longest || password.Length is 0 or > Longest)
            return Page(returnUrl, "職員IDとパスワードを入力してください。", person, StatusCodes.Status422UnprocessableEntity);

        var address = http.Connection.RemoteIpAddress;
        if (attempts.WaitFor(person, address) is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Page(
                returnUrl, $"続けて失敗したため、しばらくサインインできません。{Waiting(wait)}後にもう一度お試しください。", person,
                StatusCodes.Status429TooManyRequests);
        }
        if (!await accounts.VerifyAsync(person, password, cancellation) || !staff.Knows(person))
        {
            attempts.Failed(person, address);
            await audit.SignInFailedAsync(staff.Knows(person) ? staff.Of(PrincipalOf(person)) : null, http, cancellation);
            return Page(returnUrl, "職員IDかパスワードが違います。", person, StatusCodes.Status422UnprocessableEntity);
        }

        attempts.Succeeded(person, address);
        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, PrincipalOf(person));
        await audit.SignedInAsync(staff.Of(PrincipalOf(person))!, http, cancellation);
        return Results.LocalRedirect(returnUrl);
    }

    /// <summary>
    /// Needs no token of a form: the cookie is not sent with another site's form, and a stale page must still be able to end the
    /// session.
    /// </summary>
    private static async Task<IResult> SignOutAsync(HttpContext http, AuditLog audit, CancellationToken cancellation)
    {
        if (http.FindSigned() is { PersonId: not null } by) await audit.SignedOutAsync(by, http, cancellation);
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.LocalRedirect("/sign-in");
    }

    private static System.Security.Claims.ClaimsPrincipal PrincipalOf(string person) =>
        Staff.Principal(person, CookieAuthenticationDefaults.AuthenticationScheme);

    /// <summary>Wide letters (Ａ) and spaces, as a Japanese keyboard gives them, as plain ones.</summary>
    private static string Narrow(string text) => string.Create(text.Length, text, (narrow, wide) =>
    {
        for (var i = 0; i < wide.Length; i++)
            narrow[i] = wide[i] switch { >= '！' and <= '～' and var c => (char)(c - '！' + '!'), '\u3000' => ' ', var c => c };
    });

    private static string Waiting(TimeSpan wait) => wait.TotalSeconds <= 60
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalSeconds)}秒")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalMinutes)}分");

    private static RazorComponentResult<SignIn> Page(
        string returnUrl, string? message = null, string? person = null, int status = StatusCodes.Status200OK) =>
        new(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(SignIn.ReturnUrl)] = returnUrl,
            [nameof(SignIn.Message)] = message,
            [nameof(SignIn.Person)] = person,
        })
        { StatusCode = status };
}
