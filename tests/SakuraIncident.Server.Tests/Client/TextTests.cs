using FluentAssertions;
using SakuraIncident.Cli;
using SakuraIncident.Cli.Imports;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Server.Tests.Client;

/// <summary>What the command reads and writes, without a server.</summary>
public sealed class Text_of_the_command
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 16, 0, 0, TimeSpan.Zero); // 11/25 01:00 in Japan

    [Theory]
    [InlineData("14:32", "2026-11-25T05:32:00Z")]
    [InlineData("2026-11-24T14:32", "2026-11-24T05:32:00Z")]
    [InlineData("2026-11-24 14:32", "2026-11-24T05:32:00Z")]
    [InlineData("2026-11-24T05:32:00Z", "2026-11-24T05:32:00Z")]
    [InlineData("2026-11-24T14:32:00.5+09:00", "2026-11-24T05:32:00.5Z")]
    [InlineData("2026-11-24", "2026-11-23T15:00:00Z")]
    public void reads_times_as_written_in_Japan(string text, string moment)
    {
        Moments.TryParse(text, Now, out var read).Should().BeTrue();
        read.Should().Be(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("25:00")]
    [InlineData("yesterday")]
    [InlineData("")]
    [InlineData("24/11/2026")]
    public void refuses_what_is_no_time(string text) => Moments.TryParse(text, Now, out _).Should().BeFalse();

    [Fact]
    public void writes_times_in_Japan() =>
        Moments.Text(new DateTimeOffset(2026, 11, 24, 5, 32, 0, TimeSpan.Zero), Now).Should().Be("11/24(火) 14:32");

    [Fact]
    public void has_the_domains_words()
    {
        Words.Categories.Should().Equal(Vocabulary.Categories.ToDictionary(c => c.Id, c => c.Title));
        Words.Zones.Should().Equal(Vocabulary.Zones.ToDictionary(c => c.Id, c => c.Title));
        Words.Roles.Should().Equal(Vocabulary.Roles.ToDictionary(c => c.Id, c => c.Title));
    }

    public static TheoryData<Type, Type> Enums => new()
    {
        { typeof(SakuraIncident.Client.Shapes.Phase), typeof(Phase) },
        { typeof(SakuraIncident.Client.Shapes.Severity), typeof(Severity) },
        { typeof(SakuraIncident.Client.Shapes.ImpactLevel), typeof(ImpactLevel) },
        { typeof(SakuraIncident.Client.Shapes.StepKind), typeof(StepKind) },
        { typeof(SakuraIncident.Client.Shapes.StepState), typeof(StepState) },
        { typeof(SakuraIncident.Client.Shapes.IncidentStatus), typeof(IncidentStatus) },
        { typeof(SakuraIncident.Client.Shapes.Outcome), typeof(Outcome) },
        { typeof(SakuraIncident.Client.Shapes.DutyState), typeof(DutyState) },
        { typeof(SakuraIncident.Client.Shapes.PageState), typeof(SakuraIncident.Domain.Escalation.PageState) },
    };

    [Theory]
    [MemberData(nameof(Enums))]
    public void has_every_value_that_the_domain_has(Type here, Type there) => Enum.GetNames(here).Should().Equal(Enum.GetNames(there));

    [Fact]
    public void reads_quoted_values_over_lines()
    {
        var rows = CsvRows.Read(new StringReader("a,b\r\n\"x, \"\"y\"\"\nz\",2\r\n3,4\r\n")).ToList();

        rows.Select(r => (r.Line, string.Join('|', r.Values))).Should().Equal((1, "a|b"), (2, "x, \"y\"\nz|2"), (4, "3|4"));
    }

    [Fact]
    public void an_unclosed_quote_damages_its_own_line_only()
    {
        var rows = CsvRows.Read(new StringReader("a,b\n\"x,1\n3,4\n5,6\n")).ToList();

        rows.Where(r => r.Damage is not null).Select(r => r.Line).Should().Equal(2);
        rows.Where(r => r.Damage is null).Select(r => r.Line).Should().Equal(1, 3, 4);
    }

    [Fact]
    public void bytes_that_are_no_UTF_8_damage_their_line()
    {
        using var file = new MemoryStream([.. "a,b\n"u8, 0x83, 0x65, .. ",1\n3,4\n"u8]);

        CsvRows.Read(new StreamReader(file)).Where(r => r.Damage is not null).Select(r => r.Line).Should().Equal(2);
    }
}
