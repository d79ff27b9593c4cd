using FluentAssertions;
using SakuraIncident.Server.Plans;

namespace SakuraIncident.Server.Tests.Plans;

public sealed class Plan_check : IDisposable
{
    private readonly PlanFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public void finds_the_shipped_plan_sound()
    {
        Run().Should().Be(0);
        output.ToString().Should().Contain("問題はありません");
    }

    [Fact]
    public void names_file_line_and_reason()
    {
        folder.Replace("general.yaml", "due: 15m", "due: 15");

        Run().Should().Be(1);
        output.ToString().Should().Contain($"{folder.PathOf("general.yaml")}:{folder.LineOf("general.yaml", "due: 15\n")}: ");
    }

    public static TheoryData<string, string, string, string> Lacking => new()
    {
        { "organisation.yaml", "  - role: public-relations\n    holders: [inoue]\n    deputies: [kimura]\n", "", "public-relations" },
        { "organisation.yaml", "    body: assembly\n    holders: [ishikawa]", "    body: audit\n    holders: [ishikawa]", "議会" },
        { "general.yaml", "task: preserve-evidence", "task: keep-evidence", "証拠保全" },
    };

    [Theory]
    [MemberData(nameof(Lacking))]
    public void names_what_a_plan_lacks(string file, string old, string with, string reason)
    {
        folder.Replace(file, old, with);
        Run().Should().Be(1);
        output.ToString().Should().Contain(reason);
        folder.Load().Should().BeOfType<PlanReading.Sound>("people may be missing, and the plan still is better than none");
    }

    [Theory]
    [InlineData("--verbose")]
    [InlineData("/nowhere")]
    [InlineData("/no\nwhere")]
    [InlineData("a", "b")]
    public void refuses_unusable_arguments(params string[] args)
    {
        PlanCheckVerb.Run(args, output, error).Should().Be(2);
        error.ToString().ReplaceLineEndings("\n").Should().MatchRegex("^[^\n]+\n$");
    }

    [Fact]
    public void shows_playbooks_duties_and_holders()
    {
        PlanShowVerb.Run([folder.Directory], output, error).Should().Be(0);
        output.ToString().Should().Contain("ransomware").And.Contain("ppc-final").And.Contain("藤田 義明");
    }

    private int Run() => PlanCheckVerb.Run([folder.Directory], output, error);
}
