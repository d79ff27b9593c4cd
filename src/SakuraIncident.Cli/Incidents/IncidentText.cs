using SakuraIncident.Client.Shapes;

namespace SakuraIncident.Cli.Incidents;

/// <summary>An incident as a page of text.</summary>
internal static class IncidentText
{
    public static void Write(Terminal terminal, IncidentAnswer incident, DateTimeOffset now)
    {
        var drill = incident.Drill is { } speed ? $"【訓練 ×{speed.Speed:0.##}】" : "";
        terminal.Line($"{drill}{incident.Number}  {Words.Of(incident.Severity)}  {incident.Title}".Replace("    ", "  ", StringComparison.Ordinal));
        foreach (var (name, value) in Facts(incident, now))
            if (value.Length > 0) terminal.Line($"  {name}: {value}");

        Section(terminal, "手順", incident.Steps, s => $"[{Words.Of(s.State)}] {s.Id}  {s.Title}  {Words.Of(Words.Roles, s.Role)}"
            + (s.DueAt is { } due && s.State is StepState.Open or StepState.Started ? $"  期限 {Moments.Text(due, now)} ({Moments.Left(due, now)})" : "")
            + (s.Record is { Length: > 0 } record ? $"  記録: {record.ReplaceLineEndings(" ")}" : ""));
        Section(terminal, "招集", incident.Pages, p => Of(p, now));
        Section(terminal, "報告義務", incident.Duties, d => $"[{Words.Of(d.State)}] {d.Id}  {d.Title}"
            + (d.DueAt is { } due ? $"  期限 {Moments.Text(due, now)}" : "") + (d.How is { Length: > 0 } how ? $"  {how}" : ""));
        Section(terminal, "期限", incident.Deadlines, d => $"{Moments.Text(d.DueAt, now)}  {d.Title ?? d.Key}  ({Moments.Left(d.DueAt, now)})");
        Section(terminal, "所見", incident.Findings, f => f.Text.ReplaceLineEndings(" "));
        Section(terminal, "再発防止策", incident.Measures, m =>
            $"{m.Id}  {m.Title}  {m.Owner}  期限 {Moments.Text(m.DueAt, now)}{(m.DoneAt is null ? "" : "  完了")}");
    }

    public static string Of(PageAnswer page, DateTimeOffset now) =>
        $"[{Words.Of(page.State)}] {page.Id}  第{page.Level ?? 0}段  {Words.Of(Words.Roles, page.Role)}  {page.Name ?? page.Person}"
        + $"  {Moments.Text(page.CalledAt, now)}"
        + (page is { State: PageState.Calling, DueAt: { } due } ? $"  {Moments.Text(due, now)} まで" : "");

    private static IEnumerable<(string Name, string Value)> Facts(IncidentAnswer incident, DateTimeOffset now)
    {
        yield return ("種類", Words.Of(Words.Categories, incident.Category));
        yield return ("状態", $"{Words.Of(incident.Status)} {Words.Of(incident.Outcome)}".TrimEnd());
        yield return ("取り込み元の状態", incident.Origin is { } origin ? $"{origin.State} ({origin.Source}、{origin.Rows}行)" : "");
        yield return ("段階", incident.Origin is null ? Words.Of(incident.Phase) : "");
        yield return ("対応責任者", incident.Lead?.Name ?? incident.Lead?.Person ?? "");
        yield return ("区域", string.Join("、", (incident.Zones ?? []).Select(z => Words.Of(Words.Zones, z))));
        yield return ("影響", incident.Impact is { } i
            ? $"機密性 {Words.Of(i.Confidentiality)}、完全性 {Words.Of(i.Integrity)}、可用性 {Words.Of(i.Availability)}"
            : "");
        yield return ("対応手順", incident.Playbook is { } playbook ? playbook.Title ?? playbook.Id : "なし");
        yield return ("発生", Moments.Text(incident.OccurredAt, now));
        yield return ("覚知", Moments.Text(incident.DetectedAt, now));
        yield return ("開いた時刻", Moments.Text(incident.OpenedAt, now));
        yield return ("終結", Moments.Text(incident.ClosedAt, now));
        yield return ("概要", incident.Summary?.ReplaceLineEndings(" ") ?? "");
        yield return ("版", $"{incident.Version}");
    }

    private static void Section<T>(Terminal terminal, string title, IEnumerable<T>? parts, Func<T, string> line)
    {
        var lines = (parts ?? []).Select(line).ToList();
        if (lines.Count == 0) return;

        terminal.Line(title);
        foreach (var text in lines) terminal.Line($"  {text}");
    }
}
