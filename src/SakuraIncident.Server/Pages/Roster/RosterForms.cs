using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Roster;

namespace SakuraIncident.Server.Pages.Roster;

/// <summary>The forms of 当番表: the same entries, book and audit record as the API's.</summary>
public sealed class RosterForms(RosterRequests requests, InFlight inFlight, FormDoor door)
{
    /// <returns>Status 200: entered, now or before.</returns>
    public async Task<FormOutcome> RunAsync(HttpContext http, FormPost post, CancellationToken cancellation)
    {
        var fields = post.Fields();
        if (await door.FaultAsync(http, post) is { } stale) return stale;
        var decide = Entry(post, fields, http.Signed());
        if (decide is null) return FormDoor.No(post, "この操作はありません。画面を読み込み直してください。", 422);
        if (!fields.AreValid) return FormDoor.Invalid(post, fields.Errors);

        var key = RosterRequests.KeyOf(http, post.Key, post.Hash);
        using var place = inFlight.Enter(key);
        if (place is null) return FormDoor.No(post, "同じ内容を処理しています。少し待って、画面を確かめてください。", 409);
        return await requests.EnterAsync(http, key, decide, cancellation) switch
        {
            Wanted.Entered => new FormOutcome(null, [], 200),
            Wanted.Faulty faulty => FormDoor.Invalid(post, faulty.Faults),
            Wanted.KeyReused => FormDoor.No(post, "この画面からは既に別の内容を記録しました。当番表を確かめて、まだのことだけを送ってください。", 422) with { KeyIsSpent = true },
            Wanted.NotAllowed => FormDoor.No(post, "この変更をする権限がありません。必要なときは、CSIRTに依頼してください。", 403),
            _ => FormDoor.No(post, "この変更は見つかりません。既に取り消されていないか確かめてください。", 404),
        };
    }

    private static Func<DutyRoster, IReadOnlyList<RosterChange>, Wanted>? Entry(FormPost post, Fields fields, Signed by) => post.Do switch
    {
        "absence" => RosterEntries.Absence(fields, by),
        "shift" => RosterEntries.Shift(fields, by),
        "swap" => RosterEntries.Swap(fields, by),
        "withdraw" => RosterEntries.Withdraw(fields, by, post.Target),
        _ => null,
    };
}
