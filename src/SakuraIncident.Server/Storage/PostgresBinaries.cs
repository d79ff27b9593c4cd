using System.Globalization;
using System.Text.RegularExpressions;

namespace SakuraIncident.Server.Storage;

/// <summary>The server programs of one PostgreSQL.</summary>
/// <param name="Folder">Holds <c>postgres</c>, <c>pg_ctl</c> and <c>initdb</c>.</param>
/// <param name="Major">14 and later.</param>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    private const int Oldest = 14;

    public string this[string program] => Path.Combine(Folder, program);

    /// <summary>The newest PostgreSQL at hand, or the one that the existing data need.</summary>
    /// <param name="dataMajor">The major version of existing data, or null.</param>
    public static async Task<PostgresBinaries> FindAsync(int? dataMajor, CancellationToken cancellation)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in Places().Distinct(StringComparer.Ordinal).Where(HasServer))
        {
            var said = await new ClusterAccount(UserName: null).RunAsync(
                Path.Combine(folder, "postgres"), ["--version"], cancellation);
            if (Version().Match(said.Output) is { Success: true } match)
                found.Add(new PostgresBinaries(folder, int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)));
        }

        var usable = found.Where(b => b.Major >= Oldest).ToList();
        if (usable.Count == 0)
            throw new ClusterException(
                $"PostgreSQL {Oldest}以降のサーバーが見つかりません。入れてください(Debianなら: apt-get install postgresql)。"
                + "または環境変数SAKURA_DATABASEに接続文字列を指定してください。");

        if (dataMajor is not { } major)
            return usable.MaxBy(b => b.Major)!;

        return usable.FirstOrDefault(b => b.Major == major) ?? throw new ClusterException(
            $"データはPostgreSQL {major}のものですが、見つかったのは{string.Join("、", usable.Select(b => b.Major))}だけです。"
            + $"PostgreSQL {major}を入れるか、pg_upgradeでデータを移してください。");
    }

    private static bool HasServer(string folder) =>
        new[] { "postgres", "pg_ctl", "initdb" }.All(p => File.Exists(Path.Combine(folder, p)));

    /// <summary>PATH first, then where Debian, Red Hat, SUSE, Homebrew and a build from source put them.</summary>
    private static IEnumerable<string> Places() =>
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries),
        .. Below("/usr/lib/postgresql", "*", "bin"),
        .. Below("/usr", "pgsql-*", "bin"),
        .. Below("/usr/lib", "postgresql1*", "bin"),
        .. Below("/usr/libexec", "postgresql1*", ""),
        .. Below("/opt/homebrew/opt", "postgresql*", "bin"),
        .. Below("/usr/local/opt", "postgresql*", "bin"),
        "/usr/local/pgsql/bin"
    ];

    private static IEnumerable<string> Below(string parent, string pattern, string child) =>
        Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, pattern).Select(d => Path.Combine(d, child))
            : [];

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Version();
}
