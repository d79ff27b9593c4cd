using System.Text.Json;
using FluentAssertions;
using NJsonSchema;
using SakuraIncident.Domain.Plans;
using YamlDotNet.Serialization;

namespace SakuraIncident.Server.Tests.Plans;

/// <summary>An editor that completes and checks by the schemas says what the loader says.</summary>
public class The_schemas
{
    private static readonly string[] Named = ["organisation.yaml", "severity.yaml", "duties.yaml", "holidays.yaml", "forms.yaml"];

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(PlanFolder.Shipped, "*.yaml", SearchOption.AllDirectories).Select(p => Path.GetRelativePath(PlanFolder.Shipped, p))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task accept_the_shipped_files(string file)
    {
        var schema = await SchemaOf(file);

        var problems = schema.Validate(JsonOf(await File.ReadAllTextAsync(Path.Combine(PlanFolder.Shipped, file))));

        problems.Should().BeEmpty();
    }

    [Theory]
    [InlineData("general.yaml", "due: 15m", "due: 15")]
    [InlineData("general.yaml", "due: 15m", "deu: 15m")]
    [InlineData("general.yaml", "role: csirt\n", "role: nobody\n")]
    [InlineData("general.yaml", "when: { severity: high }", "when: { zone: [moon] }")]
    [InlineData("general.yaml", "      role: csirt\n", "")]
    [InlineData("severity.yaml", "least: critical", "least: kritical")]
    [InlineData("duties.yaml", "duty: police", "duty: polite")]
    [InlineData("organisation.yaml", "kind: product", "kind: pigeon")]
    [InlineData("holidays.yaml", "2026-01-01", "2026-1-1")]
    [InlineData("forms.yaml", "- item: outline", "- item: Outline")]
    public async Task refuse_what_the_loader_refuses(string file, string old, string with)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(PlanFolder.Shipped, file));
        text.Should().Contain(old);

        var problems = (await SchemaOf(file)).Validate(JsonOf(text.Replace(old, with, StringComparison.Ordinal)));

        problems.Should().NotBeEmpty();
    }

    [Fact]
    public async Task know_the_words_of_the_domain()
    {
        using var parts = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(PlanFolder.Shipped, "schema", "parts.schema.json")));
        var definitions = parts.RootElement.GetProperty("definitions");

        Enum("zone").Should().Equal(Vocabulary.Zones.Select(w => w.Id));
        Enum("category").Should().Equal(Vocabulary.Categories.Select(w => w.Id));
        Enum("body").Should().Equal(Vocabulary.Bodies.Select(w => w.Id));
        Enum("role").Should().Equal(Vocabulary.Roles.Select(w => w.Id));

        IEnumerable<string?> Enum(string name) => definitions.GetProperty(name).GetProperty("enum").EnumerateArray().Select(e => e.GetString());
    }

    private static Task<JsonSchema> SchemaOf(string file)
    {
        var name = Named.Contains(file) ? Path.GetFileNameWithoutExtension(file) : file.StartsWith("blocks", StringComparison.Ordinal) ? "blocks" : "playbook";
        return JsonSchema.FromFileAsync(Path.Combine(PlanFolder.Shipped, "schema", $"{name}.schema.json"));
    }

    private static string JsonOf(string yaml)
    {
        var read = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(yaml);
        return new SerializerBuilder().JsonCompatible().Build().Serialize(read);
    }
}
