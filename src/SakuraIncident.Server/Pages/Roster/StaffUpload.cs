using SakuraIncident.Server.Http;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Pages.Registers;
using SakuraIncident.Server.Plans;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Roster;

namespace SakuraIncident.Server.Pages.Roster;

/// <summary>職員名簿 by a form: looked at, then taken.</summary>
public static class StaffUpload
{
    public const string Path = "/roster/staff";

    private static readonly UploadView Empty = new("職員名簿の取込み", Path, "/roster", StaffList.Columns, [], [], null, Done: false);

    public static Task<IResult> RunAsync(
        HttpContext http, UploadDoor door, PlanLibrary plans, RosterRequests requests, CancellationToken cancellation) =>
        door.RunAsync(http, Empty, async (file, post, preview) =>
        {
            StaffChanges? changes = null;
            var decide = StaffImport.Decide(file, http.Signed(), preview, told => changes = told);
            var wanted = preview ? decide(plans.Roster, []) : await requests.EnterAsync(http, RequestKey.Of(http, post.Key, post.Hash), decide, cancellation);
            return wanted switch
            {
                Wanted.Faulty faulty => new UploadOutcome([.. faulty.Faults.SelectMany(f => f.Value)], []),
                Wanted.Sound or Wanted.Entered => new UploadOutcome([], changes is null ? [] : Told(changes))
                {
                    Kept = ($"名簿にいない職員 {changes?.NotListed.Count}人(そのまま残します)", [.. changes?.NotListed.Select(Name) ?? []]),
                },
                Wanted.KeyReused => new UploadOutcome(["この画面からは既に別のファイルを取り込みました。もう一度ファイルを選んでください。"], []),
                _ => new UploadOutcome(["この操作をする権限がありません。"], []),
            };
        }, cancellation);

    private static IReadOnlyList<(string, IReadOnlyList<string>)> Told(StaffChanges changes) => UploadOutcome.Headed(
        ($"新しい職員 {changes.New.Count}人", changes.New.Select(Name)),
        ($"変わる職員 {changes.Changed.Count}人", changes.Changed.Select(c => $"{c.Name}({c.Person}): {string.Join("、", c.Details)}")),
        ($"退職する職員 {changes.Left.Count}人", changes.Left.Select(Name)),
        ("確かめてください", changes.Warnings),
        ($"変わらない職員 {changes.Unchanged}人", changes.Count == 0 ? ["この名簿で変わることはありません。"] : []));

    private static string Name(StaffName one) => $"{one.Name}({one.Person})";
}
