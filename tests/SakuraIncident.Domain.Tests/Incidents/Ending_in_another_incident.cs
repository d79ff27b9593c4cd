using FluentAssertions;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using Xunit;

namespace SakuraIncident.Domain.Tests.Incidents;

/// <summary>重複・統合: never into something on which nobody works.</summary>
public sealed class Ending_in_another_incident
{
    private static readonly Incident Open = Other(i => i);

    public static TheoryData<string, Incident> NobodyWorksOn => new()
    {
        { "imported", Other(i => i with { Origin = new ImportOrigin("servicenow", "New", 1) }) },
        { "a drill", Other(i => i with { Speed = 60 }) },
        { "a duplicate itself", Other(i => i with { DuplicateOf = Guid.NewGuid() }) },
    };

    [Theory, MemberData(nameof(NobodyWorksOn))]
    public void is_refused_where_the_other_one_is(string what, Incident other)
    {
        Case.Opened().When(new MergeIncident(other.Id, "同じ") { Other = other }).Last.Should().BeOfType<Refused>(what).Which.Kind.Should().Be(RefusalKind.Conflict);
        Case.Opened().When(new CloseIncident(Outcome.Duplicate, other.Id, "同じ") { Other = other }).Last.Should().BeOfType<Refused>(what);
    }

    [Fact]
    public void merges_into_an_open_one_only_but_may_be_a_duplicate_of_a_closed_one()
    {
        var closed = Open with { Status = IncidentStatus.Closed, Outcome = Outcome.FalseAlarm };

        Case.Opened().When(new MergeIncident(closed.Id, "同じ") { Other = closed }).Last.Should().BeOfType<Refused>();
        Case.Opened().When(new CloseIncident(Outcome.Duplicate, closed.Id, "同じ") { Other = closed }).Incident.DuplicateOf.Should().Be(closed.Id);
        Case.Opened().When(new MergeIncident(Open.Id, "同じ") { Other = Open }).Incident.Status.Should().Be(IncidentStatus.Merged);
    }

    [Fact]
    public void is_taken_back_when_it_is_taken_up_again()
    {
        var incident = Case.Opened().When(new CloseIncident(Outcome.Duplicate, Open.Id, "同じ") { Other = Open }).When(new ReopenIncident("別の原因"));

        incident.Happened.OfType<IncidentReopened>().Single().DuplicateOf.Should().Be(Open.Id);
        var linked = Case.Opened().When(new LinkDuplicate(incident.Incident.Id, "R8-0001"));
        linked.Incident.Duplicates.Should().Equal(incident.Incident.Id);
        linked.When(new LinkDuplicate(incident.Incident.Id, "R8-0001", IsDuplicate: false)).Incident.Duplicates.Should().BeEmpty();
    }

    private static Incident Other(Func<Incident, Incident> change) => change(Case.Opened().Incident with { Id = Guid.NewGuid(), Number = "R8-0002" });
}
