using System.Text;
using SakuraIncident.Domain.Duties;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Plans.Files;

namespace SakuraIncident.Server.Plans;

/// <summary>What the files of a folder say: a plan and a roster, or what is wrong with them.</summary>
public abstract record PlanReading
{
    /// <param name="Warnings">What the plan check refuses, but what does not keep the plan from being used.</param>
    /// <param name="Places">Where each part stands, for what the check finds later.</param>
    public sealed record Sound(EmergencyPlan Plan, DutyRoster Roster, IReadOnlyList<PlanProblem> Warnings, PlanPlaces Places) : PlanReading;

    public sealed record Broken(IReadOnlyList<PlanProblem> Problems) : PlanReading;
}

/// <summary>Reads the folder <c>playbooks/</c>.</summary>
public static class PlanFiles
{
    public const int LargestFile = 1024 * 1024;

    private static readonly string[] Fixed = ["organisation.yaml", "severity.yaml", "duties.yaml", "holidays.yaml", "forms.yaml"];

    /// <summary>The nearest folder <c>playbooks/</c> above the program, or else that of the working folder.</summary>
    public static string DefaultDirectory()
    {
        for (var above = new DirectoryInfo(AppContext.BaseDirectory); above is not null; above = above.Parent)
            if (File.Exists(Path.Combine(above.FullName, "playbooks", Fixed[0])))
                return Path.Combine(above.FullName, "playbooks");
        return "playbooks";
    }

    /// <exception cref="PlanBrokenException">With everything that is wrong.</exception>
    public static (EmergencyPlan Plan, DutyRoster Roster) LoadSound(string directory) => Load(directory) switch
    {
        PlanReading.Sound sound => (sound.Plan, sound.Roster),
        PlanReading.Broken broken => throw new PlanBrokenException(directory, broken.Problems),
        _ => throw new InvalidOperationException(),
    };

    public static PlanReading Load(string directory)
    {
        var problems = new List<PlanProblem>();
        var roots = ReadAll(directory, problems);
        foreach (var name in Fixed)
            if (problems.All(p => p.File != name) && !roots.ContainsKey(name)) problems.Add(new PlanProblem(name, 1, "必要なファイルがありません。"));
        // What the other files refer to would only seem to be missing.
        if (problems.Count > 0) return new PlanReading.Broken(InOrder(problems));

        var choices = new List<ChoiceUse>();
        var formUses = new List<FormUse>();
        var places = new PlanPlaces();
        var roster = OrganisationFile.Read(roots[Fixed[0]], places);
        var (rules, ladders, limits) = SeverityFile.Read(roots[Fixed[1]], choices, places);
        var duties = DutiesFile.Read(roots[Fixed[2]], choices, formUses, places);
        var calendar = HolidaysFile.Read(roots[Fixed[3]], places);
        var forms = FormsFile.Read(roots[Fixed[4]]);

        var blocks = new Dictionary<string, Block>(StringComparer.Ordinal);
        var others = roots.Where(r => !Fixed.Contains(r.Key)).OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => r.Value).ToList();
        foreach (var root in others.Where(r => r.Has("blocks") && !r.Has("playbook"))) PlaybookFile.ReadBlocks(root, blocks);
        var drafts = new List<PlaybookDraft>();
        foreach (var root in others)
        {
            if (root.Has("playbook"))
            {
                if (PlaybookFile.Read(root, blocks) is { } draft) drafts.Add(draft);
            }
            else if (!root.Has("blocks"))
            {
                root.Problem(root.Line, "対応手順のファイルは「playbook: 識別子」で、共通の手順のファイルは「blocks:」で始めてください。");
            }
        }

        PlaybookSoundness.Check(drafts, choices, problems);
        FormsFile.CheckUses(forms, formUses.Concat(drafts.SelectMany(d => d.Steps).Select(s => s.Form).OfType<FormUse>()), problems);
        if (problems.Count > 0) return new PlanReading.Broken(InOrder(problems));

        foreach (var draft in drafts) places.AddPlaybook(draft);
        var plan = EmergencyPlanJson.WithRevision(new EmergencyPlan(
            "", drafts.ToDictionary(d => d.Playbook.Id, d => d.Playbook, StringComparer.Ordinal), rules, ladders, duties, calendar)
        {
            Forms = forms,
            Limits = limits,
        });
        var warnings = new List<PlanProblem>();
        FourContents.Check(plan, roster, drafts, warnings);
        warnings.AddRange(blocks.Values.Where(b => !b.IsIncluded).Select(b => new PlanProblem(b.File, b.Line, $"共通の手順「{b.Id}」を、どの対応手順も使っていません。")));
        return new PlanReading.Sound(plan, roster, InOrder(warnings), places);
    }

    internal static List<PlanProblem> InOrder(IEnumerable<PlanProblem> problems) =>
        [.. problems.Distinct().OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line)];

    private static Dictionary<string, Fields> ReadAll(string directory, List<PlanProblem> problems)
    {
        var roots = new Dictionary<string, Fields>(StringComparer.Ordinal);
        foreach (var path in Paths(directory))
        {
            var name = Path.GetRelativePath(directory, path).Replace('\\', '/');
            if (ReadText(path, name, problems) is not { } text) continue;
            try
            {
                if (YamlText.Read(text) is YamlMap { Entries.Count: > 0 } map) roots[name] = new Fields(name, map, problems);
                else problems.Add(new PlanProblem(name, 1, "ファイルが空か、「項目: 値」の組になっていません。"));
            }
            catch (UnreadableYamlException broken)
            {
                problems.Add(new PlanProblem(name, broken.Line, broken.Message));
            }
        }

        return roots;
    }

    /// <summary>The files of the plan below a folder; hidden files and folders (an editor's) are not part of it.</summary>
    internal static IEnumerable<string> Paths(string directory) =>
        !Directory.Exists(directory)
            ? []
            : Directory.EnumerateFiles(directory, "*", new EnumerationOptions { RecurseSubdirectories = true })
                .Where(p => p.EndsWith(".yaml", StringComparison.Ordinal) || p.EndsWith(".yml", StringComparison.Ordinal))
                .Where(p => !Path.GetRelativePath(directory, p).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.')))
                .Order(StringComparer.Ordinal);

    private static string? ReadText(string path, string name, List<PlanProblem> problems)
    {
        byte[] bytes;
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                problems.Add(new PlanProblem(name, 1, "ファイルが大きすぎます（1 MiBまで）。"));
                return null;
            }

            bytes = File.ReadAllBytes(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problems.Add(new PlanProblem(name, 1, $"ファイルを読めません（{unreadable.Message}）。"));
            return null;
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException invalid)
        {
            var line = 1 + bytes.AsSpan(0, Math.Clamp(invalid.Index, 0, bytes.Length)).Count((byte)'\n');
            problems.Add(new PlanProblem(name, line, "UTF-8として読めない文字があります。文字コードをUTF-8にして保存してください。"));
            return null;
        }
    }
}
