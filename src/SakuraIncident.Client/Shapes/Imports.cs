using System.Text.Json;

namespace SakuraIncident.Client.Shapes;

/// <summary>Rows of a foreign log, in the file's order.</summary>
/// <param name="Columns">Names of the columns, once for all rows.</param>
public sealed record ImportBatch(IReadOnlyList<string> Columns, IReadOnlyList<ImportRow> Rows);

/// <summary>A row as it stands in the file.</summary>
/// <param name="Line">Line of the file; the header is line 1.</param>
/// <param name="Ordinal">How many equal rows stand before it in the file.</param>
/// <param name="Values">One for each column, verbatim.</param>
public sealed record ImportRow(int Line, int Ordinal, IReadOnlyList<string> Values);

/// <summary>What became of a batch.</summary>
/// <param name="Taken">Rows that are new.</param>
/// <param name="Unchanged">Rows that were there already.</param>
/// <param name="Incidents">Incidents that were opened.</param>
/// <param name="Categories">What the rows of this batch count as, those that were there already too.</param>
public sealed record ImportAnswer(
    int Taken, int Unchanged, int Incidents, IReadOnlyList<DamagedRow> Damaged, IReadOnlyList<CategoryCount> Categories);

/// <summary>What a register's file changes, or would.</summary>
/// <param name="New">Each with the fields of its register; of staff <c>person, name</c>.</param>
/// <param name="NotListed">In the register and not in the file: left as it is.</param>
public sealed record RegisterAnswer(
    IReadOnlyList<JsonElement> New, IReadOnlyList<JsonElement> Changed, IReadOnlyList<JsonElement> Left, IReadOnlyList<JsonElement> NotListed,
    int Unchanged, IReadOnlyList<string> Warnings, bool Preview);

/// <summary>A row that cannot be taken, and why (Japanese).</summary>
public sealed record DamagedRow(int Line, string Reason);

/// <param name="Category"><c>other</c> where none of the seventeen fits.</param>
/// <param name="Playbook">The playbook that serves it; null where none fits.</param>
/// <param name="PublicSector">How many of them happened to a public body.</param>
public sealed record CategoryCount(string Category, string? Playbook, int Rows, int PublicSector);
