namespace SakuraIncident.Domain.Incidents;

/// <summary>Something was written down. A note counts as a report of the situation.</summary>
public sealed record NoteAdded(string NoteId, string Text) : IncidentEvent;

/// <summary>A note was corrected; both texts stay in the stream.</summary>
public sealed record NoteCorrected(string NoteId, string Text) : IncidentEvent;

/// <summary>Writes a note, after closing too: what is learnt late belongs here.</summary>
public sealed record AddNote(string Text) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context) =>
        incident.IsImported ? Ended(incident) : new NoteAdded($"n{incident.Notes.Count + 1}", Text);
}

/// <summary>Corrects a note.</summary>
public sealed record CorrectNote(string NoteId, string Text) : IncidentCommand
{
    public override Decision Decide(Incident incident, Context context) => incident.Notes.Contains(NoteId)
        ? new NoteCorrected(NoteId, Text)
        : Unknown("note-unknown", $"メモ「{NoteId}」は、この事案にありません。");
}
