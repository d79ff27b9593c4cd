using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Registers;

namespace SakuraIncident.Server.Pages.Registers;

/// <summary>What came of a file that was looked at or taken.</summary>
/// <param name="Faults">Empty: it can be taken, or was.</param>
public sealed record UploadOutcome(IReadOnlyList<string> Faults, IReadOnlyList<(string Heading, IReadOnlyList<string> Lines)> Changes)
{
    public (string Heading, IReadOnlyList<string> Lines) Kept { get; init; } = ("", []);

    /// <summary>Headings under which something stands.</summary>
    public static IReadOnlyList<(string Heading, IReadOnlyList<string> Lines)> Headed(params (string Heading, IEnumerable<string> Lines)[] all) =>
        [.. all.Select(h => (h.Heading, (IReadOnlyList<string>)[.. h.Lines])).Where(h => h.Item2.Count > 0)];
}

/// <summary>The two forms of a register's upload: the file is looked at, then taken.</summary>
public sealed class UploadDoor(FormDoor door, AuditLog audit)
{
    /// <param name="empty">The page without a file.</param>
    /// <param name="run">Looks at a file (preview), or takes it with the form's key.</param>
    public async Task<IResult> RunAsync(
        HttpContext http, UploadView empty, Func<byte[], FormPost, bool, Task<UploadOutcome>> run, CancellationToken cancellation)
    {
        if (!Authority.MayAdminister(http.Signed())) return await audit.ForbidAsync(http, cancellation);
        if (!http.Request.HasFormContentType) return Problems.NotAForm();
        var form = await http.Request.ReadFormAsync(cancellation);
        var post = FormPost.Of(form);
        if (await door.FaultAsync(http, post) is { } stale) return Page(http, empty with { Faults = [.. stale.Errors.Select(e => e.Reason)] }, stale.Status);

        var taking = post.Do == "take";
        if (await FileAsync(form, taking, cancellation) is not { } file) return Page(http, empty with { Faults = ["2 MiB までのCSVファイルを選んでください。"] }, 422);
        var outcome = await run(file, post, !taking);
        var view = empty with { Faults = outcome.Faults, Changes = outcome.Changes, Kept = outcome.Kept, Done = taking && outcome.Faults.Count == 0 };
        if (view.Faults.Count > 0) return Page(http, view, 422);
        return Page(http, taking ? view : view with { Content = Convert.ToBase64String(file) }, 200);
    }

    /// <returns>Null: there is none, or it is too large.</returns>
    private static async Task<byte[]?> FileAsync(IFormCollection form, bool taking, CancellationToken cancellation)
    {
        if (!taking) return form.Files.GetFile("file") is { Length: > 0 } chosen && await CsvBody.OfAsync(chosen, cancellation) is { Problem: null } body ? body.File : null;
        var file = new byte[CsvTable.MostBytes];
        return Convert.TryFromBase64String(form["content"].ToString(), file, out var length) ? file[..length] : null;
    }

    private IResult Page(HttpContext http, UploadView view, int status) => PageRoutes.Page<UploadPage>(
        status, ("View", view), ("Token", door.Fresh(http).Token), ("Now", PageRoutes.NowOf(http)), ("User", http.Signed().Name));
}
