using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SakuraIncident.Server.Plans.Files;

/// <summary>A value of a YAML file with the line it stands on.</summary>
internal abstract record YamlValue(int Line);

/// <param name="Value">Null where the file says nothing (<c>key:</c>, <c>~</c>, <c>null</c>).</param>
internal sealed record YamlScalar(int Line, string? Value) : YamlValue(Line);

internal sealed record YamlList(int Line, IReadOnlyList<YamlValue> Items) : YamlValue(Line);

internal sealed record YamlMap(int Line, IReadOnlyList<YamlEntry> Entries) : YamlValue(Line);

internal sealed record YamlEntry(string Key, int Line, YamlValue Value);

/// <summary>
/// The small part of YAML that the plan is written in: maps, lists and text. Anchors, aliases, tags, several documents and
/// repeated keys are refused, since each lets a file say something else than it seems to say.
/// </summary>
internal static class YamlText
{
    private const int Deepest = 16;

    /// <exception cref="UnreadableYamlException">Where it is not that.</exception>
    public static YamlValue? Read(string text)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _)) return null;
            parser.Consume<DocumentStart>();
            var value = ReadValue(parser, 0);
            parser.Consume<DocumentEnd>();
            if (parser.Current is { } more and not StreamEnd)
                throw new UnreadableYamlException(LineOf(more), "一つのファイルに書けるのは一つの文書だけです（「---」で区切れません）。");
            return value;
        }
        catch (InvalidOperationException) // the library's scanner, on some broken texts
        {
            throw new UnreadableYamlException(1, "YAMLとして読めません。字下げ、コロン、かっこ、引用符を確かめてください。");
        }
        catch (YamlException broken)
        {
            throw new UnreadableYamlException(
                (int)Math.Max(1, broken.Start.Line),
                broken.Message.Contains("tab character", StringComparison.Ordinal)
                    ? "YAMLとして読めません。字下げにタブは使えません。空白で下げてください。"
                    : "YAMLとして読めません。字下げ、コロン、かっこ、引用符を確かめてください。");
        }
    }

    private static YamlValue ReadValue(Parser parser, int depth)
    {
        var current = parser.Current!;
        var line = LineOf(current);
        if (depth > Deepest) throw new UnreadableYamlException(line, $"入れ子が深すぎます（{Deepest}段まで）。");
        if (current is AnchorAlias) throw new UnreadableYamlException(line, "別名（*）は使えません。");
        if (current is NodeEvent { Anchor.IsEmpty: false }) throw new UnreadableYamlException(line, "アンカー（&）は使えません。");
        if (current is NodeEvent { Tag.IsEmpty: false }) throw new UnreadableYamlException(line, "タグ（!）は使えません。");
        return current switch
        {
            Scalar scalar => ReadScalar(parser, scalar),
            SequenceStart => ReadList(parser, line, depth),
            MappingStart => ReadMap(parser, line, depth),
            _ => throw new UnreadableYamlException(line, "YAMLとして読めません。"),
        };
    }

    private static YamlScalar ReadScalar(Parser parser, Scalar scalar)
    {
        parser.MoveNext();
        var line = LineOf(scalar);
        if (scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null") return new YamlScalar(line, null);
        foreach (var c in scalar.Value)
            if (char.IsControl(c) && c is not ('\n' or '\t')) throw new UnreadableYamlException(line, "制御文字は使えません。");
        return new YamlScalar(line, scalar.Value);
    }

    private static YamlList ReadList(Parser parser, int line, int depth)
    {
        parser.MoveNext();
        var items = new List<YamlValue>();
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadValue(parser, depth + 1));
        return new YamlList(line, items);
    }

    private static YamlMap ReadMap(Parser parser, int line, int depth)
    {
        parser.MoveNext();
        var entries = new List<YamlEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadValue(parser, depth + 1) is not YamlScalar { Value: { } key } name)
                throw new UnreadableYamlException(LineOf(parser.Current!), "項目名は文字で書いてください。");
            if (entries.Any(e => e.Key == key))
                throw new UnreadableYamlException(name.Line, $"項目「{key}」が二度書かれています。");
            entries.Add(new YamlEntry(key, name.Line, ReadValue(parser, depth + 1)));
        }

        return new YamlMap(line, entries);
    }

    private static int LineOf(ParsingEvent at) => (int)Math.Max(1, at.Start.Line);
}

internal sealed class UnreadableYamlException(int line, string reason) : Exception(reason)
{
    public int Line { get; } = line;
}
