using FluentAssertions;
using SakuraIncident.Domain.Assurance;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using Xunit;

namespace SakuraIncident.Domain.Tests.Incidents;

/// <summary>An incident that names an asset of the register has its zone, its body and its classes for facts (P 2-6(2)).</summary>
public class Naming_an_asset
{
    private static readonly ClassifiedAsset Citizens = new("JUKI-01", "住民記録", "education", "mynumber", "3A", "2", "1");
    private static readonly ClassifiedAsset Site = new("WEB-01", "ホームページ", "mayor", "cloud", "1", "2", "2");
    private static readonly Condition Secret = new() { ConfidentialityClass = ["3A", "3B"], Zone = ["mynumber", "lgwan"] };
    private static readonly EmergencyPlan Plan = SamplePlan.Plan with { SeverityRules = [new SeverityRule(Secret, Severity.High, "P2-6(2)")] };

    [Fact]
    public void raises_the_least_severity_and_is_kept_in_the_event()
    {
        var opened = Open(null, [], Citizens);

        opened.Happened.OfType<IncidentOpened>().Single().ClassifiedAssets.Should().Equal(Citizens);
        (opened.Incident.Severity, opened.Incident.Body).Should().Be((Severity.High, "education"));
        opened.Incident.Zones.Should().Equal("mynumber");
        opened.Incident.Facts.Assets.Should().Equal(Citizens);
    }

    [Fact]
    public void adds_to_the_zones_that_were_said_and_leaves_the_body_that_was_said()
    {
        var opened = Open("assembly", ["internet"], Site, Citizens);

        opened.Incident.Zones.Should().Equal("internet", "cloud", "mynumber");
        opened.Incident.Body.Should().Be("assembly");
    }

    [Fact]
    public void of_another_class_raises_nothing_and_of_none_leaves_no_mark()
    {
        Open(null, ["mynumber"], Site).Incident.Severity.Should().Be(Severity.Low);
        Open(null, []).Happened.OfType<IncidentOpened>().Single().ClassifiedAssets.Should().BeNull();
        Open(null, []).Incident.Body.Should().Be("mayor");
    }

    [Fact]
    public void is_a_case_that_the_plan_check_tries()
    {
        Witness(Secret)!.Assets.Should().Contain(a => a.Confidentiality == "3A" || a.Confidentiality == "3B");
        Witness(new() { AvailabilityClass = ["2"], Unless = new() { IntegrityClass = ["1"] } }).Should().NotBeNull();
        Witness(new() { ConfidentialityClass = ["1"], Unless = new() { ConfidentialityClass = ["1"] } }).Should().BeNull("it never holds");
    }

    private static Facts? Witness(Condition when) => FactSpace.Witness(when, Plan, ["other"], ["mayor"], [new Dictionary<string, string>()]);

    private static Case Open(string? body, string[] zones, params ClassifiedAsset[] assets) => new Case(Plan).When(
        new OpenIncident("R8-0001", "題", "misdirected", body, zones, null, null, null, [.. assets.Select(a => a.Id)], null) { ClassifiedAssets = assets });
}
