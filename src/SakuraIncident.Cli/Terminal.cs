using Spectre.Console;

namespace SakuraIncident.Cli;

/// <summary>Where the verbs write: tables and sentences on stdout, complaints and progress on stderr. Piped: no colour, no wrapping.</summary>
internal sealed class Terminal(Surroundings surroundings)
{
    // Wide enough that no line of a pipe is broken.
    private const int PipeWidth = 4000;

    public IAnsiConsole Out { get; } = ConsoleOn(surroundings.Out, surroundings.Interactive, surroundings.Variable);

    public IAnsiConsole Error { get; } = ConsoleOn(surroundings.Error, surroundings.ErrorInteractive, surroundings.Variable);

    public bool Interactive => surroundings.Interactive;

    public bool ErrorInteractive => surroundings.ErrorInteractive;

    public void Line(string text) => surroundings.Out.WriteLine(text);

    /// <summary>One line on stderr, whatever the text holds.</summary>
    public void Complain(string text) => surroundings.Error.WriteLine(text.ReplaceLineEndings(" "));

    /// <summary>A table without lines; the cells are plain text.</summary>
    public void Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().NoBorder();
        foreach (var head in heads) table.AddColumn(new TableColumn(new Text(head)).NoWrap());
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(cell)));
        Write(table);
    }

    /// <summary>Writes without the blanks that fill a table's lines to the right.</summary>
    public void Write(Spectre.Console.Rendering.IRenderable what)
    {
        if (Interactive)
        {
            Out.Write(what);
            return;
        }

        using var text = new StringWriter();
        ConsoleOn(text, interactive: false, surroundings.Variable).Write(what);
        foreach (var line in text.ToString().TrimEnd().Split('\n')) Line(line.TrimEnd());
    }

    private static IAnsiConsole ConsoleOn(TextWriter writer, bool interactive, Func<string, string?> variable)
    {
        var console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = interactive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = interactive && variable("NO_COLOR") is null ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = interactive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!interactive) console.Profile.Width = PipeWidth;
        return console;
    }
}
