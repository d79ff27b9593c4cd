using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Boards;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Pages.Parts;
using SakuraIncident.Server.Plans;

namespace SakuraIncident.Server.Pages.Board;

/// <summary>
/// The board for someone, and its fragment. All who see everything see the same: for them a fragment is rendered and compressed once
/// per change, however many watch.
/// </summary>
public sealed class BoardFragments(
    BoardReads reads, PlanLibrary plans, TimeProvider clock, IServiceProvider services, ILoggerFactory loggers) : IDisposable
{
    private readonly SemaphoreSlim rendering = new(1);
    private volatile Fragment? shared;

    public void Dispose() => rendering.Dispose();

    public async Task<BoardState> StateAsync(Signed by, CancellationToken cancellation)
    {
        var (sequence, rows) = await reads.RowsAsync(by, cancellation);
        return new BoardState(sequence, rows, OnDutyNow(), clock.GetUtcNow());
    }

    /// <param name="after">The sequence that the page has heard of.</param>
    public async Task<Fragment> FragmentAsync(Signed by, long after, CancellationToken cancellation)
    {
        if (!Authority.ReadsAll(by)) return await RenderAsync(by, cancellation);
        if (shared is { } known && known.Sequence >= after) return known;
        await rendering.WaitAsync(cancellation);
        try
        {
            if (shared is { } meanwhile && meanwhile.Sequence >= after) return meanwhile;
            return shared = await RenderAsync(by, cancellation);
        }
        finally
        {
            rendering.Release();
        }
    }

    private async Task<Fragment> RenderAsync(Signed by, CancellationToken cancellation)
    {
        var state = await StateAsync(by, cancellation);
        await using var renderer = new HtmlRenderer(services, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<BoardTable>(
                ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(BoardTable.State)] = state }));
            return root.ToHtmlString();
        });
        return new Fragment(state.Sequence, Encoding.UTF8.GetBytes(html));
    }

    private List<OnDuty> OnDutyNow()
    {
        var now = clock.GetUtcNow();
        var roster = plans.Roster;
        return roster.Shifts.Select(s => s.Role).Append("csirt").Distinct()
            .Select(role => (role, candidates: roster.WhoHolds(role, "mayor", now)))
            .Where(duty => duty.candidates.Count > 0)
            .Select(duty => new OnDuty(Word.Role(duty.role), roster.NameOf(duty.candidates[0].Person))).ToList();
    }
}

/// <summary>A fragment ready to be sent, as it is and compressed.</summary>
public sealed class Fragment(long sequence, byte[] html)
{
    private readonly Lazy<byte[]> compressed = new(() => Compress(html));

    public long Sequence => sequence;

    public async Task WriteAsync(HttpContext http)
    {
        var response = http.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.Vary = "Accept-Encoding";
        var takesBrotli = http.Request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value == "br" && e.Quality is null or > 0);
        if (takesBrotli) response.Headers.ContentEncoding = "br";
        await response.BodyWriter.WriteAsync(takesBrotli ? compressed.Value : html, http.RequestAborted);
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var brotli = new BrotliStream(buffer, CompressionLevel.Fastest)) brotli.Write(bytes);
        return buffer.ToArray();
    }
}
