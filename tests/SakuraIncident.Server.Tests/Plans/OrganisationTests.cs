using FluentAssertions;
using NJsonSchema;
using SakuraIncident.Domain.Roster;
using SakuraIncident.Server.Plans;
using YamlDotNet.Serialization;

namespace SakuraIncident.Server.Tests.Plans;

/// <summary>What organisation.yaml says of turns, deputies' terms and quiet hours (docs/roster.md).</summary>
public sealed class The_organisation_file
{
    private const string Rotations = """

        rotations:
          - role: csirt
            people: [sato, suzuki, ito]
            every: 7d
            handover: "08:30"
            starts: 2026-04-01
        """;

    [Fact]
    public async Task says_turns_terms_and_quiet_hours_and_the_schema_knows_them()
    {
        using var folder = new PlanFolder();
        folder.Write("organisation.yaml", folder.Text("organisation.yaml") + Rotations);
        folder.Replace("organisation.yaml", "deputies: [watanabe, kato]", "deputies: [watanabe, { person: kato, from: 2026-04-01, until: 2027-03-31 }]");
        folder.Replace("organisation.yaml", "post: 情報セキュリティ窓口担当", "post: 情報セキュリティ窓口担当\n    quiet: { from: \"22:00\", to: \"06:00\" }");

        var roster = folder.Load().Should().BeOfType<PlanReading.Sound>().Subject.Roster;

        roster.Rotations.Should().BeEquivalentTo([new Rotation("csirt", ["sato", "suzuki", "ito"], 7, new(8, 30), new(2026, 4, 1), null)]);
        var ciso = roster.Holdings.Single(h => h.Role == "ciso");
        ciso.Deputies.Should().Equal("watanabe", "kato");
        ciso.Terms.Should().Equal(new DeputyTerm("kato", new(2026, 4, 1), new(2027, 3, 31)));
        roster.People["matsumoto"].Quiet.Should().Be(new QuietHours(new(22, 0), new(6, 0)));
        (await SchemaProblemsAsync(folder)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("every: 7d", "every: 36h", "every: 36h", "日数")]
    [InlineData("every: 7d", "every: 400d", "every: 400d", "400d")]
    [InlineData("people: [sato, suzuki, ito]", "people: [sato, nobody]", "people: [sato, nobody]", "nobody")]
    [InlineData("starts: 2026-04-01", "starts: 2026-04-01\n    ends: 2026-03-01", "ends: 2026-03-01", "前です")]
    [InlineData("role: csirt\n    people", "role: legal\n    people", "role: legal\n    people", "byShift")]
    [InlineData("deputies: [watanabe, kato]", "deputies: [watanabe, { person: nobody }]", "person: nobody", "nobody")]
    [InlineData("deputies: [watanabe, kato]", "deputies: [watanabe, { person: watanabe }]", "{ person: watanabe }", "二度")]
    [InlineData("deputies: [watanabe, kato]", "deputies: [{ person: kato, til: 2026-04-01 }]", "til: 2026", "til")]
    [InlineData("post: 情報セキュリティ窓口担当", "post: 窓口\n    quiet: { from: \"22:00\", to: \"22:00\" }", "quiet: {", "同じ")]
    [InlineData("post: 情報セキュリティ窓口担当", "post: 窓口\n    quiet: { from: \"22:00\" }", "quiet: {", "to")]
    public void is_refused_with_line_and_reason(string old, string with, string on, string reason)
    {
        using var folder = new PlanFolder();
        folder.Write("organisation.yaml", folder.Text("organisation.yaml") + Rotations);
        folder.Replace("organisation.yaml", old, with);

        folder.Load().Should().BeOfType<PlanReading.Broken>().Subject.Problems
            .Should().Contain(p => p.Line == folder.LineOf("organisation.yaml", on) && p.Reason.Contains(reason));
    }

    [Fact]
    public void is_read_again_from_the_database_as_it_was_also_where_it_was_stored_before_there_were_turns()
    {
        using var folder = new PlanFolder();
        folder.Write("organisation.yaml", folder.Text("organisation.yaml") + Rotations);
        var roster = ((PlanReading.Sound)folder.Load()).Roster;

        EmergencyPlanJson.ReadRoster(EmergencyPlanJson.Write(roster)).Should().BeEquivalentTo(roster);
        var old = EmergencyPlanJson.ReadRoster("""{"people":{},"holdings":[{"role":"ciso","holders":["a"],"deputies":[],"byShift":false}],"shifts":[],"absences":[]}""");
        old.Rotations.Should().BeEmpty();
        old.Exceptions.Should().BeEmpty();
        old.Swaps.Should().BeEmpty();
        old.Holdings[0].Terms.Should().BeEmpty();
    }

    private static async Task<IEnumerable<string>> SchemaProblemsAsync(PlanFolder folder)
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(PlanFolder.Shipped, "schema", "organisation.schema.json"));
        var read = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(folder.Text("organisation.yaml"));
        return schema.Validate(new SerializerBuilder().JsonCompatible().Build().Serialize(read)).Select(p => p.ToString());
    }
}
