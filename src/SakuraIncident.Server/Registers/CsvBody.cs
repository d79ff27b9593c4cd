using SakuraIncident.Server.Http;

namespace SakuraIncident.Server.Registers;

/// <summary>The file of a request: its body as <c>text/csv</c>, or the first file of a form. Or the problem that keeps it from being one.</summary>
public sealed record CsvBody(byte[] File, IResult? Problem)
{
    public static async Task<CsvBody> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > CsvTable.MostBytes + 64 * 1024) return TooLarge;
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(cancellation);
            return form.Files.Count == 0 ? new CsvBody([], Problems.Invalid(Fault("ファイルを選んでください。"))) : await OfAsync(form.Files[0], cancellation);
        }
        var type = request.ContentType?.Split(';')[0].Trim();
        if (type is not ("text/csv" or "application/csv" or "application/vnd.ms-excel"))
            return new CsvBody([], Problems.Of(415, "wrong-content-type", "内容の形式が違います", "Content-Type は text/csv か multipart/form-data にしてください。"));
        return await OfAsync(request.Body, cancellation);
    }

    public static async Task<CsvBody> OfAsync(IFormFile file, CancellationToken cancellation)
    {
        await using var stream = file.OpenReadStream();
        return await OfAsync(stream, cancellation);
    }

    /// <summary>As the answers to a form and to a program tell what is wrong with a file.</summary>
    public static IReadOnlyDictionary<string, string[]> Fault(params string[] reasons) => new Dictionary<string, string[]> { ["file"] = reasons };

    private static CsvBody TooLarge =>
        new([], Problems.Of(413, "too-large", "内容が大きすぎます", $"送れるファイルは {CsvTable.MostBytes / 1024 / 1024} MiB までです。"));

    private static async Task<CsvBody> OfAsync(Stream stream, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[64 * 1024];
        for (int read; (read = await stream.ReadAsync(chunk, cancellation)) > 0;)
        {
            if (buffer.Length + read > CsvTable.MostBytes) return TooLarge;
            buffer.Write(chunk, 0, read);
        }
        return new CsvBody(buffer.ToArray(), null);
    }
}

public static class CsvRoutes
{
    /// <summary>Without a list of what is accepted: then routing itself would answer 415, and not by a problem that says why.</summary>
    public static void DescribeCsv<TChanges>(this RouteHandlerBuilder route, string summary) => route
        .WithSummary(summary).Takes(ApiBody.Csv, ApiBody.CsvInForm)
        .Reads(ApiParameter.Flag("preview", "Only tells what the file would change."))
        .Produces<TChanges>().Refuses(403);
}
