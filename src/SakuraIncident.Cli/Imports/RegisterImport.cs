using System.CommandLine;
using System.Net;
using SakuraIncident.Client;

namespace SakuraIncident.Cli.Imports;

/// <summary><c>sakura import staff FILE</c>, <c>sakura import assets FILE</c>: all of a file or nothing, and each bad line named.</summary>
internal static class RegisterImport
{
    /// <param name="counter">How its entries are counted in Japanese.</param>
    public static Command Create(Desk desk, string register, string description, string counter)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "CSV ファイル (UTF-8 か Shift_JIS)" };
        var preview = new Option<bool>("--preview") { Description = "何が変わるかだけを調べる" };
        var command = new Command(register, description) { file, preview };
        desk.Act(command, async (parsed, client, cancel) =>
        {
            var path = ImportCommand.Existing(parsed.GetValue(file)!);
            byte[] content;
            try
            {
                content = await File.ReadAllBytesAsync(path.FullName, cancel).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw ImportCommand.Unreadable(path, e);
            }
            return await SendAsync(desk, client, register, content, parsed.GetValue(preview), counter, cancel).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> SendAsync(
        Desk desk, SakuraClient client, string register, byte[] content, bool preview, string counter, CancellationToken cancel)
    {
        try
        {
            var answer = (await client.ImportRegister(register, content, preview, cancel: cancel).ConfigureAwait(false)).Value;
            foreach (var warning in answer.Warnings) desk.Terminal.Complain(warning);
            desk.Terminal.Line(
                $"{register}: 新規 {answer.New.Count}{counter}、変更 {answer.Changed.Count}{counter}、終了 {answer.Left.Count}{counter}、変わらない {answer.Unchanged}{counter}、"
                + $"ファイルにない {answer.NotListed.Count}{counter}。{(preview ? "まだ取り込んでいません。" : "取り込みました。")}");
            return ExitCode.Done;
        }
        catch (RefusedException e) when (e.Status == HttpStatusCode.UnprocessableEntity && e.Problem.Errors?.GetValueOrDefault("file") is { } faults)
        {
            foreach (var fault in faults) desk.Terminal.Complain(fault);
            desk.Terminal.Complain("何も取り込んでいません。");
            return ExitCode.Refused;
        }
    }
}
