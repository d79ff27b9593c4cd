using SakuraIncident.Server.Registers;

namespace SakuraIncident.Server.Pages.Registers;

/// <summary>A file on its way into a register: chosen, looked at, taken. It is taken only as it was looked at.</summary>
/// <param name="Path">Of the page and its forms.</param>
/// <param name="Faults">Why nothing of it can be taken, line by line.</param>
/// <param name="Changes">What it changes, under headings.</param>
/// <param name="Content">The file in base64, to be sent again where it is agreed to; null: nothing to agree to.</param>
/// <param name="Done">It has been taken.</param>
public sealed record UploadView(
    string Title, string Path, string Back, IReadOnlyList<CsvColumn> Columns, IReadOnlyList<string> Faults,
    IReadOnlyList<(string Heading, IReadOnlyList<string> Lines)> Changes, string? Content, bool Done)
{
    /// <summary>What is not in the file, and stays.</summary>
    public (string Heading, IReadOnlyList<string> Lines) Kept { get; init; } = ("", []);
}
