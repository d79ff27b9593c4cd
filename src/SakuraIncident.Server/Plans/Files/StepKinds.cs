using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Server.Plans.Files;

/// <summary>A form that something refers to; whether there is such a form is known only when all is read.</summary>
internal sealed record FormUse(string File, int Line, string Form);

/// <summary>What only some kinds of steps have: receivers and text, a form, a repetition, a call.</summary>
internal static class StepKinds
{
    private static readonly StepKind[] Repeatable = [StepKind.Task, StepKind.Report, StepKind.Notice];

    public static Step Read(Fields item, Step step)
    {
        var to = Only(item, "to", step.Kind, StepKind.Notice, StepKind.Report) ? item.Texts("to") : null;
        var text = Only(item, "text", step.Kind, StepKind.Notice) ? PlanText(item, "text") : null;
        var form = Only(item, "form", step.Kind, StepKind.Report) ? item.Id("form") : null;
        var repeat = Only(item, "repeat", step.Kind, Repeatable) ? item.Duration("repeat") : null;
        var by = ReadBy(item, step.Phase);
        var call = Only(item, "call", step.Kind, StepKind.Automation) ? ReadCall(item) : null;
        if (step.Kind == StepKind.Automation)
        {
            if (call is null && !item.Has("call")) item.Problem(item.Line, "自動（automation）には「call」（呼び出す先）が必要です。");
            if (step.Record is not null) item.Problem(item.LineOf("record"), "自動（automation）には「record」を書けません。呼び出した結果が記録になります。");
        }
        return step with
        {
            Optional = step.Optional || step.Kind == StepKind.Automation, // nothing may wait for another program
            To = to is null ? null : [.. to.Select(t => t.Text)],
            Text = text,
            Form = form,
            Repeat = repeat,
            By = by,
            Call = call,
        };
    }

    /// <summary>A text with 差込み; a name that does not exist is a mistake that would stand in a real notice.</summary>
    public static string? PlanText(Fields item, string key)
    {
        if (item.Text(key) is not { } text) return null;
        foreach (var name in Placeholders.In(text).Where(n => !Placeholders.All.Contains(n)).Distinct())
            item.Problem(item.LineOf(key), $"差込み「{{{name}}}」はありません（使えるもの: {string.Join("、", Placeholders.All)}）。");
        return text;
    }

    /// <summary>A block is read before it is known where it stands; placed beyond this phase, its step keeps its own gate (<see cref="Step.Gate"/>).</summary>
    private static Phase? ReadBy(Fields item, Phase phase)
    {
        if (item.OneOf<Phase>("by") is not { } by) return null;
        if (by > phase) return by;
        item.Problem(item.LineOf("by"), $"「by」には、この手順の段階「{Vocabulary.TitleOf(phase)}」より後の段階を書いてください。");
        return null;
    }

    private static bool Only(Fields item, string key, StepKind kind, params StepKind[] kinds)
    {
        if (!item.Has(key)) return false;
        if (kinds.Contains(kind)) return true;
        item.Problem(item.LineOf(key), $"「{key}」は {string.Join("、", kinds.Select(k => $"{Vocabulary.TitleOf(k)}（{Names.Of(k)}）"))} だけに書けます。");
        return false;
    }

    private static Uri? ReadCall(Fields item)
    {
        if (item.Text("call") is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0) return address;
        item.Problem(item.LineOf("call"), $"「call: {text}」は http:// か https:// で始まる、パスワードを含まないアドレスで書いてください。");
        return null;
    }
}
