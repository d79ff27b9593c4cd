using System.Text;
using SakuraIncident.Server.Plans;

namespace SakuraIncident.Server.Tests.Plans;

/// <summary>A copy of the shipped plan that a test may spoil.</summary>
public sealed class PlanFolder : IDisposable
{
    public static readonly string Shipped = PlanFiles.DefaultDirectory();

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("sakura-plan").FullName;

    public PlanFolder()
    {
        foreach (var path in System.IO.Directory.EnumerateFiles(Shipped, "*.yaml", SearchOption.AllDirectories))
        {
            var copy = PathOf(Path.GetRelativePath(Shipped, path));
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }

    public string PathOf(string file) => Path.Combine(Directory, file);

    public string Text(string file) => File.ReadAllText(PathOf(file));

    public void Write(string file, string text) => File.WriteAllText(PathOf(file), text, new UTF8Encoding(false));

    /// <summary>Replaces the first occurrence.</summary>
    public void Replace(string file, string old, string with)
    {
        var text = Text(file);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        if (at < 0) throw new ArgumentException($"{file} does not have: {old}", nameof(old));
        Write(file, string.Concat(text.AsSpan(0, at), with, text.AsSpan(at + old.Length)));
    }

    /// <summary>The line that a text stands on, from 1.</summary>
    public int LineOf(string file, string text)
    {
        var at = Text(file).IndexOf(text, StringComparison.Ordinal);
        if (at < 0) throw new ArgumentException($"{file} does not have: {text}", nameof(text));
        return 1 + Text(file)[..at].Count(c => c == '\n');
    }

    public PlanReading Load() => PlanFiles.Load(Directory);

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
