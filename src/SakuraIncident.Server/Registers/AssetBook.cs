using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using SakuraIncident.Domain.Incidents;
using SakuraIncident.Domain.Plans;
using SakuraIncident.Server.Http;
using SakuraIncident.Server.Incidents;
using SakuraIncident.Server.Storage;

namespace SakuraIncident.Server.Registers;

/// <summary>What a file changes in the register.</summary>
/// <param name="Left">Named as 廃止.</param>
/// <param name="NotListed">In the register and not in the file: left as it is.</param>
public sealed record AssetChanges(
    IReadOnlyList<AssetName> New, IReadOnlyList<AssetChange> Changed, IReadOnlyList<AssetName> Left, IReadOnlyList<AssetName> NotListed,
    int Unchanged, IReadOnlyList<string> Warnings, bool Preview);

public sealed record AssetName(string Id, string Name);

/// <param name="Fields">The columns that change, in Japanese.</param>
/// <param name="Details">The same with what was and what will be: <c>可用性: 1 → 2</c>.</param>
public sealed record AssetChange(string Id, string Name, IReadOnlyList<string> Fields, IReadOnlyList<string> Details);

/// <summary>What came of a file.</summary>
public abstract record AssetsTaken
{
    /// <param name="Changes">Null: it is the first answer to the same key.</param>
    public sealed record Told(AssetChanges? Changes, string Json, bool HasChanged) : AssetsTaken;

    public sealed record Faulty(IReadOnlyList<string> Reasons) : AssetsTaken;

    public sealed record KeyReused : AssetsTaken;
}

/// <summary>情報資産台帳: the register as it stands, and beneath it every change that was ever made.</summary>
public sealed class AssetBook(NpgsqlDataSource database, TimeProvider clock)
{
    public const string Ddl = """
        create table if not exists sakura.asset (
            id text primary key,
            name text not null,
            body text not null,
            zone text not null,
            confidentiality text not null,
            integrity text not null,
            availability text not null,
            owner text not null,
            contractor text,
            retired boolean not null default false
        );
        create index if not exists asset_name on sakura.asset (name);

        -- Rows are only added.
        create table if not exists sakura.asset_change (
            number bigint generated always as identity primary key,
            asset text not null,
            data jsonb not null,
            by_kind text not null,
            by_id text not null,
            at timestamptz not null
        );
        """;

    private const string Columns = "id, name, body, zone, confidentiality, integrity, availability, owner, contractor";

    private static readonly Compared<Asset> Compared = new(
        ("名称", a => a.Name), ("機関", a => Vocabulary.TitleOf(Vocabulary.Bodies, a.Body)), ("領域", a => Vocabulary.TitleOf(Vocabulary.Zones, a.Zone)),
        ("機密性", a => a.Confidentiality), ("完全性", a => a.Integrity), ("可用性", a => a.Availability), ("管理者", a => a.Owner), ("委託先", a => a.Contractor));

    /// <summary>All of a file, or nothing. The same file again changes nothing.</summary>
    public async Task<AssetsTaken> TakeAsync(byte[] file, Actor by, RequestKey? key, bool preview, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var turn = new NpgsqlCommand("select pg_advisory_xact_lock(8620260402)", connection)) await turn.ExecuteNonQueryAsync(cancellation);
        if (key is not null && !preview && await FirstAnswers.FindAsync(connection, key, cancellation) is { } first)
            return first.SameBody(key) ? new AssetsTaken.Told(null, first.Json, HasChanged: false) : new AssetsTaken.KeyReused();

        var (listed, faults) = AssetList.Read(file);
        var present = (await ReadAsync(connection, $"select {Columns} from sakura.asset where not retired", cancellation)).ToDictionary(a => a.Id, StringComparer.Ordinal);
        faults = [.. faults, .. listed.Where(l => l.IsRetired && !present.ContainsKey(l.Asset.Id)).Select(l => new CsvFault(0, null, $"廃止する資産「{l.Asset.Id}」は台帳にありません。"))];
        if (faults.Count > 0) return new AssetsTaken.Faulty([.. faults.Take(200).Select(f => f.ToString())]);

        var changes = Changes(listed, present, preview);
        var json = JsonSerializer.Serialize(changes, ApiJson.Options);
        var touched = changes.New.Select(n => n.Id).Concat(changes.Changed.Select(c => c.Id)).Concat(changes.Left.Select(l => l.Id)).ToHashSet(StringComparer.Ordinal);
        if (preview) return new AssetsTaken.Told(changes, json, HasChanged: false);
        foreach (var one in listed.Where(l => touched.Contains(l.Asset.Id))) await StoreAsync(connection, one, by, cancellation);
        if (key is not null) await FirstAnswers.StoreAsync(connection, key, 200, json, cancellation);
        await transaction.CommitAsync(cancellation);
        return new AssetsTaken.Told(changes, json, touched.Count > 0);
    }

    /// <summary>Those in use, by id.</summary>
    /// <param name="text">In id, name, owner or contractor; null: any.</param>
    /// <param name="after">The last id that was seen.</param>
    public async Task<IReadOnlyList<Asset>> ListAsync(string? text, string? zone, string? after, int most, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var pattern = text is null ? null : Characters.Containing(text);
        return await ReadAsync(
            connection,
            $"""
            select {Columns} from sakura.asset where not retired and ($1::text is null or id || ' ' || name || ' ' || owner || ' ' || coalesce(contractor, '') ilike $1)
            and ($2::text is null or zone = $2) and ($3::text is null or id > $3) order by id limit {most}
            """,
            cancellation, pattern, zone, after);
    }

    /// <summary>What an incident names, by id or by name, as it is classified now.</summary>
    public async Task<IReadOnlyList<ClassifiedAsset>> FindAsync(IReadOnlyList<string> named, CancellationToken cancellation)
    {
        if (named.Count == 0) return [];
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var found = await ReadAsync(
            connection, $"select {Columns} from sakura.asset where not retired and (id = any($1) or name = any($2)) order by id limit 200", cancellation,
            named.Select(AssetList.IdOf).ToArray(), named.ToArray());
        return [.. found.Select(a => new ClassifiedAsset(a.Id, a.Name, a.Body, a.Zone, a.Confidentiality, a.Integrity, a.Availability))];
    }

    private static AssetChanges Changes(IReadOnlyList<ListedAsset> listed, Dictionary<string, Asset> present, bool preview)
    {
        var used = listed.Where(l => !l.IsRetired).Select(l => l.Asset).ToList();
        var changed = used.Where(a => present.ContainsKey(a.Id)).Select(a => Change(a, present[a.Id])).Where(c => c.Fields.Count > 0).ToList();
        var isNew = used.Where(a => !present.ContainsKey(a.Id)).Select(Name).ToList();
        var named = listed.Select(l => l.Asset.Id).ToHashSet(StringComparer.Ordinal);
        return new AssetChanges(
            isNew, changed, [.. listed.Where(l => l.IsRetired).Select(l => Name(l.Asset))], [.. present.Values.Where(a => !named.Contains(a.Id)).Select(Name)],
            used.Count - changed.Count - isNew.Count, [], preview);
    }

    private static AssetChange Change(Asset asset, Asset before)
    {
        var (fields, details) = Compared.Of(before, asset);
        return new AssetChange(asset.Id, asset.Name, fields, details);
    }

    private static AssetName Name(Asset asset) => new(asset.Id, asset.Name);

    private async Task StoreAsync(NpgsqlConnection connection, ListedAsset one, Actor by, CancellationToken cancellation)
    {
        var a = one.Asset;
        await using (var command = new NpgsqlCommand($"""
            insert into sakura.asset ({Columns}, retired) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict (id) do update set name = excluded.name, body = excluded.body, zone = excluded.zone, confidentiality = excluded.confidentiality,
                integrity = excluded.integrity, availability = excluded.availability, owner = excluded.owner, contractor = excluded.contractor, retired = excluded.retired
            """, connection))
        {
            foreach (var value in new object?[] { a.Id, a.Name, a.Body, a.Zone, a.Confidentiality, a.Integrity, a.Availability, a.Owner, a.Contractor, one.IsRetired })
                command.Parameters.Add(new() { Value = value ?? DBNull.Value });
            await command.ExecuteNonQueryAsync(cancellation);
        }
        await using var change = new NpgsqlCommand("insert into sakura.asset_change (asset, data, by_kind, by_id, at) values ($1, $2, $3, $4, $5)", connection);
        change.Parameters.Add(new() { Value = a.Id });
        change.Parameters.Add(new() { Value = JsonSerializer.Serialize(one, ApiJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb });
        change.Parameters.Add(new() { Value = StoredEvents.KindName(by.Kind) });
        change.Parameters.Add(new() { Value = by.Id });
        change.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await change.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<IReadOnlyList<Asset>> ReadAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, params object?[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(value is null ? new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text } : new() { Value = value });
        var assets = new List<Asset>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            assets.Add(new Asset(
                row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6),
                row.GetString(7), row.IsDBNull(8) ? null : row.GetString(8)));
        return assets;
    }
}
