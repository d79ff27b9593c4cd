using System.Reflection;
using System.Xml.Linq;
using FluentAssertions;
using SakuraIncident.Domain.Incidents;
using Xunit;

namespace SakuraIncident.Domain.Tests;

/// <summary>Imports run one way, so that a line of code knows its room (docs/decisions/0002-rooms.md).</summary>
public class Rooms
{
    /// <summary>Room of the Domain → the rooms it may use besides itself.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Roster"] = [],
        ["Plans"] = ["Duties"], // a plan holds its duty rules
        ["Duties"] = ["Plans"], // a duty rule asks about facts by the plan's conditions
        ["Escalation"] = ["Roster"],
        ["Assurance"] = ["Plans", "Escalation", "Duties", "Roster"],
        ["Incidents"] = ["Plans", "Escalation", "Duties", "Roster"],
    };

    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["SakuraIncident.Domain"] = [],
        ["SakuraIncident.Server"] = ["SakuraIncident.Domain"],
        ["SakuraIncident.Client"] = [],
        ["SakuraIncident.Cli"] = ["SakuraIncident.Client"],
    };

    private static readonly string Root = FindRoot();

    [Fact]
    public void Inside_the_domain_imports_run_one_way() =>
        Imports().Where(use => !Allowed.GetValueOrDefault(use.From, []).Contains(use.To))
            .Select(use => $"{use.Type} in {use.From} uses {use.To}").Should().BeEmpty();

    [Fact]
    public void Every_import_that_is_allowed_is_seen_and_used() =>
        Imports().Select(use => (use.From, use.To)).Distinct()
            .Should().BeEquivalentTo(Allowed.SelectMany(room => room.Value.Select(used => (room.Key, used))));

    [Fact]
    public void The_domain_uses_nothing_but_the_runtime() =>
        typeof(Incident).Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => !n.StartsWith("System.", StringComparison.Ordinal))
            .Should().BeEmpty();

    [Fact]
    public void The_domain_has_no_package() => ProjectFile("SakuraIncident.Domain").Descendants("PackageReference").Should().BeEmpty();

    [Fact]
    public void The_domain_reads_no_clock_no_chance_and_no_file() =>
        Sources("SakuraIncident.Domain").SelectMany(file => ForbiddenIn(File.ReadAllText(file)).Select(word => $"{Path.GetFileName(file)}: {word}"))
            .Should().BeEmpty();

    [Fact]
    public void Projects_reference_only_what_they_may()
    {
        foreach (var (project, allowed) in Projects)
            ProjectFile(project).Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')))
                .Should().BeSubsetOf(allowed, project);
        Directory.GetDirectories(Path.Combine(Root, "src")).Select(Path.GetFileName).Should().BeEquivalentTo(Projects.Keys);
    }

    [Fact]
    public void Folders_are_named_for_what_they_are_about() =>
        new[] { "src", "tests" }.SelectMany(top => Directory.GetDirectories(Path.Combine(Root, top), "*", SearchOption.AllDirectories))
            .Where(IsOurs).Select(path => Path.GetFileName(path)!)
            .Should().NotContain(["Helpers", "Utils", "Services", "Managers", "Common", "Core"]);

    [Fact]
    public void No_source_file_needs_scrolling_to_be_understood() =>
        Directory.GetFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories).Where(IsOurs)
            .Where(file => File.ReadLines(file).Count() > 350).Select(Path.GetFileName).Should().BeEmpty();

    private static IEnumerable<(string From, string To, string? Type)> Imports() =>
        from type in typeof(Incident).Assembly.GetTypes()
        from used in Uses(type)
        let room = RoomOf(type)
        let usedRoom = RoomOf(used)
        where room is not null && usedRoom is not null && room != usedRoom
        select (room, usedRoom, type.FullName);

    private static IEnumerable<string> ForbiddenIn(string source) => new[]
    {
        "DateTimeOffset.UtcNow", "DateTimeOffset.Now", "DateTime.UtcNow", "DateTime.Now", "TimeProvider", "Guid.NewGuid", "Guid.CreateVersion7",
        "new Random", "Random.Shared", "System.IO", "File.", "Console.", "HttpClient",
    }.Where(word => source.Contains(word, StringComparison.Ordinal));

    /// <summary>Everything that a type's shape, its members and the bodies of its methods' locals and calls mention.</summary>
    private static IEnumerable<Type> Uses(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var members = type.GetFields(All).Select(f => f.FieldType)
            .Concat(type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)).SelectMany(InMethod))
            .Concat(type.GetInterfaces()).Append(type.BaseType!);
        return members.Where(t => t is not null).SelectMany(Parts);
    }

    private static IEnumerable<Type> InMethod(MethodBase method)
    {
        var body = method.GetMethodBody();
        var called = body?.GetILAsByteArray() is { } code ? Tokens(code).Select(token => Resolve(method, token)).OfType<Type>() : [];
        return method.GetParameters().Select(p => p.ParameterType)
            .Concat(method is MethodInfo info ? [info.ReturnType] : [])
            .Concat(body?.LocalVariables.Select(l => l.LocalType) ?? [])
            .Concat(called);
    }

    /// <summary>Every place in the code that could be a token; what does not resolve to a member of this assembly falls away.</summary>
    private static IEnumerable<int> Tokens(byte[] code) =>
        Enumerable.Range(0, code.Length)
            .Where(at => code[at] is 0x28 or 0x6F or 0x73 or 0x7B or 0x7D or 0x7E or 0x80 or 0x75 or 0x74 && at + 5 <= code.Length) // call, callvirt, newobj, fields, isinst, castclass
            .Select(at => BitConverter.ToInt32(code, at + 1));

    private static Type? Resolve(MethodBase method, int token)
    {
        try
        {
            var member = method.Module.ResolveMember(
                token, method.DeclaringType?.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null);
            return member as Type ?? member?.DeclaringType;
        }
        catch (Exception e) when (e is ArgumentException or BadImageFormatException or FileNotFoundException)
        {
            return null;
        }
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type) : [type];

    private static string? RoomOf(Type type) =>
        type.Assembly == typeof(Incident).Assembly && type.Namespace?.Split('.') is [_, "Domain", var room, ..] ? room : null;

    private static XDocument ProjectFile(string project) => XDocument.Load(Path.Combine(Root, "src", project, $"{project}.csproj"));

    private static IEnumerable<string> Sources(string project) =>
        Directory.GetFiles(Path.Combine(Root, "src", project), "*.cs", SearchOption.AllDirectories).Where(IsOurs);

    private static bool IsOurs(string path) =>
        !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules" or "lib" or "Generated");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SakuraIncident.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("SakuraIncident.sln was not found above the tests.");
    }
}
