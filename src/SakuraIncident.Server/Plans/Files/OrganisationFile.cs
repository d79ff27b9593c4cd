using System.Text;
using SakuraIncident.Domain;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Roster;

namespace SakuraIncident.Server.Plans.Files;

/// <summary>organisation.yaml: 職員, outside contacts, who holds which role, and the weekly duty.</summary>
internal static class OrganisationFile
{
    /// <summary>Days.</summary>
    private const int LongestTurn = 366;

    private static readonly IReadOnlyList<(string Id, string Title)> ChannelKinds =
        [("product", "画面"), ("mail", "メール"), ("phone", "電話"), ("chat", "チャット")];

    private static readonly IReadOnlyList<(string Id, string Title)> Days =
        [("sun", "日"), ("mon", "月"), ("tue", "火"), ("wed", "水"), ("thu", "木"), ("fri", "金"), ("sat", "土")];

    public static DutyRoster Read(Fields root, PlanPlaces places)
    {
        root.Text("organisation", required: true);
        var people = new Dictionary<string, Person>(StringComparer.Ordinal);
        foreach (var one in root.Maps("people", required: true)) Add(people, one, ReadPerson(one, external: false), places);
        foreach (var one in root.Maps("outside")) Add(people, one, ReadPerson(one, external: true), places);
        IReadOnlyList<RoleHolding> holdings = [.. root.Maps("roles", required: true).Select(r => ReadHolding(r, people, places)).OfType<RoleHolding>()];
        var roster = new DutyRoster(
            people,
            holdings,
            [.. root.Maps("shifts").Select(s => ReadShift(s, people)).OfType<Shift>()],
            [.. root.Maps("absences").Select(a => ReadAbsence(a, people)).OfType<Absence>()])
        {
            Rotations = [.. root.Maps("rotations").Select(r => ReadRotation(r, people, holdings)).OfType<Rotation>()],
        };
        root.RefuseTheRest();
        return roster;
    }

    private static void Add(Dictionary<string, Person> people, Fields at, Person? person, PlanPlaces places)
    {
        if (person is not null) places.AddPerson(at, person.Id);
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
        var quiet = external ? null : ReadQuiet(one);
        one.RefuseTheRest();
        return id is null || name is null || body is null || department is null || post is null
            ? null
            : new Person(id, name, body, department, post, channels, external) { Quiet = quiet };
    }

    private static QuietHours? ReadQuiet(Fields one)
    {
        if (one.Map("quiet") is not { } quiet) return null;
        var from = quiet.Time("from");
        var to = quiet.Time("to");
        quiet.RefuseTheRest();
        if (from is null || to is null) return null;
        if (from == to) quiet.Problem(quiet.LineOf("to"), "「quiet」の始まりと終わりが同じです。");
        return new QuietHours(from.Value, to.Value);
    }

    private static Channel? ReadChannel(Fields channel)
    {
        var kind = channel.Word("kind", ChannelKinds, "連絡手段", required: true);
        var address = kind is null or "product" ? null : channel.Text("address", required: true);
        channel.RefuseTheRest();
        if (kind == "mail" && address is not null && !address.Contains('@'))
            channel.Problem(channel.LineOf("address"), $"「{address}」はメールアドレスではありません。");
        if (kind == "phone" && address is not null && !StaffList.Phone().IsMatch(address.Normalize(NormalizationForm.FormKC)))
            channel.Problem(channel.LineOf("address"), $"「{address}」は電話番号ではありません。数字とハイフンで書いてください。");
        return kind is null ? null : new Channel(kind, address);
    }

    private static RoleHolding? ReadHolding(Fields holding, Dictionary<string, Person> people, PlanPlaces places)
    {
        var role = holding.Word("role", Vocabulary.Roles, "役割", required: true);
        if (role is not null) places.AddHolding(holding, role);
        if (role == "lead") holding.Problem(holding.LineOf("role"), "対応責任者（lead）は事案ごとに決まります。ここでは決められません。");
        var body = holding.Word("body", Vocabulary.Bodies, "実施機関");
        var holders = People(holding, "holders", people);
        var (deputies, terms) = ReadDeputies(holding, people);
        var from = holding.Date("from");
        var until = holding.Date("until");
        var byShift = holding.Flag("byShift") ?? false;
        holding.RefuseTheRest();
        if (from is { } first && until is { } last && last < first)
            holding.Problem(holding.LineOf("until"), "終わりの日が始まりの日より前です。");
        foreach (var twice in holders.Intersect(deputies))
            holding.Problem(holding.LineOf("deputies"), $"「{twice}」が担当者と職務代行の両方に書かれています。");
        return role is null ? null : new RoleHolding(role, body, holders, deputies, from, until, byShift) { Terms = terms };
    }

    /// <summary>A deputy is a person, or a person with the days on which he stands in.</summary>
    private static (IReadOnlyList<string> Deputies, IReadOnlyList<DeputyTerm> Terms) ReadDeputies(Fields holding, Dictionary<string, Person> people)
    {
        var deputies = new List<string>();
        var terms = new List<DeputyTerm>();
        foreach (var (line, person, more) in holding.TextsOrMaps("deputies", "person") ?? [])
        {
            deputies.Add(person);
            if (!people.ContainsKey(person)) holding.Problem(line, $"「{person}」という人は people にも outside にもありません。");
            if (more is null) continue;
            var (from, until) = (more.Date("from"), more.Date("until"));
            more.RefuseTheRest();
            if (until < from) more.Problem(more.LineOf("until"), "終わりの日が始まりの日より前です。");
            if (from is not null || until is not null) terms.Add(new DeputyTerm(person, from, until));
        }
        return (deputies, terms);
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

    private static Rotation? ReadRotation(Fields rotation, Dictionary<string, Person> people, IReadOnlyList<RoleHolding> holdings)
    {
        var role = rotation.Word("role", Vocabulary.Roles, "役割", required: true);
        if (!rotation.Has("people")) rotation.Problem(rotation.Line, "「people」がありません。");
        var turns = People(rotation, "people", people);
        var every = rotation.Duration("every", required: true);
        var handover = rotation.Time("handover");
        var starts = rotation.Date("starts", required: true);
        var ends = rotation.Date("ends");
        rotation.RefuseTheRest();
        if (role is not null && !holdings.Any(h => h.Role == role && h.ByShift))
            rotation.Problem(rotation.LineOf("role"), $"役割「{role}」は当番制ではありません。roles に「byShift: true」と書いてください。");
        if (every is { } turn && (turn.Ticks % TimeSpan.TicksPerDay != 0 || turn.Days > LongestTurn))
            rotation.Problem(rotation.LineOf("every"), $"「every」は 1d、7d のように、1日から{LongestTurn}日までの日数で書いてください。");
        if (ends < starts) rotation.Problem(rotation.LineOf("ends"), "終わりの日が始まりの日より前です。");
        return role is null || turns.Count == 0 || every is not { Days: > 0 } length || handover is null || starts is null
            ? null
            : new Rotation(role, turns, length.Days, handover.Value, starts.Value, ends);
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
        return new Absence(person, InJapan.Midnight(first), InJapan.Midnight(last.AddDays(1)), reason);
    }
}
