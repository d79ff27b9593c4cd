using System.CommandLine;
using System.Text;

namespace SakuraIncident.Cli.Imports;

/// <summary><c>sakura import servicenow FILE</c>, <c>sakura import veris FILE</c>.</summary>
internal static class ImportCommand
{
    public static Command Create(Desk desk) => new("import", "実際のインシデントの記録を取り込む")
    {
        From(desk, "servicenow", "ServiceNow の監査記録 (CSV)", ["number", "incident_state", "sys_updated_at"]),
        From(desk, "veris", "VERIS Community Database (CSV)", ["year", "pattern"]),
    };

    /// <param name="needed">Columns without which the file is another one.</param>
    private static Command From(Desk desk, string source, string description, IReadOnlyList<string> needed)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "CSV ファイル" };
        var command = new Command(source, description) { file };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var path = parsed.GetValue(file)!;
            if (!path.Exists) throw new BadUsageException($"ファイル「{path}」がありません。");

            StreamReader reader;
            try
            {
                reader = new StreamReader(path.FullName, Encoding.UTF8);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new BadUsageException($"ファイル「{path}」を読めません: {e.Message}");
            }

            using (reader)
                return await new ImportRun(desk, client, source, needed).Take(reader, path.Length, cancel).ConfigureAwait(false);
        });
        return command;
    }
}
