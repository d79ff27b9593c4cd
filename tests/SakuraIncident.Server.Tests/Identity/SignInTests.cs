using System.Net;
using System.Text.Json;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static SakuraIncident.Server.Tests.Identity.SignInHost;

namespace SakuraIncident.Server.Tests.Identity;

public sealed class Sign_in(TestDatabase server) : IAsyncLifetime
{
    private SignInHost host = null!;

    public async ValueTask InitializeAsync() => host = await StartAsync(server);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task sends_a_stranger_to_the_sign_in_page_and_back()
    {
        var stranger = await host.Client.GetAsync("/incidents/R8-0001?version=3");
        stranger.StatusCode.Should().Be(HttpStatusCode.Redirect);
        stranger.Headers.Location!.ToString().Should().Be("/sign-in?returnUrl=%2Fincidents%2FR8-0001%3Fversion%3D3");

        var signedIn = await SignInAsync(host.Client, "tanaka", host.Passwords["tanaka"], "/incidents/R8-0001?version=3");
        signedIn.StatusCode.Should().Be(HttpStatusCode.Redirect);
        signedIn.Headers.Location!.ToString().Should().Be("/incidents/R8-0001?version=3");

        (await host.Client.GetStringAsync("/")).Should().Contain("田中 一郎");
        (await host.Client.GetStringAsync("/api/who")).Should().Be("Person tanaka 田中 一郎 csirt");
    }

    [Theory]
    [InlineData("/api/incidents")]
    [InlineData("/hubs/board/negotiate")]
    [InlineData("/v2/enqueue")]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    public async Task answers_a_program_with_a_problem(string path)
    {
        var answer = await host.Client.PostAsync(path, null);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().Should().Be("Bearer");
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        problem.RootElement.GetProperty("code").GetString().Should().Be("unauthenticated");
        problem.RootElement.GetProperty("title").GetString().Should().Be("サインインが必要です");
        problem.RootElement.GetProperty("status").GetInt32().Should().Be(401);
    }

    [Fact]
    public async Task gives_no_sign_in_page_to_a_script_that_fetches_a_fragment()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Sec-Fetch-Mode", "cors");

        (await host.Client.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task comes_back_to_the_page_of_a_form_that_was_sent_without_a_session()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/incidents/R8-0001/notes");
        request.Headers.Referrer = new Uri(host.Address, "/incidents/R8-0001");

        var answer = await host.Client.SendAsync(request);

        answer.Headers.Location!.ToString().Should().Be("/sign-in?returnUrl=%2Fincidents%2FR8-0001");
    }

    [Fact]
    public async Task leaves_health_to_everybody() => (await host.Client.GetStringAsync("/healthz")).Should().Be("ok");

    [Fact]
    public async Task refuses_a_wrong_password_and_an_unknown_person_in_the_same_words()
    {
        foreach (var person in (string[])["tanaka", "nobody", "vendor"])
        {
            var answer = await SignInAsync(host.Client, person, "wrong");
            answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
            (await answer.Content.ReadAsStringAsync()).Should().Contain("職員IDかパスワードが違います。");
        }
    }

    [Fact]
    public async Task fails_with_a_form_that_cannot_be_read() =>
        (await SignInAsync(host.Client, "tana\0ka", host.Passwords["tanaka"])).StatusCode.Should().Be(HttpStatusCode.BadRequest);

    [Fact]
    public async Task is_blocked_for_a_while_after_the_fifth_failure_even_with_the_right_password()
    {
        for (var i = 0; i < 5; i++)
            (await SignInAsync(host.Client, "suzuki", "wrong")).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);

        var blocked = await SignInAsync(host.Client, "suzuki", host.Passwords["suzuki"]);
        blocked.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        blocked.Headers.RetryAfter!.Delta.Should().BePositive();
        (await blocked.Content.ReadAsStringAsync()).Should().Contain("しばらくサインインできません");

        (await SignInAsync(host.Client, "tanaka", host.Passwords["tanaka"])).StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task needs_the_token_of_its_form()
    {
        var answer = await host.Client.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["person"] = "tanaka",
            ["password"] = host.Passwords["tanaka"],
        }));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await host.Client.GetAsync("/api/who")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task forgives_capitals_and_wide_letters_in_the_id() =>
        (await SignInAsync(host.Client, " Ｔａｎａｋａ ", host.Passwords["tanaka"])).StatusCode.Should().Be(HttpStatusCode.Redirect);

    [Fact]
    public async Task shows_what_was_typed_as_text_only() =>
        (await (await SignInAsync(host.Client, "\"><script>alert(1)</script>", "wrong")).Content.ReadAsStringAsync()).Should().NotContain("<script");

    [Fact]
    public async Task ends_with_signing_out()
    {
        await SignInAsync(host.Client, "tanaka", host.Passwords["tanaka"]);

        (await host.Client.PostAsync("/sign-out", null)).Headers.Location!.ToString().Should().Be("/sign-in");

        (await host.Client.GetAsync("/api/who")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task gives_a_cookie_that_no_script_and_no_other_site_can_use()
    {
        var answer = await SignInAsync(host.Client, "tanaka", host.Passwords["tanaka"]);

        answer.Headers.GetValues("Set-Cookie").Should().ContainSingle(c => c.StartsWith("sakura-session="))
            .Which.Should().Contain("httponly").And.Contain("samesite=lax");
    }

    [Fact]
    public async Task is_not_for_one_whose_account_was_disabled()
    {
        await ExecuteAsync(host.ConnectionString, "update sakura.account set disabled = true where person = 'suzuki'");

        (await SignInAsync(host.Client, "suzuki", host.Passwords["suzuki"])).StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task survives_a_restart_of_the_server()
    {
        var cookies = new CookieContainer();
        using var client = host.NewClient(cookies);
        await SignInAsync(client, "tanaka", host.Passwords["tanaka"]);

        await using var next = await StartAsync(server, host.ConnectionString);
        next.Passwords.Should().BeEmpty("every account is there already");
        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri(next.Address, "/api/who"));
        again.Headers.Add("Cookie", cookies.GetCookieHeader(host.Address));
        using var plain = new HttpClient();
        var answer = await plain.SendAsync(again);

        (await answer.Content.ReadAsStringAsync()).Should().Be("Person tanaka 田中 一郎 csirt");
    }

    [Fact]
    public async Task is_written_into_the_audit_record_without_what_was_typed()
    {
        await SignInAsync(host.Client, "tanaka", host.Passwords["tanaka"]);
        await SignInAsync(host.NewClient(), "suzuki", "wrong");
        await SignInAsync(host.NewClient(), "MySecretPassword", "wrong");

        var records = new List<string>();
        await using var command = host.Services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand("select concat_ws(' ', what, who_kind, who, method, path) from sakura.audit order by id");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) records.Add(reader.GetString(0));
        records.Should().Equal(
            "signed-in person tanaka POST /sign-in", "sign-in-failed person suzuki POST /sign-in", "sign-in-failed POST /sign-in");
    }

    [Fact]
    public async Task keeps_every_page_to_itself()
    {
        var answer = await host.Client.GetAsync("/sign-in");

        answer.Headers.GetValues("Content-Security-Policy").Single().Should()
            .StartWith("default-src 'self';").And.Contain("frame-ancestors 'none'").And.NotContain("unsafe");
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
    }
}
