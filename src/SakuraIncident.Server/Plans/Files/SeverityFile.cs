using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Server.Plans.Files;

/// <summary>severity.yaml: which facts make an incident at least how severe, and who is called how fast.</summary>
internal static class SeverityFile
{
    public static (IReadOnlyList<SeverityRule> Rules, IReadOnlyDictionary<Severity, Ladder> Ladders) Read(
        Fields root, List<ChoiceUse> choices, List<RoleUse> roles)
    {
        var rules = root.Maps("rules", required: true).Select(r => ReadRule(r, choices)).OfType<SeverityRule>().ToList();
        var ladders = new SortedDictionary<Severity, Ladder>();
        if (root.Map("ladders", required: true) is { } all)
        {
            foreach (var severity in Enum.GetValues<Severity>())
                if (all.Map(Names.Of(severity), required: true) is { } ladder && ReadLadder(ladder, roles) is { } read)
                    ladders[severity] = read;
            all.RefuseTheRest();
        }

        root.RefuseTheRest();
        return (rules, ladders);
    }

    private static SeverityRule? ReadRule(Fields rule, List<ChoiceUse> choices)
    {
        var when = ConditionReader.Read(rule, "when", choices, required: true);
        var least = rule.OneOf<Severity>("least", required: true);
        var source = rule.Text("source", required: true);
        rule.RefuseTheRest();
        return least is { } level && source is not null ? new SeverityRule(when, level, source) : null;
    }

    private static Ladder? ReadLadder(Fields ladder, List<RoleUse> roles)
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
        foreach (var rung in rungs) roles.Add(new RoleUse(ladder.File, ladder.LineOf("rungs"), rung, "招集の段"));
        return new Ladder(acknowledge.Value, within.Value, repeat.Value, quiet.Value, statusReport, rungs);
    }
}

/// <summary>A place of the plan that asks for a role.</summary>
internal sealed record RoleUse(string File, int Line, string Role, string By);
