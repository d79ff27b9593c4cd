using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Plans;
using SakuraIncident.Server.Roster;

namespace SakuraIncident.Server.Pages.Roster;

/// <summary>The forms of 当番表: the same entries, book and audit record as the API's.</summary>
public sealed class RosterForms(
    RosterRequests requests, RosterBook book, CalendarKeys keys, PlanLibrary plans, InFlight inFlight, FormDoor door, AuditLog audit, TimeProvider clock)
{
    /// <param name="address">Of the calendar, where its key was made just now.</param>
    public async Task<RosterView> ViewAsync(Signed by, string? address, CancellationToken cancellation)
    {
        var view = RosterView.Of(by, plans, book, clock.GetUtcNow());
        return view.Person is null ? view : view with { CalendarKeyAt = await keys.MadeAtAsync(view.Person, cancellation), CalendarAddress = address };
    }

    /// <returns>Status 200: entered, now or before. With the address of the calendar where that was asked for.</returns>
    public async Task<(FormOutcome Outcome, string? Address)> RunAsync(HttpContext http, FormPost post, CancellationToken cancellation)
    {
        if (await door.FaultAsync(http, post) is { } stale) return (stale, null);
        if (post.Do is "calendar-key" or "calendar-revoke") return await ChangeKeyAsync(http, post, cancellation);
        return (await EnterAsync(http, post, cancellation), null);
    }

    private async Task<FormOutcome> EnterAsync(HttpContext http, FormPost post, CancellationToken cancellation)
    {
        var fields = post.Fields();
        var decide = Entry(post, fields, http.Signed());
        if (decide is null) return FormDoor.No(post, "この操作はありません。画面を読み込み直してください。", 422);
        if (!fields.AreValid) return FormDoor.Invalid(post, fields.Errors);

        var key = RequestKey.Of(http, post.Key, post.Hash);
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

    private async Task<(FormOutcome, string?)> ChangeKeyAsync(HttpContext http, FormPost post, CancellationToken cancellation)
    {
        var by = http.Signed();
        if (by.PersonId is not { } person || !CalendarRoutes.MayHaveKey(by, person, plans))
        {
            await audit.DeniedAsync(by, http, cancellation);
            return (FormDoor.No(post, "職員として登録されていないため、カレンダーはありません。", 403), null);
        }
        await audit.RosterChangedAsync(by, http, cancellation);
        if (post.Do == "calendar-key") return (new FormOutcome(null, [], 200), CalendarRoutes.AddressOf(http, person, await keys.RenewAsync(person, cancellation)));
        await keys.RevokeAsync(person, cancellation);
        return (new FormOutcome(null, [], 200), null);
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
