using System.Diagnostics;
using System.Globalization;

namespace SakuraIncident.Tests;

/// <summary>What the operating system says about a process.</summary>
public static class Processes
{
    /// <summary>False also for one that has ended and that nobody has collected yet.</summary>
    public static bool IsAlive(int process)
    {
        if (OperatingSystem.IsLinux())
            return Stat(process) is { } stat && stat[0] is not ("Z" or "X");

        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The process group (Linux): what Ctrl-C at a terminal reaches together.</summary>
    public static int GroupOf(int process) => int.Parse(Stat(process)![2], CultureInfo.InvariantCulture);

    /// <summary>The fields behind the name: state, parent, group, session…</summary>
    private static string[]? Stat(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
