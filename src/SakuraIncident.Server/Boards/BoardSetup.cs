using Microsoft.AspNetCore.SignalR;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Identity;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Storage;

namespace SakuraIncident.Server.Boards;

public static class BoardSetup
{
    private const int MostEvents = 200;

    public static void AddBoards(this IServiceCollection services)
    {
        services.AddSignalR(o =>
        {
            o.KeepAliveInterval = TimeSpan.FromSeconds(5); // a frozen server shows within 15 s in a page that asks for it
            o.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
            o.MaximumReceiveMessageSize = 16 * 1024;
            o.AddFilter<DatabaseAway>();
        }).AddJsonProtocol(o => ApiJson.Configure(o.PayloadSerializerOptions));
        services.AddSingleton<EventReads>().AddSingleton<BoardReads>().AddSingleton<BoardWatchers>();
        services.AddHostedService(p => new BoardFeed(
            p.GetRequiredService<NpgsqlDataSource>(), p.GetRequiredService<EventSignal>(), p.GetRequiredService<BoardWatchers>().TakeAsync,
            p.GetRequiredService<ILogger<BoardFeed>>()));
    }

    public static void MapBoards(this IEndpointRouteBuilder routes)
    {
        routes.MapHub<BoardHub>("/hubs/board");
        routes.MapGet("/api/board", async (HttpContext http, BoardReads reads, BoardWatchers watchers, CancellationToken cancellation) =>
        {
            var (sequence, rows) = await reads.ReadAsync(http.Signed(), null, cancellation);
            if (rows.Any(r => r.Sequence > sequence))
            {
                // What somebody has just been told is on it, with a sequence that is not before.
                await watchers.ReachAsync(rows.Max(r => r.Sequence), cancellation);
                (sequence, rows) = await reads.ReadAsync(http.Signed(), null, cancellation);
            }
            return Results.Json(new BoardAnswer<JsonElement>(sequence, rows.Select(r => r.Row).ToList()), ApiJson.Options);
        }).WithTags("board").WithSummary("状況ボード").Produces<BoardAnswer<BoardRow>>().Refuses();
        routes.MapGet("/api/incidents/{id}/events", EventsAsync).WithTags("incidents").WithSummary("事案のイベント")
            .Reads(ApiParameter.Cursor, ApiParameter.Limit(MostEvents, MostEvents)).Produces<ItemsPage<EventAnswer>>().Refuses(404, 422);
    }

    private static async Task<IResult> EventsAsync(
        HttpContext http, string id, string? cursor, string? limit, IncidentReads incidents, EventReads events, CancellationToken cancellation)
    {
        var errors = new Dictionary<string, string[]>();
        var after = 0;
        if (!string.IsNullOrEmpty(cursor) && !int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            errors["cursor"] = ["「cursor」が正しくありません。前の応答の値をそのまま送ってください。"];
        var most = MostEvents;
        if (!string.IsNullOrEmpty(limit) && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most is < 1 or > MostEvents))
            errors["limit"] = [$"「limit」は1から{MostEvents}までです。"];
        if (errors.Count > 0) return Problems.Invalid(errors);
        if (await incidents.IdOfAsync(id, cancellation) is not { } known
            || await incidents.NowAsync(known, cancellation) is not { } incident
            || !Authority.MayRead(http.Signed(), IncidentRow.Participants(incident)))
            return Problems.NotFound();

        var items = await events.EventsAsync(known, after, most + 1, cancellation);
        var shown = items.Take(most).ToList();
        var next = items.Count > most ? shown[^1].Version.ToString(CultureInfo.InvariantCulture) : null;
        return Results.Json(new ItemsPage<EventAnswer>(shown, next), ApiJson.Options);
    }
}
