namespace SakuraIncident.Server.Pages.Parts;

/// <summary>Why a form was not carried out.</summary>
/// <param name="Form">The id of the form.</param>
/// <param name="Field">The field that is wrong, where it is one.</param>
public sealed record FormError(string Form, string? Field, string Reason);

/// <summary>What the forms of a page need: the token against forgery, and what was typed into one that was refused.</summary>
/// <param name="Token">Hidden in each form; empty where nobody may post.</param>
/// <param name="Errors">Empty: nothing was refused.</param>
public sealed record FormState(string Token, IReadOnlyList<FormError> Errors, IReadOnlyDictionary<string, string[]> Typed)
{
    public static FormState Fresh(string token) => new(token, [], new Dictionary<string, string[]>());

    public bool IsRefused(string form) => Errors.Any(e => e.Form == form);

    /// <summary>What was typed into the refused form; null for every other form.</summary>
    public string? Text(string form, string field) => IsRefused(form) && Typed.TryGetValue(field, out var values) ? values.FirstOrDefault() : null;

    public bool? Chosen(string form, string field, string value) =>
        IsRefused(form) ? Typed.TryGetValue(field, out var values) && values.Contains(value) : null;

    public FormError? ErrorOf(string form, string field) => Errors.FirstOrDefault(e => e.Form == form && e.Field == field);
}
