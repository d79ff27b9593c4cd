using System.Net;
using FluentAssertions;
using SakuraIncident.Server.Identity;

namespace SakuraIncident.Server.Tests.Identity;

public class Back_off_after_wrong_passwords
{
    private readonly StoppedClock clock = new();

    [Fact]
    public void doubles_from_the_fifth_failure_up_to_a_quarter_of_an_hour()
    {
        var attempts = new SignInAttempts(clock);
        var waits = new List<double?>();
        for (var i = 0; i < 14; i++)
        {
            attempts.Failed("tanaka", IPAddress.Loopback);
            waits.Add(attempts.WaitFor("tanaka", IPAddress.Loopback)?.TotalSeconds);
        }

        waits.Should().Equal(null, null, null, null, 30, 60, 120, 240, 480, 900, 900, 900, 900, 900);
    }

    [Fact]
    public void passes_with_time_and_ends_with_success()
    {
        var attempts = new SignInAttempts(clock);
        for (var i = 0; i < 5; i++) attempts.Failed("tanaka", IPAddress.Loopback);

        clock.Now += TimeSpan.FromSeconds(31);
        attempts.WaitFor("tanaka", IPAddress.Loopback).Should().BeNull();
        attempts.Succeeded("tanaka", IPAddress.Loopback);
        attempts.Failed("tanaka", IPAddress.Loopback);
        attempts.WaitFor("tanaka", IPAddress.Loopback).Should().BeNull();
    }

    [Fact]
    public void is_for_one_account_from_one_network()
    {
        var attempts = new SignInAttempts(clock);
        for (var i = 0; i < 5; i++) attempts.Failed("tanaka", IPAddress.Parse("2001:db8::1"));

        attempts.WaitFor("suzuki", IPAddress.Parse("2001:db8::1")).Should().BeNull();
        attempts.WaitFor("tanaka", IPAddress.Loopback).Should().BeNull();
        attempts.WaitFor("tanaka", IPAddress.Parse("2001:db8::2")).Should().NotBeNull("it is in the same network");
    }

    [Fact]
    public void knows_an_address_in_either_form()
    {
        var attempts = new SignInAttempts(clock);
        for (var i = 0; i < 5; i++) attempts.Failed("tanaka", IPAddress.Parse("::ffff:192.0.2.1"));

        attempts.WaitFor("tanaka", IPAddress.Parse("192.0.2.1")).Should().NotBeNull();
        attempts.WaitFor("tanaka", IPAddress.Parse("192.0.2.2")).Should().BeNull();
    }
}
