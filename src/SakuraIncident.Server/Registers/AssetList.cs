using System.Text;
using System.Text.RegularExpressions;
using SakuraIncident.Domain.Plans;

namespace SakuraIncident.Server.Registers;

/// <summary>情報資産 of the register (P 2-6(2)).</summary>
/// <param name="Owner">Who manages it: a department or post.</param>
/// <param name="Contractor">Who runs it for the city; null: nobody.</param>
public sealed record Asset(
    string Id, string Name, string Body, string Zone, string Confidentiality, string Integrity, string Availability, string Owner, string? Contractor);

/// <summary>What a line says of an asset: as it shall be, or that it is no more.</summary>
public sealed record ListedAsset(Asset Asset, bool IsRetired);

/// <summary>情報資産台帳 as CSV.</summary>
public static partial class AssetList
{
    public static readonly IReadOnlyList<CsvColumn> Columns =
    [
        new("id", ["資産番号", "ID", "管理番号"], Needed: true, Most: 40), new("name", ["名称", "資産名", "情報資産名"], Needed: true),
        new("body", ["機関", "実施機関"], Needed: true), new("zone", ["領域", "ゾーン"], Needed: true),
        new("confidentiality", ["機密性"], Needed: true), new("integrity", ["完全性"], Needed: true), new("availability", ["可用性"], Needed: true),
        new("owner", ["管理者", "所管", "所管課"], Needed: true), new("contractor", ["委託先", "委託事業者"]), new("state", ["状態"], Most: 10),
    ];

    /// <summary>As ids are kept and compared: a wide or small letter is no other asset.</summary>
    public static string IdOf(string text) => text.Normalize(NormalizationForm.FormKC).Trim().ToUpperInvariant();

    public static (IReadOnlyList<ListedAsset> Assets, IReadOnlyList<CsvFault> Faults) Read(byte[] file) =>
        CsvTable.Read(file, Columns, Read, listed => listed.Asset.Id);

    private static ListedAsset Read(CsvLine line, Action<string, string> wrong)
    {
        var id = IdOf(line["id"]);
        if (id.Length > 0 && !Id().IsMatch(id)) wrong("id", $"「{CsvTable.Shorten(id)}」は使えません。半角の英数字、ハイフン、下線で書いてください。");
        if (line["state"] is not ("" or "使用中" or "廃止")) wrong("state", $"「{CsvTable.Shorten(line["state"])}」は使えません。空欄、使用中、廃止のどれかにしてください。");
        var asset = new Asset(
            id, line["name"], Word("body", Vocabulary.Bodies), Word("zone", Vocabulary.Zones), Class("confidentiality", Vocabulary.ConfidentialityClasses),
            Class("integrity", Vocabulary.IntegrityClasses), Class("availability", Vocabulary.AvailabilityClasses), line["owner"],
            line["contractor"].Length == 0 ? null : line["contractor"]);
        return new ListedAsset(asset, line["state"] == "廃止");

        string Word(string key, IReadOnlyList<(string Id, string Title)> words)
        {
            foreach (var (word, title) in words)
                if (line[key] == word || line[key] == title) return word;
            if (line[key].Length > 0) wrong(key, $"「{CsvTable.Shorten(line[key])}」は使えません。{string.Join("、", words.Select(w => w.Title))} のどれかにしてください。");
            return "";
        }

        // 「3A」, 「機密性3A」, 「自治体機密性3A」 and 「３Ａ」 are the same.
        string Class(string key, IReadOnlyList<(string Id, string Title)> classes)
        {
            var text = line[key].Normalize(NormalizationForm.FormKC).ToUpperInvariant().Replace("自治体", "", StringComparison.Ordinal);
            foreach (var (one, title) in classes)
                if (text == one || text == title) return one;
            if (text.Length > 0) wrong(key, $"「{CsvTable.Shorten(line[key])}」は使えません。{string.Join("、", classes.Select(c => c.Id))} のどれかにしてください。");
            return "";
        }
    }

    [GeneratedRegex(@"\A[A-Z0-9][A-Z0-9_-]{0,39}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
