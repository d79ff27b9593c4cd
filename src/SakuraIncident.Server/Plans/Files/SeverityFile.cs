using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Server.Plans.Files;

/// <summary>severity.yaml: which facts make an incident at least how severe, and who is called how fast.</summary>
internal static class SeverityFile
{
    public static (IReadOnlyList<SeverityRule> Rules, IReadOnlyDictionary<Severity, Ladder> Ladders, PlanLimits? Limits) Read(
        Fields root, List<ChoiceUse> choices, PlanPlaces places)
    {
        var rules = root.Maps("rules", required: true).Select(r => ReadRule(r, choices, places)).OfType<SeverityRule>().ToList();
        var ladders = new SortedDictionary<Severity, Ladder>();
        if (root.Map("ladders", required: true) is { } all)
        {
            foreach (var severity in Enum.GetValues<Severity>())
                if (all.Map(Names.Of(severity), required: true) is { } ladder && ReadLadder(ladder, severity, places) is { } read)
                    ladders[severity] = read;
            all.RefuseTheRest();
        }

        var limits = root.Map("limits") is { } given ? ReadLimits(given) : null;
        root.RefuseTheRest();
        return (rules, ladders, limits);
    }

    private static PlanLimits ReadLimits(Fields limits)
    {
        var usual = PlanLimits.Usual;
        var read = new PlanLimits(
            limits.Duration("secondRung") ?? usual.SecondRung, limits.Duration("reach") ?? usual.Reach,
            limits.Number("absentees", 0, 1000) ?? usual.Absentees, limits.Number("means", 0, 5) ?? usual.Means,
            limits.Duration("ahead") ?? usual.Ahead)
        {
            Deputies = limits.Number("deputies", 0, 10) ?? usual.Deputies,
            Quiet = limits.Duration("quiet") ?? usual.Quiet,
        };
        limits.RefuseTheRest();
        if (read.Ahead <= TimeSpan.FromDays(400)) return read;
        limits.Problem(limits.LineOf("ahead"), "「ahead」は400日までです。");
        return usual;
    }

    private static SeverityRule? ReadRule(Fields rule, List<ChoiceUse> choices, PlanPlaces places)
    {
        var when = ConditionReader.Read(rule, "when", choices, required: true);
        var least = rule.OneOf<Severity>("least", required: true);
        var source = rule.Text("source", required: true);
        rule.RefuseTheRest();
        places.AddRule(rule);
        return least is { } level && source is not null ? new SeverityRule(when, level, source) : null;
    }

    private static Ladder? ReadLadder(Fields ladder, Severity severity, PlanPlaces places)
    {
        var acknowledge = ladder.Duration("acknowledge", required: true);
        var within = ladder.Duration("within", required: true);
        var repeat = ladder.Duration("repeat", required: true);
        var quiet = ladder.Duration("quiet", required: true);
        var statusReport = ladder.Duration("statusReport");
        var rungs = ladder.Words("rungs", Vocabulary.Roles, "役割");
        if (rungs is null) ladder.Problem(ladder.Line, "「rungs」がありません。");
        ladder.RefuseTheRest();
        if (within < acknowledge)
            ladder.Problem(ladder.LineOf("within"), "一段にかける時間（within）が、応答を待つ時間（acknowledge）より短くなっています。");
        if (rungs is null || acknowledge is null || within is null || repeat is null || quiet is null) return null;
        places.AddLadder(ladder, severity, rungs);
        return new Ladder(acknowledge.Value, within.Value, repeat.Value, quiet.Value, statusReport, rungs);
    }
}
