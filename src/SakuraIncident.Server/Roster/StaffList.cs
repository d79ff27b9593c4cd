using System.Globalization;
using System.Net.Mail;
using System.Text;
using System.Text.RegularExpressions;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Registers;

namespace SakuraIncident.Server.Roster;

/// <summary>What a line of the staff list says of someone: as he shall be, or that he has left.</summary>
public sealed record Listed(Person Person, bool HasLeft);

/// <summary>職員名簿 as CSV. What a line does not speak of stays as it is.</summary>
public static partial class StaffList
{
    public static readonly IReadOnlyList<CsvColumn> Columns =
    [
        new("id", ["職員番号", "ID", "職員ID"], Needed: true, Most: 40), new("name", ["氏名", "名前"], Needed: true, Most: 60),
        new("body", ["機関", "実施機関"], Needed: true), new("department", ["所属", "部署", "課"], Needed: true),
        new("post", ["職", "職名", "役職"], Needed: true), new("mail", ["メール", "メールアドレス", "email"]), new("phone", ["電話", "電話番号"], Most: 40),
        new("chat", ["庁内チャット", "チャット"]), new("quiet", ["休止時間"], Most: 20), new("state", ["状態", "在職"], Most: 10),
    ];

    private static readonly string[] Addressed = ["mail", "phone", "chat"];

    /// <param name="present">The roster that the lines are about.</param>
    public static (IReadOnlyList<Listed> People, IReadOnlyList<CsvFault> Faults) Read(byte[] file, DutyRoster present) =>
        CsvTable.Read(file, Columns, (line, wrong) => Read(line, present, wrong), listed => listed.Person.Id);

    private static Listed Read(CsvLine line, DutyRoster present, Action<string, string> wrong)
    {
        var id = line["id"].Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        if (id.Length > 0 && (!Id().IsMatch(id) || id == Accounts.Admin)) wrong("id", $"「{CsvTable.Shorten(id)}」は使えません。半角の英数字とハイフンで書いてください。");
        var known = present.People.GetValueOrDefault(id);
        if (known?.External == true) wrong("id", $"「{id}」は庁外の連絡先の識別子です。");
        var state = line["state"];
        if (state is not ("" or "在職" or "退職")) wrong("state", $"「{CsvTable.Shorten(state)}」は使えません。空欄、在職、退職のどれかにしてください。");
        if (state == "退職" && known is null) wrong("state", "当番簿にいない職員です。");
        if (state == "退職") return new Listed(known ?? Empty(id), HasLeft: true);

        var quiet = line["quiet"].Length == 0 ? known?.Quiet : QuietOf(line["quiet"]);
        if (line["quiet"].Length > 0 && quiet is null) wrong("quiet", "「22:00-06:00」のように、始まりと終わりの時刻で書いてください。");
        if (line["mail"].Length > 0 && !IsMail(line["mail"])) wrong("mail", $"「{CsvTable.Shorten(line["mail"])}」はメールアドレスではありません。");
        if (line["phone"].Length > 0 && !Phone().IsMatch(line["phone"].Normalize(NormalizationForm.FormKC))) wrong("phone", "数字とハイフンで書いてください。");
        var person = new Person(id, line["name"], BodyOf(line["body"], wrong), line["department"], line["post"], Channels(line, known), External: false) { Quiet = quiet };
        return new Listed(person, HasLeft: false);
    }

    /// <summary>The screen first, then what he had in its order; a kind that the file speaks of as the file says it.</summary>
    private static IReadOnlyList<Channel> Channels(CsvLine line, Person? known)
    {
        var channels = (known?.Channels ?? [new Channel("product", null)]).ToList();
        foreach (var kind in Addressed.Where(line.Has))
        {
            var address = kind == "phone" ? line[kind].Normalize(NormalizationForm.FormKC) : line[kind];
            var at = channels.FindIndex(c => c.Kind == kind);
            if (address.Length == 0) channels.RemoveAll(c => c.Kind == kind);
            else if (at < 0) channels.Add(new Channel(kind, address));
            else channels[at] = new Channel(kind, address);
        }
        return channels;
    }

    private static string BodyOf(string text, Action<string, string> wrong)
    {
        foreach (var (id, title) in Vocabulary.Bodies)
            if (text == id || text == title) return id;
        if (text.Length > 0) wrong("body", $"「{CsvTable.Shorten(text)}」という機関はありません。{string.Join("、", Vocabulary.Bodies.Select(b => b.Title))} のどれかにしてください。");
        return "";
    }

    private static QuietHours? QuietOf(string text)
    {
        var parts = text.Normalize(NormalizationForm.FormKC).Split(['-', '–', '~', '〜', 'ー'], StringSplitOptions.TrimEntries);
        return parts.Length == 2 && Time(parts[0]) is { } from && Time(parts[1]) is { } to && from != to ? new QuietHours(from, to) : null;
    }

    private static TimeOnly? Time(string text) =>
        TimeOnly.TryParseExact(text, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static bool IsMail(string text) =>
        MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.') && text.All(c => c is > ' ' and <= '~');

    private static Person Empty(string id) => new(id, id, "", "", "", [], false);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,39}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();

    [GeneratedRegex(@"\A\+?[0-9][0-9() -]{3,30}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex Phone();
}
