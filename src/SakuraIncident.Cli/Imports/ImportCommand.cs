using System.CommandLine;
using System.Text;

namespace SakuraIncident.Cli.Imports;

/// <summary><c>sakura import servicenow FILE</c>, <c>sakura import veris FILE</c>.</summary>
internal static class ImportCommand
{
    public static Command Create(Desk desk) => new("import", "他のシステムの記録、職員名簿、情報資産台帳を取り込む")
    {
        From(desk, "servicenow", "ServiceNow の監査記録 (CSV)", ["number", "incident_state", "sys_updated_at"]),
        RegisterImport.Create(desk, "staff", "職員名簿 (CSV)", "人"),
        RegisterImport.Create(desk, "assets", "情報資産台帳 (CSV)", "件"),
        From(desk, "veris", "VERIS Community Database (CSV)", ["year", "pattern"]),
    };

    /// <summary>The file, if it can be read at all.</summary>
    internal static FileInfo Existing(FileInfo path)
    {
        if (path.Exists) return path;

        throw new BadUsageException(
            Directory.Exists(path.FullName) ? $"「{path}」はフォルダです。ファイルを書いてください。" : $"ファイル「{path}」がありません。");
    }

    internal static BadUsageException Unreadable(FileInfo path, Exception e) =>
        new($"ファイル「{path}」を読めません: {(e is UnauthorizedAccessException ? "読む権限がありません。" : e.Message)}");

    /// <param name="needed">Columns without which the file is another one.</param>
    private static Command From(Desk desk, string source, string description, IReadOnlyList<string> needed)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "CSV ファイル" };
        var command = new Command(source, description) { file };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var path = Existing(parsed.GetValue(file)!);

            try
            {
                using var reader = new StreamReader(path.FullName, Encoding.UTF8);
                return await new ImportRun(desk, client, source, needed).Take(reader, path.Length, cancel).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw Unreadable(path, e);
            }
        });
        return command;
    }
}
