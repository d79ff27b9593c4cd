using System.Globalization;
using Microsoft.Extensions.Primitives;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using Wolverine;

namespace SakuraIncident.Server.Incidents;

/// <summary>The way of every changing request: body → command → the one handler → answer.</summary>
public sealed class IncidentRequests(IncidentReads reads, IMessageBus bus, InFlight inFlight, AuditLog audit)
{
    /// <param name="idOrNumber">Null: opens an incident.</param>
    /// <param name="read">Makes the command of the body's fields, noting what is wrong with them.</param>
    public async Task<IResult> RunAsync(
        HttpContext http, string? idOrNumber, Func<Fields, IncidentCommand> read, CancellationToken cancellation)
    {
        var body = await JsonBody.ReadAsync(http.Request, cancellation);
        if (body.Problem is not null) return body.Problem;
        var by = http.Signed();
        var key = RequestKey.Of(http, body.Bytes);
        if (key is { IsUsable: false }) return Problems.BadKey();

        Guid? incident = null;
        if (idOrNumber is not null && (incident = await reads.IdOfAsync(idOrNumber, cancellation)) is null) return Problems.NotFound();
        if (!TryIfMatch(http.Request.Headers.IfMatch, out var ifMatch))
            return await UnlessHiddenAsync(Problems.Of(412, "stale-version", "内容が更新されています", "If-Match の版が読めません。\"12\" のように引用符で囲んだ版を送ってください。"));

        var fields = new Fields(body.Root);
        var command = read(fields);
        if (!fields.AreValid) return await UnlessHiddenAsync(Problems.Invalid(fields.Errors));

        using var place = key is null ? null : inFlight.Enter(key);
        if (key is not null && place is null) return Problems.UnderWay(http);
        var answer = await bus.InvokeAsync<CommandAnswer>(new RunCommand(incident, command, by, ifMatch, key), cancellation);
        return await AnswerAsync(http, by, answer, cancellation);

        // What is wrong with a request says nothing of an incident that this person may not know of.
        async Task<IResult> UnlessHiddenAsync(IResult wrong) =>
            incident is { } id && !await reads.MayReadAsync(by, id, cancellation) ? Problems.NotFound() : wrong;
    }

    private async Task<IResult> AnswerAsync(HttpContext http, Signed by, CommandAnswer answer, CancellationToken cancellation)
    {
        switch (answer)
        {
            case Done done:
                http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{done.Incident.Version}\"");
                if (done.Status == 201) http.Response.Headers.Location = $"/api/incidents/{done.Incident.Id}";
                return Results.Json(done.Incident, ApiJson.Options, statusCode: done.Status);
            case NotDone { Refused.Kind: RefusalKind.Forbidden } denied:
                await audit.DeniedAsync(by, http, cancellation);
                return Problems.Of(denied.Refused);
            case NotDone refused:
                return Problems.Of(refused.Refused);
            case Stale stale:
                return Problems.Stale(stale.Version);
            case KeyReused:
                return Problems.KeyReused();
            case NotAllowed:
                await audit.DeniedAsync(by, http, cancellation);
                return Problems.Forbidden();
            default:
                return Problems.NotFound();
        }
    }

    /// <summary>Absent or <c>*</c>: any version. Otherwise the version in quotes.</summary>
    /// <summary><c>"12"</c>, a list of versions, or <c>*</c> (RFC 9110 13.1.1).</summary>
    private static bool TryIfMatch(StringValues header, out IReadOnlyList<int>? versions)
    {
        versions = null;
        var tags = header.SelectMany(h => (h ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (tags.Count == 0 || tags.Contains("*")) return true;
        var seen = new List<int>();
        foreach (var tag in tags)
        {
            var text = tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
            if (!int.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return false;
            seen.Add(version);
        }
        versions = seen;
        return true;
    }
}

/// <summary>Keys whose first request is still under way on this node.</summary>
public sealed class InFlight
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<(string, string), byte> keys = new();

    /// <summary>Null: the key is taken.</summary>
    public IDisposable? Enter(RequestKey key) => keys.TryAdd((key.Scope, key.Key), 0) ? new Place(this, key) : null;

    private sealed class Place(InFlight owner, RequestKey key) : IDisposable
    {
        public void Dispose() => owner.keys.TryRemove((key.Scope, key.Key), out _);
    }
}
