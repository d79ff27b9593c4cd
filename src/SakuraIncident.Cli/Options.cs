using System.CommandLine;

namespace SakuraIncident.Cli;

/// <summary>Options and arguments that several verbs share.</summary>
internal static class Options
{
    public static Option<bool> Json() => new("--json") { Description = "サーバーの JSON をそのまま出す" };

    public static Argument<string> Incident() => new("ID") { Description = "番号 (R8-0042) か UUID" };

    public static Option<string?> Reason() => new("--reason") { Description = "理由" };

    public static Option<string[]> Zones() =>
        new("--zone") { Description = "区域: mynumber, lgwan, internet, cloud, paper (複数可)", AllowMultipleArgumentsPerToken = true };

    /// <summary>A moment: ISO 8601, or HH:mm of today in Japan.</summary>
    public static Option<DateTimeOffset?> Moment(Desk desk, string name, string description) => new(name)
    {
        Description = $"{description} (ISO 8601 または今日の HH:mm)",
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
            if (Moments.TryParse(text, desk.Now, out var moment)) return moment;

            result.AddError($"{name} の時刻「{text}」を読めません。2026-11-24T14:32 や 14:32 のように書いてください。");
            return null;
        },
    };

    public static IReadOnlyList<string>? SaidOrNull(string[]? said) => said is { Length: > 0 } ? said : null;
}
