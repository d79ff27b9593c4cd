using System.Text.RegularExpressions;
using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Server.Plans.Files;

/// <summary>A step as it stands in a file.</summary>
/// <param name="After">With the lines, so that a wrong one can be named.</param>
internal sealed record StepDraft(Step Step, string File, int Line, int RoleLine, IReadOnlyList<(int Line, string Text)> After, IReadOnlyList<ChoiceUse> Choices)
{
    public FormUse? Form => Step.Form is { } form ? new FormUse(File, Line, form) : null;
}

/// <summary>Steps that several playbooks share (<c>include: ID</c>).</summary>
internal sealed record Block(string Id, IReadOnlyList<StepDraft> Steps, string File, int Line)
{
    /// <summary>A playbook has it.</summary>
    public bool IsIncluded { get; set; }
}

/// <summary>A playbook as it stands in its file, blocks put in.</summary>
internal sealed record PlaybookDraft(Playbook Playbook, string File, int Line, IReadOnlyList<StepDraft> Steps, IReadOnlyList<ChoiceUse> Choices);

/// <summary>A file that starts with <c>playbook: ID</c>, and files of shared blocks.</summary>
internal static partial class PlaybookFile
{
    private static readonly (StepKind Kind, string Key)[] Kinds = [.. Enum.GetValues<StepKind>().Select(k => (k, Names.Of(k)))];

    /// <summary>Blocks of a file <c>blocks:</c>, by id.</summary>
    public static void ReadBlocks(Fields root, Dictionary<string, Block> blocks)
    {
        foreach (var one in root.Maps("blocks", required: true))
        {
            var id = one.Id("block");
            var steps = new List<StepDraft>();
            foreach (var step in one.Maps("steps", required: true))
                if (ReadStep(step, Phase.Detection) is { } read) steps.Add(read);
            one.RefuseTheRest();
            if (id is not null && !blocks.TryAdd(id, new Block(id, steps, root.File, one.Line)))
                one.Problem(one.LineOf("block"), $"共通の手順「{id}」が二度書かれています。");
        }

        root.RefuseTheRest();
    }

    public static PlaybookDraft? Read(Fields root, IReadOnlyDictionary<string, Block> blocks)
    {
        var id = root.Text("playbook", required: true);
        if (id is not null && id != "general" && !Vocabulary.Knows(Vocabulary.Categories, id))
            root.Problem(
                root.LineOf("playbook"),
                $"対応手順「{id}」に当たる事案の種類はありません（general、{string.Join("、", Vocabulary.Categories.Select(c => c.Id))} のどれか）。");
        var title = root.Text("title", required: true, longest: 40);
        var serves = ReadServes(root);
        var choices = new List<ChoiceUse>();
        var (least, rules) = ReadSeverity(root, string.Join("、", serves), choices);
        var steps = new List<StepDraft>();
        if (root.Map("phases", required: true) is { } phases)
        {
            foreach (var phase in Enum.GetValues<Phase>()) steps.AddRange(ReadPhase(phases, phase, blocks));
            phases.RefuseTheRest();
        }

        root.RefuseTheRest();
        return id is null || title is null
            ? null
            : new PlaybookDraft(new Playbook(id, title, serves, least, rules, [.. steps.Select(s => s.Step)]), root.File, root.Line, steps, choices);
    }

    private static (Severity Least, IReadOnlyList<SeverityRule> Rules) ReadSeverity(Fields root, string source, List<ChoiceUse> choices)
    {
        if (root.Map("severity") is not { } severity) return (Severity.Low, []);
        var least = severity.OneOf<Severity>("least") ?? Severity.Low;
        var rules = new List<SeverityRule>();
        foreach (var raise in severity.Maps("raise"))
        {
            var when = ConditionReader.Read(raise, "when", choices, required: true);
            var to = raise.OneOf<Severity>("to", required: true);
            var why = raise.Text("source");
            raise.RefuseTheRest();
            if (to is { } level) rules.Add(new SeverityRule(when, level, why ?? source));
        }

        severity.RefuseTheRest();
        return (least, rules);
    }

    private static List<StepDraft> ReadPhase(Fields phases, Phase phase, IReadOnlyDictionary<string, Block> blocks)
    {
        var steps = new List<StepDraft>();
        foreach (var item in phases.Maps(Names.Of(phase), required: true))
        {
            if (!item.Has("include"))
            {
                if (ReadStep(item, phase) is { } step) steps.Add(step);
                continue;
            }

            var include = item.Text("include");
            var after = item.Texts("after") ?? [];
            item.RefuseTheRest();
            if (include is null) continue;
            if (!blocks.TryGetValue(include, out var block)) item.Problem(item.Line, $"共通の手順「{include}」がありません。");
            else
            {
                block.IsIncluded = true;
                steps.AddRange(block.Steps.Select(s => Placed(s, phase, after)));
            }
        }

        if (steps.Count < 3)
            phases.Problem(
                phases.LineOf(Names.Of(phase)), $"段階「{Vocabulary.TitleOf(phase)}」の手順が{steps.Count}個です。どの段階にも3個以上必要です。");
        return steps;
    }

    /// <summary>A shared step in its phase; one that waits for nothing waits for what the include waits for.</summary>
    private static StepDraft Placed(StepDraft shared, Phase phase, IReadOnlyList<(int Line, string Text)> after)
    {
        var waitsFor = shared.After.Count > 0 ? shared.After : after;
        return shared with { Step = shared.Step with { Phase = phase, After = [.. waitsFor.Select(a => a.Text)] }, After = waitsFor };
    }

    private static StepDraft? ReadStep(Fields item, Phase phase)
    {
        var kinds = Kinds.Where(k => item.Has(k.Key)).ToList();
        if (kinds.Count != 1)
        {
            item.Problem(item.Line, $"手順は {string.Join("、", Kinds.Select(k => k.Key))}、include のどれか一つで始めてください。");
            return null;
        }

        var (kind, key) = kinds[0];
        var id = item.Id(key);
        var title = item.Text("title", required: true, longest: 40);
        var role = item.Word("role", Vocabulary.Roles, "役割", required: true);
        var due = item.Duration("due");
        var after = item.Texts("after") ?? [];
        var uses = new List<ChoiceUse>();
        var when = ConditionReader.Read(item, "when", uses);
        var record = item.Text("record");
        var optional = item.Flag("optional") ?? false;
        var guide = item.Text("guide");
        var choices = ReadChoices(item, kind);
        var serves = ReadServes(item);
        var step = StepKinds.Read(
            item, new Step(id ?? "", kind, title ?? "", role ?? "", phase, due, [.. after.Select(a => a.Text)], when, record, optional, guide, choices, serves));
        item.RefuseTheRest();
        if (id is null || title is null || role is null) return null;
        return new StepDraft(step, item.File, item.Line, item.LineOf("role"), after, uses);
    }

    private static List<Choice> ReadChoices(Fields item, StepKind kind)
    {
        if (!item.Has("choices"))
        {
            if (kind == StepKind.Decision) item.Problem(item.Line, "判断（decision）には「choices」（選べること）が必要です。");
            return [];
        }

        if (kind != StepKind.Decision) item.Problem(item.LineOf("choices"), "「choices」は判断（decision）だけに書けます。");
        var choices = new List<Choice>();
        foreach (var one in item.Maps("choices"))
        {
            var id = one.Id("id");
            var title = one.Text("title", required: true, longest: 60);
            one.RefuseTheRest();
            if (id is null || title is null) continue;
            if (choices.Any(c => c.Id == id)) one.Problem(one.LineOf("id"), $"選べること「{id}」が二度書かれています。");
            else choices.Add(new Choice(id, title));
        }

        if (choices.Count < 2) item.Problem(item.LineOf("choices"), "選べることは二つ以上必要です。");
        return choices;
    }

    /// <summary>Clauses of the policy are checked against those that it has; other sources are named freely.</summary>
    private static IReadOnlyList<string> ReadServes(Fields of)
    {
        var serves = of.Texts("serves") ?? [];
        foreach (var (line, clause) in serves)
            if (clause.StartsWith('P') && char.IsAsciiDigit(clause.ElementAtOrDefault(1)) && !Clause().IsMatch(clause))
                of.Problem(line, $"情報セキュリティポリシーに「{clause}」という条項はありません。");
        return [.. serves.Select(s => s.Text)];
    }

    [GeneratedRegex(@"\AP(1-[1-4]|2-1|2-2(\(([1-9]|1[0-2])\))?|2-3(\([1-5]\))?|2-4(\([12]\)[①-③]?)?|2-5|2-6(\([1-9]\)[①-③]?)?|2-7|2-8|2-9|2-10)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Clause();
}
