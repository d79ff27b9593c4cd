namespace SakuraIncident.Tests;

/// <summary>Where the sources and what was built from them are.</summary>
public static class Source
{
    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The server's program: the one named by SAKURA_SERVER, else the one built with these tests.</summary>
    public static string Server { get; } = Environment.GetEnvironmentVariable("SAKURA_SERVER") is { Length: > 0 } named
        ? named
        : Path.Combine(Root, "src", "SakuraIncident.Server", "bin", BuiltAs, "SakuraIncident.Server.dll");

    /// <summary>For example <c>Debug/net10.0</c>, the end of this program's own folder.</summary>
    private static string BuiltAs
    {
        get
        {
            var framework = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(framework.Parent!.Name, framework.Name);
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SakuraIncident.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of their repository.");
        return folder.FullName;
    }
}
