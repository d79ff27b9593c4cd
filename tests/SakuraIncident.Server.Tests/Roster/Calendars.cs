using System.Text.Json;
using FluentAssertions;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Roster;

namespace SakuraIncident.Server.Tests.Roster;

/// <summary>当番 as calendar programs read it.</summary>
public sealed class A_calendar_of_duty(TestDatabase postgres)
{
    private static readonly DateTimeOffset NewYearsEve = new(2026, 12, 31, 3, 0, 0, TimeSpan.Zero);

    private static readonly DutyRoster Nights = new(
        new Dictionary<string, Person> { ["ito"] = new("ito", "伊藤 大輔", "mayor", "課", "職", [new("product", null)], false) },
        [new RoleHolding("csirt", null, [], [], null, null, ByShift: true)],
        [new Shift("csirt", "ito", [DayOfWeek.Thursday], new TimeOnly(17, 15), new TimeOnly(8, 30), null, null)],
        [new Absence("ito", NewYearsEve.AddDays(6), NewYearsEve.AddDays(9), null)]);

    [Fact]
    public void has_times_of_Tokyo_over_the_turn_of_the_year_and_names_that_stay()
    {
        var text = DutyCalendar.OfPerson(Nights, "ito", NewYearsEve);
        var later = DutyCalendar.OfPerson(Nights, "ito", NewYearsEve.AddDays(2));

        var night = Events(text).Single(e => e.Start!.Value.Date == new DateTime(2026, 12, 31));
        (night.Start!.Value, night.Start.TzId, night.Start.AsUtc).Should().Be((new DateTime(2026, 12, 31, 17, 15, 0), "Asia/Tokyo", new DateTime(2026, 12, 31, 8, 15, 0)));
        night.End!.Value.Should().Be(new DateTime(2027, 1, 1, 8, 30, 0));
        night.DtStamp!.AsUtc.Should().Be(NewYearsEve.UtcDateTime);
        night.Summary.Should().Be("当番 CSIRT要員");
        Events(text).Single(e => e.Start!.Value.Date == new DateTime(2027, 1, 7)).Summary.Should().Be("当番 CSIRT要員(不在)");
        Events(later).Select(e => e.Uid).Should().Contain(night.Uid).And.OnlyHaveUniqueItems();
        text.Should().Contain("BEGIN:VTIMEZONE").And.Contain("TZOFFSETTO:+0900").And.Contain("METHOD:PUBLISH").And.Contain("\r\n");
    }

    [Fact]
    public async Task of_a_person_is_read_by_its_key_until_another_is_made()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var suzuki = await server.CallerAsync("system-operator", "suzuki");
        using var program = new HttpClient();

        var first = Address((await suzuki.PostAsync("/api/roster/people/suzuki/calendar-key")).Ok(201));
        var read = await program.GetAsync(first);
        read.Content.Headers.ContentType!.ToString().Should().Be("text/calendar; charset=utf-8");
        Events(await read.Content.ReadAsStringAsync()).Should().NotBeEmpty().And.OnlyContain(e => e.Summary == "当番 CSIRT要員");

        var second = Address((await suzuki.PostAsync("/api/roster/people/suzuki/calendar-key")).Ok(201));
        (await StatusAsync(program, first), await StatusAsync(program, second)).Should().Be((404, 200));
        (await StatusAsync(program, new Uri(second.ToString().Replace("suzuki", "sato", StringComparison.Ordinal)))).Should().Be(404);
        (await StatusAsync(program, new Uri(server.Address, "/api/roster/people/suzuki.ics"))).Should().Be(404);
        (await StatusAsync(program, new Uri(server.Address, "/api/roster/people/suzuki.ics?key=x%00"))).Should().Be(404);
        (await suzuki.PostAsync("/api/roster/people/suzuki/calendar-key/revoke")).Ok();
        (await StatusAsync(program, second)).Should().Be(404);

        (await suzuki.PostAsync("/api/roster/people/sato/calendar-key")).Status.Should().Be(403);
        (await suzuki.PostAsync("/api/roster/people/nobody/calendar-key")).Status.Should().Be(403, "who may not is not told who is there");
        (await suzuki.GetAsync("/api/roster/roles/csirt.ics")).Status.Should().Be(403);
        var audit = await server.AuditAsync();
        audit.Should().Contain("calendar-refused  /api/roster/people/suzuki.ics").And.Contain("denied suzuki /api/roster/roles/csirt.ics").And.NotContain(a => a.Contains("key=", StringComparison.Ordinal));
        using var lead = await server.CallerAsync("csirt");
        Events((await lead.GetAsync("/api/roster/roles/csirt.ics")).Text).Select(e => e.Summary).Should().Contain("鈴木 美咲").And.Contain("佐藤 健");
        (await StatusAsync(program, new Uri(server.Address, "/api/roster/roles/csirt.ics"))).Should().Be(401);
    }

    [Fact]
    public async Task is_shown_once_on_the_page()
    {
        await using var server = await RosterServer.StartAsync(postgres);
        var suzuki = await server.ReaderAsync("system-operator", "suzuki");
        using var program = new HttpClient();
        await suzuki.OpenAsync("/roster");

        (await suzuki.SendAsync("calendar-key")).Should().Be(200);

        var address = System.Text.RegularExpressions.Regex.Match(suzuki.Text, @"http\S+\.ics\?key=\S+", default, TimeSpan.FromSeconds(1)).Value;
        (await StatusAsync(program, new Uri(address))).Should().Be(200);
        await suzuki.OpenAsync("/roster");
        suzuki.Text.Should().NotContain("?key=").And.Contain("鍵を新しくする");
        (await suzuki.SendAsync("calendar-revoke")).Should().Be(200);
        (await StatusAsync(program, new Uri(address))).Should().Be(404);
    }

    private static Uri Address(JsonElement made) => new(made.GetProperty("address").GetString()!);

    private static async Task<int> StatusAsync(HttpClient program, Uri address)
    {
        using var answer = await program.GetAsync(address);
        return (int)answer.StatusCode;
    }

    private static IEnumerable<Ical.Net.CalendarComponents.CalendarEvent> Events(string text) => Ical.Net.Calendar.Load(text)!.Events;
}
