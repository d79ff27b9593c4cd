using System.Net;
using System.Text.Json;
using SakuraIncident.Client;
using SakuraIncident.Client.Shapes;
using Spectre.Console;

namespace SakuraIncident.Cli.Imports;

/// <summary>One file on its way to the server: read record by record, sent in batches, counted.</summary>
internal sealed class ImportRun(Desk desk, SakuraClient client, string source, IReadOnlyList<string> needed)
{
    // The server takes 256 KiB of JSON.
    private const int BatchBytes = 120 * 1024;
    private const int MostOver = 20 * 1024;
    private const int MostRowBytes = 200 * 1024;
    private const int BatchRows = 500;
    private const string TooLarge = "行が大きすぎます";
    private const char Between = '\u001f';

    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CategoryCount> _categories = new(StringComparer.Ordinal);
    private int _rows, _taken, _unchanged, _incidents, _damaged;

    public async Task<int> Take(TextReader reader, long length, CancellationToken cancel)
    {
        if (!desk.Terminal.ErrorInteractive)
            await Send(reader, _ => { }, cancel).ConfigureAwait(false);
        else
            await desk.Terminal.Error.Progress().HideCompleted(false).StartAsync(async progress =>
            {
                var bar = progress.AddTask("取り込み中", maxValue: Math.Max(1, length));
                await Send(reader, bytes => bar.Increment(bytes), cancel).ConfigureAwait(false);
                bar.Value = bar.MaxValue;
            }).ConfigureAwait(false);

        if (_categories.Count > 0) Table();
        desk.Terminal.Line(
            $"{source}: {_rows}行を読み、{_taken}行を新しく取り込みました (インシデント {_incidents}件)。取り込み済み {_unchanged}行、壊れた行 {_damaged}行。");
        return _taken + _unchanged > 0 ? ExitCode.Done : ExitCode.Refused;
    }

    private async Task Send(TextReader reader, Action<int> read, CancellationToken cancel)
    {
        IReadOnlyList<string>? columns = null;
        var batch = new List<ImportRow>();
        var (bytes, unreported) = (0, 0);
        foreach (var row in CsvRows.Read(reader))
        {
            unreported += row.Bytes;
            if (columns is null)
            {
                columns = Header(row);
                continue;
            }

            _rows++;
            if (row.Damage is { } damage)
            {
                Damaged(new(row.Line, damage));
                continue;
            }

            if (row.Values.Count != columns.Count)
            {
                Damaged(new(row.Line, $"列が {row.Values.Count} 個です ({columns.Count} 個のはずです)"));
                continue;
            }

            var sent = new ImportRow(row.Line, Ordinal(row.Values), row.Values);
            var size = JsonSerializer.SerializeToUtf8Bytes(sent, SakuraJson.Default.ImportRow).Length;
            if (size > MostRowBytes)
            {
                Damaged(new(row.Line, TooLarge));
                continue;
            }

            // Rows of one incident stand together: a batch ends between two, so that the server can order the rows of each.
            var full = batch.Count > 0 && (bytes + size > BatchBytes || batch.Count >= BatchRows);
            if (full && (row.Values[0] != batch[^1].Values[0] || bytes > BatchBytes + MostOver || batch.Count >= 2 * BatchRows))
            {
                await Send(columns, batch, cancel).ConfigureAwait(false);
                read(unreported);
                (bytes, unreported) = (0, 0);
                batch = [];
            }

            bytes += size;
            batch.Add(sent);
        }

        if (columns is null) throw new BadUsageException("ファイルが空です。");
        if (batch.Count > 0) await Send(columns, batch, cancel).ConfigureAwait(false);
    }

    private IReadOnlyList<string> Header(CsvRow row)
    {
        var missing = needed.Where(n => !row.Values.Contains(n)).ToList();
        if (missing.Count > 0) throw new BadUsageException($"{source} のファイルではありません: 列 {string.Join("、", missing)} がありません。");
        if (row.Values.Distinct(StringComparer.Ordinal).Count() != row.Values.Count) throw new BadUsageException("同じ名前の列があります。");

        return row.Values;
    }

    // Equal rows are told apart by their place among equals, over the whole file and not only over a batch.
    private int Ordinal(IReadOnlyList<string> values)
    {
        var key = string.Join(Between, values);
        var before = _seen.GetValueOrDefault(key);
        _seen[key] = before + 1;
        return before;
    }

    private async Task Send(IReadOnlyList<string> columns, IReadOnlyList<ImportRow> batch, CancellationToken cancel)
    {
        ImportAnswer answer;
        try
        {
            answer = (await client.Import(source, new(columns, batch), cancel: cancel).ConfigureAwait(false)).Value;
        }
        catch (RefusedException e) when (e.Status == HttpStatusCode.RequestEntityTooLarge && batch.Count > 1)
        {
            // A proxy may allow less than the server.
            var half = batch.Count / 2;
            await Send(columns, [.. batch.Take(half)], cancel).ConfigureAwait(false);
            await Send(columns, [.. batch.Skip(half)], cancel).ConfigureAwait(false);
            return;
        }
        catch (RefusedException e) when (e.Status == HttpStatusCode.RequestEntityTooLarge)
        {
            Damaged(new(batch[0].Line, TooLarge));
            return;
        }

        _taken += answer.Taken;
        _unchanged += answer.Unchanged;
        _incidents += answer.Incidents;
        foreach (var row in answer.Damaged) Damaged(row);
        foreach (var count in answer.Categories)
        {
            var before = _categories.GetValueOrDefault(count.Category, count with { Rows = 0, PublicSector = 0 });
            _categories[count.Category] =
                before with { Rows = before.Rows + count.Rows, PublicSector = before.PublicSector + count.PublicSector };
        }
    }

    private void Damaged(DamagedRow row)
    {
        _damaged++;
        desk.Terminal.Complain($"{row.Line}行目: {row.Reason}");
    }

    private void Table()
    {
        var counts = _categories.Values.OrderByDescending(c => c.Rows).ToList();
        desk.Terminal.Table(
            ["種類", "", "対応手順", "件数", "うち Public"],
            counts.Select(IReadOnlyList<string> (c) =>
                [c.Category, Words.Of(Words.Categories, c.Category), c.Playbook ?? "合うものなし", $"{c.Rows}", $"{c.PublicSector}"]));
        var unfit = counts.Where(c => c.Playbook is null).ToList();
        desk.Terminal.Line(
            $"対応手順に合うものがない: {unfit.Sum(c => c.Rows)}件 (うち Public {unfit.Sum(c => c.PublicSector)}件)");
    }
}
