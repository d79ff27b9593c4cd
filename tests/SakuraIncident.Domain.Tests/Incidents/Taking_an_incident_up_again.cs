using FluentAssertions;
using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Incidents;
using Xunit;

namespace SakuraIncident.Domain.Tests.Incidents;

public class Taking_an_incident_up_again
{
    [Fact]
    public void calls_the_first_rung_where_nobody_leads_it() => Case.Opened()
        .When(new CloseIncident(Outcome.FalseAlarm, null, "誤検知")).When(new ReopenIncident("やはり本物だった"))
        .Happened.OfType<ResponderPaged>().Should().ContainSingle().Which.Level.Should().Be(1);

    [Fact]
    public void calls_nobody_where_someone_leads_it() => Case.Opened()
        .When(new AcknowledgePage("p1", ByTelephone: false))
        .When(new CloseIncident(Outcome.FalseAlarm, null, "誤検知")).When(new ReopenIncident("やはり本物だった"))
        .Happened.OfType<ResponderPaged>().Should().BeEmpty();

    [Fact]
    public void climbs_the_ladder_afresh_while_nobody_answers()
    {
        var taken = Case.Opened().When(new CloseIncident(Outcome.FalseAlarm, null, "誤検知")).When(new ReopenIncident("本物")).After(4).PassDeadlines();
        taken.Incident.Pages.Where(p => p.State == PageState.Calling).Should().ContainSingle().Which.ActingFor.Should().Be("sato");
    }
}
