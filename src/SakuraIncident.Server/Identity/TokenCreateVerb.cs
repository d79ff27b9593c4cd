using Npgsql;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Storage;

namespace SakuraIncident.Server.Identity;

/// <summary>
/// <c>token create --name N --role R [--person P] [--data DIR]</c>: the token alone on standard output, everything else on standard
/// error. Works on the server's machine, while the server runs.
/// </summary>
public static class TokenCreateVerb
{
    public const string Usage = "使い方: sakura token create --name 名前 --role 役割 [--person 職員ID] [--data ディレクトリ]";

    public static Task<int> RunAsync(IReadOnlyList<string> args, Func<string, string?> findDatabase) =>
        RunAsync(args, findDatabase, Console.Out, Console.Error);

    /// <param name="args">The words after the verb.</param>
    /// <param name="findDatabase">Data directory → connection string of the running private cluster; null where none runs.</param>
    /// <returns>Exit code: 0 done, 1 refused, 2 bad usage.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Func<string, string?> findDatabase, TextWriter output, TextWriter errors)
    {
        var (code, text) = await TryAsync(args, findDatabase);
        await (code == 0 ? output : errors).WriteLineAsync(text.ReplaceLineEndings(" "));
        return code;
    }

    private static async Task<(int Code, string Text)> TryAsync(IReadOnlyList<string> args, Func<string, string?> findDatabase)
    {
        if (Read(args) is not { } options) return (2, Usage);
        if (!options.TryGetValue("--name", out var name) || name.Trim() is not { Length: > 0 and <= 100 } || name.Any(char.IsControl))
            return (2, $"--name に1文字以上100文字以内の名前を指定してください。{Usage}");
        if (!options.TryGetValue("--role", out var role) || !Tokens.IsRole(role))
            return (2, $"--role は次のいずれかです: {string.Join(" ", Vocabulary.Roles.Select(r => r.Id))} admin");

        var directory = options.GetValueOrDefault("--data") ?? Environment.GetEnvironmentVariable("SAKURA_DATA") ?? "./data";
        try
        {
            var configured = Environment.GetEnvironmentVariable("SAKURA_DATABASE");
            var connection = string.IsNullOrWhiteSpace(configured) || options.ContainsKey("--data") ? findDatabase(directory) : configured;
            if (connection is null)
                return (1, $"「{Path.GetFullPath(directory)}」で動いているサーバーがありません。先に sakura up で起動するか、--data か SAKURA_DATABASE を指定してください。");
            await using var database = NpgsqlDataSource.Create(connection);
            return await CreateAsync(database, name.Trim(), role, options.GetValueOrDefault("--person"));
        }
        catch (ClusterException refused)
        {
            return (1, refused.Message);
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidCatalogName)
        {
            return (1, "データベースがまだ用意されていません。先に sakura up でサーバーを一度起動してください。");
        }
        catch (Exception failed) when (failed is NpgsqlException or ArgumentException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return (1, $"データベースを使えません: {failed.Message}");
        }
    }

    private static async Task<(int Code, string Text)> CreateAsync(NpgsqlDataSource database, string name, string role, string? person)
    {
        using var accounts = new Accounts(database, TimeProvider.System);
        if (person is not null && !await accounts.IsEnabledAsync(person, CancellationToken.None))
            return (2, $"職員「{person}」は登録されていません。");
        return (0, await new Tokens(database, TimeProvider.System).CreateAsync(name, role, person));
    }

    private static Dictionary<string, string>? Read(IReadOnlyList<string> args)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            var parts = args[i].Split('=', 2);
            if (parts[0] is not ("--name" or "--role" or "--person" or "--data")) return null;
            if (parts.Length == 1 && ++i == args.Count) return null;
            if (!options.TryAdd(parts[0], parts.Length == 2 ? parts[1] : args[i])) return null;
        }
        return options;
    }
}
