using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;

namespace SakuraIncident.Server.Plans.Files;

/// <summary>organisation.yaml: 職員, outside contacts, who holds which role, and the weekly duty.</summary>
internal static class OrganisationFile
{
    private static readonly IReadOnlyList<(string Id, string Title)> ChannelKinds =
        [("product", "画面"), ("mail", "メール"), ("phone", "電話"), ("chat", "チャット")];

    private static readonly IReadOnlyList<(string Id, string Title)> Days =
        [("sun", "日"), ("mon", "月"), ("tue", "火"), ("wed", "水"), ("thu", "木"), ("fri", "金"), ("sat", "土")];

    public static DutyRoster Read(Fields root, PlanPlaces places)
    {
        root.Text("organisation", required: true);
        var people = new Dictionary<string, Person>(StringComparer.Ordinal);
        foreach (var one in root.Maps("people", required: true)) Add(people, one, ReadPerson(one, external: false));
        foreach (var one in root.Maps("outside")) Add(people, one, ReadPerson(one, external: true));
        var roster = new DutyRoster(
            people,
            [.. root.Maps("roles", required: true).Select(r => ReadHolding(r, people, places)).OfType<RoleHolding>()],
            [.. root.Maps("shifts").Select(s => ReadShift(s, people)).OfType<Shift>()],
            [.. root.Maps("absences").Select(a => ReadAbsence(a, people)).OfType<Absence>()]);
        root.RefuseTheRest();
        return roster;
    }

    private static void Add(Dictionary<string, Person> people, Fields at, Person? person)
    {
        if (person is null || people.TryAdd(person.Id, person)) return;
        at.Problem(at.LineOf("id"), $"「{person.Id}」は、ほかの人が使っている識別子です。");
    }

    private static Person? ReadPerson(Fields one, bool external)
    {
        var id = one.Id("id");
        var name = one.Text("name", required: true, longest: 60);
        var body = external ? "" : one.Word("body", Vocabulary.Bodies, "実施機関", required: true);
        var department = external ? one.Text("department") ?? "" : one.Text("department", required: true);
        var post = one.Text("post", required: true);
        var channels = one.Maps("channels").Select(ReadChannel).OfType<Channel>().ToList();
        one.RefuseTheRest();
        return id is null || name is null || body is null || department is null || post is null
            ? null
            : new Person(id, name, body, department, post, channels, external);
    }

    private static Channel? ReadChannel(Fields channel)
    {
        var kind = channel.Word("kind", ChannelKinds, "連絡手段", required: true);
        var address = kind is null or "product" ? null : channel.Text("address", required: true);
        channel.RefuseTheRest();
        if (kind == "mail" && address is not null && !address.Contains('@'))
            channel.Problem(channel.LineOf("address"), $"「{address}」はメールアドレスではありません。");
        return kind is null ? null : new Channel(kind, address);
    }

    private static RoleHolding? ReadHolding(Fields holding, Dictionary<string, Person> people, PlanPlaces places)
    {
        var role = holding.Word("role", Vocabulary.Roles, "役割", required: true);
        if (role is not null) places.AddHolding(holding, role);
        if (role == "lead") holding.Problem(holding.LineOf("role"), "対応責任者（lead）は事案ごとに決まります。ここでは決められません。");
        var body = holding.Word("body", Vocabulary.Bodies, "実施機関");
        var holders = People(holding, "holders", people);
        var deputies = People(holding, "deputies", people);
        var from = holding.Date("from");
        var until = holding.Date("until");
        var byShift = holding.Flag("byShift") ?? false;
        holding.RefuseTheRest();
        if (from is { } first && until is { } last && last < first)
            holding.Problem(holding.LineOf("until"), "終わりの日が始まりの日より前です。");
        foreach (var twice in holders.Intersect(deputies))
            holding.Problem(holding.LineOf("deputies"), $"「{twice}」が担当者と職務代行の両方に書かれています。");
        return role is null ? null : new RoleHolding(role, body, holders, deputies, from, until, byShift);
    }

    private static IReadOnlyList<string> People(Fields of, string key, Dictionary<string, Person> people)
    {
        var named = of.Texts(key) ?? [];
        foreach (var (line, person) in named)
            if (!people.ContainsKey(person)) of.Problem(line, $"「{person}」という人は people にも outside にもありません。");
        return [.. named.Select(n => n.Text)];
    }

    private static string? OnePerson(Fields of, Dictionary<string, Person> people)
    {
        if (of.Text("person", required: true) is not { } person) return null;
        if (people.ContainsKey(person)) return person;
        of.Problem(of.LineOf("person"), $"「{person}」という人は people にも outside にもありません。");
        return null;
    }

    private static Shift? ReadShift(Fields shift, Dictionary<string, Person> people)
    {
        var role = shift.Word("role", Vocabulary.Roles, "役割", required: true);
        var person = OnePerson(shift, people);
        if (!shift.Has("days")) shift.Problem(shift.Line, "「days」がありません。");
        var days = shift.Words("days", Days, "曜日");
        var from = shift.Time("from");
        var to = shift.Time("to");
        var starts = shift.Date("starts");
        var ends = shift.Date("ends");
        shift.RefuseTheRest();
        if (starts is { } first && ends is { } last && last < first)
            shift.Problem(shift.LineOf("ends"), "終わりの日が始まりの日より前です。");
        return role is null || person is null || days is null || from is null || to is null
            ? null
            : new Shift(role, person, [.. days.Select(DayOf)], from.Value, to.Value, starts, ends);
    }

    private static DayOfWeek DayOf(string day) => (DayOfWeek)Math.Max(0, Days.ToList().FindIndex(d => d.Id == day));

    private static Absence? ReadAbsence(Fields absence, Dictionary<string, Person> people)
    {
        var person = OnePerson(absence, people);
        var from = absence.Date("from", required: true);
        var until = absence.Date("until", required: true);
        var reason = absence.Text("reason");
        absence.RefuseTheRest();
        if (person is null || from is not { } first || until is not { } last) return null;
        if (last < first) absence.Problem(absence.LineOf("until"), "終わりの日が始まりの日より前です。");
        return new Absence(person, StartOf(first), StartOf(last.AddDays(1)), reason);
    }

    /// <summary>Midnight in Japan, as the UTC moment.</summary>
    private static DateTimeOffset StartOf(DateOnly day) =>
        new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(9)).ToUniversalTime();
}
