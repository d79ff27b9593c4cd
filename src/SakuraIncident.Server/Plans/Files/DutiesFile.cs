using SakuraIncident.Domain.Duties;
using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Server.Plans.Files;

/// <summary>duties.yaml: 報告義務, each with what starts it, how long, and where that is written.</summary>
internal static class DutiesFile
{
    /// <summary>The duties of the contract, in the order in which screens show them.</summary>
    public static readonly IReadOnlyList<(string Id, string Title)> Ids =
    [
        ("internal-first-report", "庁内第一報"), ("prefecture", "都道府県・総務省 第1報"), ("ppc-preliminary", "個人情報保護委員会 速報"),
        ("ppc-final", "個人情報保護委員会 確報"), ("my-number-preliminary", "特定個人情報 速報"), ("my-number-final", "特定個人情報 確報"),
        ("notify-persons", "本人への通知"), ("lgwan-operator", "J-LISへの連絡"), ("police", "警察への相談・届出"),
        ("contractor-notice", "委託先からの通報"), ("publication", "公表"), ("assembly-notice", "議会の条例による通知"),
    ];

    public static IReadOnlyList<DutyRule> Read(Fields root, List<ChoiceUse> choices, List<FormUse> forms, PlanPlaces places)
    {
        var rules = new List<DutyRule>();
        foreach (var one in root.Maps("duties", required: true))
        {
            if (ReadRule(one, choices, forms) is not { } rule) continue;
            if (rules.Any(r => r.Id == rule.Id && r.EffectiveFrom == rule.EffectiveFrom))
                one.Problem(one.LineOf("duty"), $"報告義務「{rule.Id}」の {rule.EffectiveFrom:yyyy-MM-dd} からの定めが二度書かれています。");
            else
            {
                rules.Add(rule);
                places.AddDuty(one, rule.Id);
            }
        }

        root.RefuseTheRest();
        foreach (var (id, title) in Ids)
            if (rules.All(r => r.Id != id)) root.Problem(root.Line, $"報告義務「{id}」（{title}）がありません。");
        return rules;
    }

    private static DutyRule? ReadRule(Fields duty, List<ChoiceUse> choices, List<FormUse> forms)
    {
        var id = duty.Word("duty", Ids, "報告義務", required: true);
        var title = duty.Text("title", required: true, longest: 40);
        var to = duty.Text("to", required: true);
        var when = ConditionReader.Read(duty, "when", choices);
        var term = duty.Map("term", required: true) is { } usual ? ReadTerm(usual) : null;
        DutyTerm? longer = null;
        Condition? longerWhen = null;
        if (duty.Map("longer") is { } exception)
        {
            longerWhen = ConditionReader.Read(exception, "when", choices, required: true);
            longer = ReadTerm(exception);
        }

        var warn = duty.Number("warn", 1, 366);
        var source = duty.Text("source", required: true);
        var effective = duty.Date("effectiveFrom", required: true);
        var form = duty.Id("form");
        if (form is not null) forms.Add(new FormUse(duty.File, duty.LineOf("form"), form));
        duty.RefuseTheRest();
        if (warn is not null && term is not null && (term.Day is not { } day || warn > day))
            duty.Problem(duty.LineOf("warn"), "「warn」は日数で数える報告義務で、期限の日までの日数で書いてください。");
        return id is null || title is null || to is null || term is null || source is null || effective is not { } from
            ? null
            : new DutyRule(id, title, to, when, term, longer, longerWhen, warn, source, from) { Form = form };
    }

    private static DutyTerm? ReadTerm(Fields term)
    {
        var day = term.Number("day", 1, 366);
        var rolls = term.Flag("rolls") ?? false;
        var clock = ReadClock(term);
        term.RefuseTheRest();
        if (day is null == clock is null)
        {
            term.Problem(term.Line, "期限は「day」（知った日を1日目とする日数）か「clock」（時間）のどちらか一つで書いてください。");
            return null;
        }

        if (rolls && day is null) term.Problem(term.LineOf("rolls"), "「rolls」は日数で数える期限だけに書けます。");
        return new DutyTerm(clock, day, rolls);
    }

    /// <summary>One duration for every severity, or one for each.</summary>
    private static SortedDictionary<Severity, TimeSpan>? ReadClock(Fields term)
    {
        if (!term.Has("clock")) return null;
        var clock = new SortedDictionary<Severity, TimeSpan>();
        if (!term.IsMap("clock"))
        {
            if (term.Duration("clock") is not { } always) return null;
            foreach (var severity in Enum.GetValues<Severity>()) clock[severity] = always;
            return clock;
        }

        var each = term.Map("clock")!;
        foreach (var severity in Enum.GetValues<Severity>())
            if (each.Duration(Names.Of(severity), required: true) is { } time) clock[severity] = time;
        each.RefuseTheRest();
        return clock;
    }
}
