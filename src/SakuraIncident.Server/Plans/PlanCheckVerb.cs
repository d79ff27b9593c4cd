using System.Globalization;
using System.Text.Json;
using SakuraIncident.Domain;
using SakuraIncident.Domain.Assurance;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Incidents;

namespace SakuraIncident.Server.Plans;

/// <summary><c>plan check [DIR] [--json]</c>: does the plan in these files hold? Needs no server.</summary>
public static class PlanCheckVerb
{
    /// <param name="args">What follows <c>plan check</c>.</param>
    /// <returns>0 sound, 1 problems found, 2 unusable arguments.</returns>
    public static int Run(string[] args) => Run(args, Console.Out, Console.Error);

    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        var json = args.Contains("--json");
        if (PlanDirectory.From([.. args.Where(a => a != "--json")], "plan check [DIR] [--json]", error) is not { } directory) return 2;
        var reading = PlanFiles.Load(directory);
        var verification = PlanVerification.Of(reading, TimeProvider.System.GetUtcNow());
        var sound = reading as PlanReading.Sound;
        if (json) output.WriteLine(JsonSerializer.Serialize(PlanCheckAnswer.Of(verification, sound?.Plan, sound?.Roster), ApiJson.Options));
        else Print(verification, sound, directory, output);
        return verification.IsSound ? 0 : 1;
    }

    private static void Print(PlanVerification verification, PlanReading.Sound? sound, string directory, TextWriter output)
    {
        foreach (var problem in verification.Problems)
            output.WriteLine($"{Path.Combine(directory, problem.File)}:{problem.Line}: {problem.Reason}");
        if (sound is { Plan: var plan, Roster: var roster } && verification.Verdict is { } verdict)
        {
            PrintEndurance(verdict, roster, output);
            if (verification.IsSound)
                output.WriteLine(
                    $"問題はありません。対応手順 {plan.Playbooks.Count}、手順 {plan.Playbooks.Values.Sum(p => p.Steps.Count)}、" +
                    $"報告義務 {plan.Duties.Count}、職員と連絡先 {roster.People.Count}、版 {plan.Revision[..12]}");
        }
        if (!verification.IsSound) output.WriteLine($"問題が {verification.Problems.Count} 件あります。");
    }

    private static void PrintEndurance(PlanVerdict verdict, DutyRoster roster, TextWriter output)
    {
        var e = verdict.Endurance;
        var ahead = (int)(verdict.Until - verdict.From).TotalDays;
        output.WriteLine(
            $"今後{ahead}日間の緊急の招集: {e.Fewest - 1}人まで同時に不在でも誰かを呼べます（最も少ないのは {Moment(e.At)}: {Names(e.People, roster)}）。");
        output.WriteLine($"応答がないまま呼ばれる順: {Names(e.InTime, roster)}。");
        output.WriteLine(e.Means.Count == 0
            ? "どの連絡手段が止まっても、誰かに届きます。"
            : $"次の連絡手段がすべて止まると、誰にも届きません: {string.Join("、または", e.Means.Select(m => string.Join("＋", m.Select(Means.TitleOf))))}。");
    }

    private static string Names(IEnumerable<string> people, DutyRoster roster) => string.Join("、", people.Select(roster.NameOf));

    private static string Moment(DateTimeOffset at) =>
        InJapan.Here(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}

public sealed record AbsenceAnswer(int Fewest, IReadOnlyList<string> People, IReadOnlyList<string> Names, DateTimeOffset At, string Body);

public sealed record ReachAnswer(IReadOnlyList<string> CalledInTime, double? SecondRungSeconds);

/// <summary>The check as a program reads it.</summary>
/// <param name="Absence">The least number of people whose absence leaves nobody to call in a critical incident; null: no plan could be read.</param>
/// <param name="Means">The smallest sets of means of contact whose failure leaves nobody to call.</param>
public sealed record PlanCheckAnswer(
    bool Sound, string? Revision, DateTimeOffset? From, DateTimeOffset? Until, IReadOnlyList<PlanProblem> Problems, AbsenceAnswer? Absence,
    ReachAnswer? Reach, IReadOnlyList<IReadOnlyList<string>>? Means)
{
    public static PlanCheckAnswer Of(PlanVerification verification, EmergencyPlan? plan, DutyRoster? roster)
    {
        if (verification.Verdict is not { Endurance: var e } verdict || plan is null || roster is null)
            return new PlanCheckAnswer(verification.IsSound, plan?.Revision, null, null, verification.Problems, null, null, null);
        return new PlanCheckAnswer(
            verification.IsSound, plan.Revision, verdict.From, verdict.Until, verification.Problems,
            new AbsenceAnswer(e.Fewest, e.People, [.. e.People.Select(roster.NameOf)], e.At, e.Body),
            new ReachAnswer(e.InTime, e.SecondRung?.TotalSeconds), e.Means);
    }
}

/// <summary>The folder that a verb of the plan is about.</summary>
internal static class PlanDirectory
{
    public static string? From(string[] args, string usage, TextWriter error)
    {
        if (args.Length > 1 || (args.Length == 1 && args[0].StartsWith('-')))
        {
            error.WriteLine($"使い方: sakura {usage}");
            return null;
        }

        var directory = args.Length == 1 ? args[0] : Environment.GetEnvironmentVariable("SAKURA_PLAYBOOKS") ?? PlanFiles.DefaultDirectory();
        if (Directory.Exists(directory)) return directory;
        error.WriteLine($"フォルダがありません: {directory.ReplaceLineEndings(" ")}");
        return null;
    }
}
