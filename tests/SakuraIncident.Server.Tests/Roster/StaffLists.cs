using System.Text;
using FluentAssertions;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Registers;
using SakuraIncident.Server.Roster;

namespace SakuraIncident.Server.Tests.Roster;

/// <summary>職員名簿 as a spreadsheet saves it.</summary>
public sealed class A_staff_list
{
    private const string Heading = "職員番号,氏名,機関,所属,職,メール,電話,庁内チャット,休止時間,状態,備考\r\n";

    private static readonly DutyRoster Present = new(
        new Dictionary<string, Person>
        {
            ["sato"] = new("sato", "佐藤 健", "mayor", "デジタル推進課", "係長", [new("mail", "sato@city.example.jp"), new("product", null)], false),
            ["vendor"] = new("vendor", "委託先", "", "", "", [new("phone", "0000")], true),
        }, [], [], []);

    public static TheoryData<byte[]> Encodings => new(
        new UTF8Encoding(false).GetBytes(Heading + Good), [.. new byte[] { 0xEF, 0xBB, 0xBF }, .. Encoding.UTF8.GetBytes(Heading + Good)],
        CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetBytes(Heading + Good), InNecRows(CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetBytes(Heading + Good)),
        Encoding.UTF8.GetBytes((Heading + Good).Replace("\r\n", "\n", StringComparison.Ordinal)));

    private static string Good => "００１２,髙橋　①郎,教育委員会,\"学校,教育課\",主事,t@city.example.jp,０９０-0000-1111,,22:00-6:00,,転入\r\n";

    /// <summary>髙 as some programs write it: EE E0 in place of FB FC.</summary>
    private static byte[] InNecRows(byte[] file)
    {
        var at = file.AsSpan().IndexOf(stackalloc byte[] { 0xFB, 0xFC });
        (file[at], file[at + 1]) = (0xEE, 0xE0);
        return file;
    }

    [Theory, MemberData(nameof(Encodings))]
    public void is_read_in_each_encoding_that_spreadsheets_write(byte[] file)
    {
        var (people, faults) = StaffList.Read(file, Present);

        faults.Should().BeEmpty();
        var person = people.Should().ContainSingle().Subject.Person;
        person.Should().BeEquivalentTo(new Person(
            "0012", "髙橋　①郎", "education", "学校,教育課", "主事",
            [new("product", null), new("mail", "t@city.example.jp"), new("phone", "090-0000-1111")], false)
        { Quiet = new QuietHours(new TimeOnly(22, 0), new TimeOnly(6, 0)) });
    }

    [Fact]
    public void leaves_as_it_is_what_it_has_no_column_for()
    {
        var (people, _) = Read("職員番号,氏名,機関,所属,職,電話\nsato,佐藤 健,市長部局,税務課,課長,090-1111-2222\n");

        people[0].Person.Channels.Should().Equal(new Channel("mail", "sato@city.example.jp"), new Channel("product", null), new Channel("phone", "090-1111-2222"));
        people[0].Person.Department.Should().Be("税務課");
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "a,名,魔法省,課,職,,,,,,", "2行目「機関」: 「魔法省」という機関はありません" },
        { "a,名,議会,課,職,,,,,,\na,名,議会,課,職,,,,,,", "3行目「職員番号」: 2行目と同じ" },
        { "Ａ,名,議会,課,職,,,,,,\na,名,議会,課,職,,,,,,", "3行目「職員番号」: 2行目と同じ" },
        { "a,名,議会,課,職,not-a-mail,,,,,", "2行目「メール」" },
        { "a,名,議会,課,職,a@b@c.jp,,,,,", "2行目「メール」" },
        { "a,,議会,課,職,,,,,,", "2行目「氏名」: 記入してください" },
        { "a,名,議会,課", "2行目: 列が 4 個です(11 個のはずです)" },
        { "a,名,議会,課,職,,,,,,,余り", "2行目: 列が 12 個です" },
        { "a,名\u0007,議会,課,職,,,,,,", "2行目「氏名」: 使えない文字" },
        { "a,名,議会,課,職,,電話なし,,,,", "2行目「電話」" },
        { "a,名,議会,課,職,,,,25:00-6:00,,", "2行目「休止時間」" },
        { "a,名,議会,課,職,,,,,転籍,", "2行目「状態」" },
        { "a,名,議会,課,職,,,,,退職,", "2行目「状態」: 当番簿にいない" },
        { "admin,名,議会,課,職,,,,,,", "2行目「職員番号」" },
        { "佐藤,名,議会,課,職,,,,,,", "2行目「職員番号」" },
        { "vendor,名,議会,課,職,,,,,,", "2行目「職員番号」: 「vendor」は庁外" },
        { "\n\nb,,議会,課,職,,,,,,", "4行目「氏名」" },
        { "b,\"名\n前\",議会,課,職,,,,,,\nc,,議会,課,職,,,,,,", "4行目「氏名」" },
        { "b,\"名,議会,課,職,,,,,,\nc,名,議会,課,職,,,,,,", "2行目" },
        { "", "見出しの下に行がありません" },
    };

    [Theory, MemberData(nameof(Damages))]
    public void with_a_bad_line_says_which_line_and_column(string lines, string said) =>
        Read(Heading.Replace("\r", "", StringComparison.Ordinal) + lines).Faults.Select(f => f.ToString()).Should().Contain(f => f.StartsWith(said, StringComparison.Ordinal));

    [Theory]
    [InlineData("職員番号,氏名,機関,所属\n", "1行目: 列「職」がありません")]
    [InlineData("職員番号,氏名,機関,所属,職,役職\n", "1行目: 列「職」が二つあります")]
    [InlineData("職員番号,氏名,機関,所属,職,給与\n", "1行目: 列「給与」は使いません")]
    [InlineData("", "ファイルが空です")]
    public void with_another_heading_is_another_file(string heading, string said) =>
        Read(heading).Faults.Select(f => f.ToString()).Should().Contain(f => f.StartsWith(said, StringComparison.Ordinal));

    [Fact]
    public void in_no_encoding_at_all_is_refused() =>
        StaffList.Read([0xFF, 0xFE, 0x81, 0x00], Present).Faults.Should().ContainSingle().Which.Reason.Should().Contain("文字コード");

    private static (IReadOnlyList<Listed> People, IReadOnlyList<CsvFault> Faults) Read(string text) => StaffList.Read(Encoding.UTF8.GetBytes(text), Present);
}
