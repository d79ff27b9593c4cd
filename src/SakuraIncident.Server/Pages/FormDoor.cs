using Microsoft.AspNetCore.Antiforgery;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Pages.Incidents;
using SakuraIncident.Server.Pages.Parts;
using Wolverine;

namespace SakuraIncident.Server.Pages;

/// <summary>What came of a form: the incident as it is now, or why nothing was done.</summary>
/// <param name="KeyIsSpent">Something else was recorded with the key of this form; it needs another.</param>
public sealed record FormOutcome(IncidentAnswer? Incident, IReadOnlyList<FormError> Errors, int Status, bool KeyIsSpent = false);

/// <summary>The way of a form: the same door as the API's, with the form's own key against acting twice.</summary>
public sealed class FormDoor(IMessageBus bus, InFlight inFlight, AuditLog audit, IAntiforgery antiforgery)
{
    /// <summary>How the fields are called on the screen.</summary>
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["text"] = "文",
        ["record"] = "記録",
        ["reason"] = "理由",
        ["choice"] = "判断",
        ["role"] = "役割",
        ["person"] = "職員",
        ["handover"] = "引継ぎ",
        ["to"] = "段階",
        ["severity"] = "重大度",
        ["category"] = "種類",
        ["zones"] = "領域",
        ["least"] = "少なくとも(人)",
        ["greatest"] = "多くて(人)",
        ["knownAt"] = "知った日時",
        ["occurredAt"] = "起きた日時",
        ["dueAt"] = "期限",
        ["owner"] = "担当",
        ["title"] = "題",
        ["outcome"] = "結果",
        ["of"] = "もとの事案",
        ["receiptNumber"] = "受付番号",
        ["stillUnknown"] = "まだ分からないこと",
        ["seen"] = "見たこと",
        ["place"] = "場所",
        ["body"] = "組織",
        ["from"] = "始まり",
        ["until"] = "終わり",
        ["with"] = "交代する相手",
    };

    public Task<bool> IsOursAsync(HttpContext http) => antiforgery.IsRequestValidAsync(http);

    /// <summary>Why a form is not to be looked at: it is not of our making, or has no key. Null: it is to be.</summary>
    public async Task<FormOutcome?> FaultAsync(HttpContext http, FormPost post)
    {
        var isOurs = await IsOursAsync(http);
        return isOurs && post.Key.Length is > 0 and <= 255 && !post.Key.Any(char.IsControl) ? null : No(post, "画面が古くなっていました。もう一度送ってください。", isOurs ? 422 : 400);
    }

    public FormState Fresh(HttpContext http) => FormState.Fresh(Token(http));

    public FormState Refused(HttpContext http, FormPost post, FormOutcome outcome)
    {
        if (!outcome.KeyIsSpent) return new FormState(Token(http), outcome.Errors, post.Typed);
        http.Response.Headers["X-New-Key"] = "1";
        return new FormState(Token(http), outcome.Errors, post.Typed.Where(f => f.Key != "key").ToDictionary());
    }

    /// <param name="incident">Null: opens one.</param>
    public async Task<FormOutcome> RunAsync(
        HttpContext http, FormPost post, Guid? incident, IncidentCommand? command, Fields fields, CancellationToken cancellation)
    {
        if (await FaultAsync(http, post) is { } stale) return stale;
        if (command is null) return No(post, "この操作はありません。画面を読み込み直してください。", 422);
        if (!fields.AreValid) return Invalid(post, fields.Errors);

        var by = http.Signed();
        var key = RequestKey.Of(http, post.Key, post.Hash);
        using var place = inFlight.Enter(key);
        if (place is null) return No(post, "同じ内容を処理しています。少し待って、画面を確かめてください。", 409);
        switch (await bus.InvokeAsync<CommandAnswer>(new RunCommand(incident, command, by, Key: key), cancellation))
        {
            case Done done:
                return new FormOutcome(done.Incident, [], 200);
            case NotDone { Refused: var refused }:
                if (refused.Kind == RefusalKind.Forbidden) await audit.DeniedAsync(by, http, cancellation);
                return new FormOutcome(null, [new FormError(post.Form, refused.Field?.Split('.')[^1], refused.Reason)], 422);
            case KeyReused:
                return No(post, "この画面からは既に別の内容を記録しました。経過を確かめて、まだのことだけを送ってください。", 422) with { KeyIsSpent = true };
            case NotAllowed:
                await audit.DeniedAsync(by, http, cancellation);
                return No(post, "この操作をする権限がありません。必要なときは、CSIRTに依頼してください。", 403);
            default:
                return No(post, "この事案は見つかりません。", 404);
        }
    }

    private string Token(HttpContext http) => antiforgery.GetAndStoreTokens(http).RequestToken!;

    public static FormOutcome No(FormPost post, string reason, int status) => new(null, [new FormError(post.Form, null, reason)], status);

    /// <param name="errors">Reasons by field, as the API tells them; they are told in the words of the screen.</param>
    public static FormOutcome Invalid(FormPost post, IReadOnlyDictionary<string, string[]> errors) =>
        new(null, errors.SelectMany(e => e.Value.Select(r => Say(post, e.Key, r))).ToList(), 422);

    private static FormError Say(FormPost post, string field, string reason)
    {
        var name = field.Split('.')[^1];
        var label = Labels.GetValueOrDefault(name) ?? (name.StartsWith(IncidentForms.ItemField, StringComparison.Ordinal) ? "この項目" : field);
        return new FormError(post.Form, name, reason.Replace($"「{field}」", $"「{label}」", StringComparison.Ordinal));
    }
}
