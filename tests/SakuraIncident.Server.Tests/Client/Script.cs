using System.Diagnostics;
using FluentAssertions;

namespace SakuraIncident.Server.Tests.Client;

/// <summary>The script <c>sakura</c> itself, where it needs nothing built.</summary>
public sealed class The_script
{
    [Theory]
    [InlineData]
    [InlineData("nonsense")]
    [InlineData("evidence", "export", "R8-0001")]
    [InlineData("backup")]
    [InlineData("restore")]
    [InlineData("account")]
    [InlineData("non\nsense")]
    public async Task says_bad_usage_in_one_line(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(SakuraHost.Root, "sakura"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.Should().Be(2);
        (await output).Should().BeEmpty();
        errors.Should().MatchRegex("^[^\n]*sakura help[^\n]*\n$");
    }
}
