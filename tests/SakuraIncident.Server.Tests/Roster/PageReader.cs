using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace SakuraIncident.Server.Tests.Roster;

/// <summary>Somebody at a browser without JavaScript: opens a page, fills a form of it, sends it.</summary>
internal sealed partial class PageReader(Uri address, string token) : IDisposable
{
    private readonly HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false })
    {
        BaseAddress = address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    public string Page { get; private set; } = "";

    public async Task<int> OpenAsync(string path)
    {
        using var response = await http.GetAsync(path);
        Page = await response.Content.ReadAsStringAsync();
        return (int)response.StatusCode;
    }

    /// <summary>Sends a form of the page with its hidden fields, as a browser would. A redirect is followed by the page that it leads to.</summary>
    public async Task<int> SendAsync(string form, params (string Name, string Value)[] typed)
    {
        using var body = new FormUrlEncodedContent(Fields(form, typed));
        return await SendAsync(form, body);
    }

    /// <summary>A form with a file.</summary>
    public async Task<int> UploadAsync(string form, string field, string name, byte[] file, params (string Name, string Value)[] typed)
    {
        using var body = new MultipartFormDataContent();
        foreach (var (key, value) in Fields(form, typed)) body.Add(new StringContent(value), key);
        body.Add(new ByteArrayContent(file), field, name);
        return await SendAsync(form, body);
    }

    /// <summary>Back to a page as it was shown before.</summary>
    public PageReader Back(string page)
    {
        Page = page;
        return this;
    }

    public bool Has(string form) => Page.Contains($"<form id=\"{form}\"", StringComparison.Ordinal);

    /// <summary>The text of the page between its tags, in order.</summary>
    public string Text => WebUtility.HtmlDecode(Blanks().Replace(Tags().Replace(Page, " "), " "));

    public void Dispose() => http.Dispose();

    private async Task<int> SendAsync(string form, HttpContent body)
    {
        var action = Regex.Match(Of(form), "action=\"([^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value;
        using var response = await http.PostAsync(action, body);
        if (response.StatusCode == HttpStatusCode.Redirect) return await OpenAsync(response.Headers.Location!.ToString());
        Page = await response.Content.ReadAsStringAsync();
        return (int)response.StatusCode;
    }

    private Dictionary<string, string> Fields(string form, (string Name, string Value)[] typed)
    {
        var fields = Hidden().Matches(Of(form)).ToDictionary(m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value));
        foreach (var (name, value) in typed) fields[name] = value;
        return fields;
    }

    private string Of(string form)
    {
        var start = Page.IndexOf($"<form id=\"{form}\"", StringComparison.Ordinal);
        return start < 0 ? throw new InvalidOperationException($"No form «{form}» on the page: {Text}") : Page[start..Page.IndexOf("</form>", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex("<input type=\"hidden\"[^>]* name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}
