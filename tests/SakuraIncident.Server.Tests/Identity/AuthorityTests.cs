using System.Collections.Immutable;
using FluentAssertions;
using SakuraIncident.Domain.Escalation;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Identity;

namespace SakuraIncident.Server.Tests.Identity;

public class Authority_over_incidents
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);
    private static readonly OpenIncident Open = new("R8-0001", "端末の異常", "malware", "mayor", [], null, null, null, [], null);
    private static readonly CloseIncident Close = new(Outcome.FalseAlarm, null, "誤報");
    private static readonly AddNote Note = new("メモ");
    private static readonly IncidentCommand[] All =
    [
        Open, Note, Close, new StartStep("isolate"), new CallResponder("csirt", null), new AssignRole("lead", "sato", null),
        new MovePhase(Phase.Containment, null), new AcknowledgePage("p1", false), new DeclinePage("p1", null),
    ];
    private static readonly string[] Participants = ["suzuki", "sato", "takahashi"];

    /// <summary>Reported by 鈴木; 佐藤 is called; 高橋 leads.</summary>
    private static readonly Incident Reported = new()
    {
        Version = 1,
        OpenedBy = new Actor(ActorKind.Person, "suzuki"),
        Pages = [CallOf("sato", PageState.Calling)],
        Roles = ImmutableSortedDictionary<string, RoleAssignment>.Empty.Add("lead", new RoleAssignment("takahashi", null, Now)),
    };

    [Theory]
    [InlineData("ciso")]
    [InlineData("csirt-lead")]
    [InlineData("admin")]
    [InlineData("csirt")]
    public void is_complete_for_those_who_run_the_response(string role)
    {
        Authority.MayRead(Person("ito", role), Participants).Should().BeTrue();
        All.Should().AllSatisfy(command => Authority.MayCommand(Person("ito", role), command, Reported).Should().BeTrue());
        Authority.MayImport(Person("ito", role)).Should().BeTrue();
        Authority.MayAdminister(Person("ito", role)).Should().Be(role != "csirt");
    }

    [Fact]
    public void of_an_auditor_is_to_read_everything_and_change_nothing()
    {
        var auditor = Person("ito", "auditor");

        Authority.ReadsAll(auditor).Should().BeTrue();
        All.Should().AllSatisfy(command => Authority.MayCommand(auditor, command, Reported).Should().BeFalse());
    }

    [Fact]
    public void lets_an_auditor_with_another_role_do_what_that_role_may() =>
        Authority.MayCommand(Person("ito", "auditor", "manager"), Open, new Incident()).Should().BeTrue();

    [Theory]
    [InlineData]
    [InlineData("manager")]
    [InlineData("chief-officer")]
    public void lets_any_staff_report_and_see_nothing_of_others(params string[] roles)
    {
        Authority.MayCommand(Person("ito", roles), Open, new Incident()).Should().BeTrue();
        Authority.MayRead(Person("ito", roles), Participants).Should().BeFalse();
        Authority.ReadsAll(Person("ito", roles)).Should().BeFalse();
        Authority.MayImport(Person("ito", roles)).Should().BeFalse();
    }

    [Fact]
    public void of_the_reporter_is_to_see_and_to_write_notes()
    {
        Authority.MayRead(Person("suzuki"), Participants).Should().BeTrue();
        All.Where(c => Authority.MayCommand(Person("suzuki"), c, Reported)).Should().Equal(Open, Note);
    }

    [Fact]
    public void of_one_who_is_called_is_to_answer_his_own_call()
    {
        var called = Person("sato");

        Authority.MayRead(called, Participants).Should().BeTrue();
        Authority.MayCommand(called, new AcknowledgePage("p1", false), Reported).Should().BeTrue();
        Authority.MayCommand(called, new DeclinePage("p1", null), Reported).Should().BeTrue();
        Authority.MayCommand(called, new StartStep("isolate"), Reported).Should().BeFalse();
        Authority.MayCommand(Person("suzuki"), new AcknowledgePage("p1", false), Reported).Should().BeFalse("it is not his call");
    }

    [Fact]
    public void grows_with_answering_the_call()
    {
        var answered = Reported with { Pages = [CallOf("sato", PageState.Acknowledged)] };

        Authority.MayCommand(Person("sato"), new StartStep("isolate"), answered).Should().BeTrue();
    }

    [Fact]
    public void of_one_who_is_assigned_is_complete_on_that_incident() =>
        Authority.MayCommand(Person("takahashi"), Close, Reported).Should().BeTrue();

    [Fact]
    public void of_a_token_is_its_role_and_its_person()
    {
        var forPerson = Signed.Token(new Token(Guid.NewGuid(), "phone", "manager", "takahashi"), "高橋");
        var alone = Signed.Token(new Token(Guid.NewGuid(), "takahashi", "manager", null), "takahashi");

        Authority.MayCommand(forPerson, Close, Reported).Should().BeTrue();
        Authority.MayRead(alone, Participants).Should().BeFalse("a token's own name is nobody's id");
        Authority.MayRead(alone, [alone.Actor.Id]).Should().BeTrue("it sees what it reported");
    }

    [Fact]
    public void leaves_the_systems_own_commands_to_the_system()
    {
        Authority.MayCommand(Signed.System, new PassDeadline("page:p1"), Reported).Should().BeTrue();
        Authority.MayCommand(Person("takahashi"), new PassDeadline("page:p1"), Reported).Should().BeFalse();
    }

    [Theory]
    [InlineData("ciso", true)]
    [InlineData("csirt-lead", true)]
    [InlineData("chief-officer", true)]
    [InlineData("csirt", false)]
    [InlineData("manager", false)]
    public void to_lower_severity_begins_with_the_lead_of_the_csirt(string role, bool may) =>
        Authority.MayLowerSeverity(Person("ito", role)).Should().Be(may);

    private static Signed Person(string id, params string[] roles) => Signed.Person(id, id, roles.ToHashSet());

    private static Page CallOf(string person, PageState state) =>
        new("p1", "ladder", "csirt", person, null, 1, state, Now, null, false);
}
