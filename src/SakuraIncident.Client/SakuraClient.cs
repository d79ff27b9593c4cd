using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SakuraIncident.Client.Shapes;

namespace SakuraIncident.Client;

/// <summary>
/// The HTTP API by name. Every POST carries an Idempotency-Key, so that it is safely sent again when the answer was lost or the
/// server says 503; a GET is sent again likewise.
/// </summary>
/// <exception cref="RefusedException">The server said no.</exception>
/// <exception cref="UnreachableException">No answer after all attempts.</exception>
public sealed partial class SakuraClient : IDisposable
{
    private const int Attempts = 4;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http;
    private readonly bool _owned;
    private readonly TimeProvider _time;
    private readonly AuthenticationHeaderValue? _authorization;

    /// <param name="http">Its BaseAddress is the server's. The caller keeps it.</param>
    public SakuraClient(HttpClient http, string? token = null, TimeProvider? time = null)
    {
        _http = http;
        _time = time ?? TimeProvider.System;
        Server = http.BaseAddress ?? throw new ArgumentException("The client has no base address.", nameof(http));
        _authorization = token is { Length: > 0 } ? new("Bearer", token) : null;
    }

    public SakuraClient(Uri server, string? token = null)
        : this(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
        {
            BaseAddress = server,
        }, token)
    {
        _owned = true;
    }

    public Uri Server { get; }

    private Task<Answer<T>> Get<T>(string path, JsonTypeInfo<T> shape, CancellationToken cancel) =>
        Send(HttpMethod.Get, path, null, null, shape, cancel);

    private Task<Answer<T>> Post<TBody, T>(
        string path, TBody body, JsonTypeInfo<TBody> bodyShape, JsonTypeInfo<T> shape, CallOptions? options, CancellationToken cancel) =>
        Send(HttpMethod.Post, path, Json(JsonSerializer.SerializeToUtf8Bytes(body, bodyShape)), options ?? new(), shape, cancel);

    private static Content Json(byte[] bytes) => new(bytes, new("application/json") { CharSet = Encoding.UTF8.WebName });

    /// <summary>A body, kept so that it can be sent again.</summary>
    private sealed record Content(byte[] Bytes, MediaTypeHeaderValue Type);

    private async Task<Answer<T>> Send<T>(
        HttpMethod method, string path, Content? body, CallOptions? options, JsonTypeInfo<T> shape, CancellationToken cancel)
    {
        // One key for all attempts: that is what makes them one request.
        var key = options is null ? null : options.IdempotencyKey ?? Guid.CreateVersion7().ToString();
        Exception? lost = null;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var pause = TimeSpan.FromMilliseconds(100 << attempt);
            try
            {
                using var request = Request(method, path, body, options?.IfMatch, key);
                using var response = await _http.SendAsync(request, cancel).ConfigureAwait(false);
                var text = await response.Content.ReadAsStringAsync(cancel).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                    return new(Read(text, shape, response.StatusCode), text, response.Headers.ETag?.ToString());

                if (!IsForNow(response) || attempt == Attempts)
                    throw new RefusedException(response.StatusCode, ProblemOf(text), text);

                lost = null;
                pause = response.Headers.RetryAfter?.Delta ?? pause;
            }
            catch (HttpRequestException e)
            {
                lost = e;
            }
            catch (IOException e)
            {
                lost = e;
            }
            catch (TaskCanceledException e) when (!cancel.IsCancellationRequested)
            {
                lost = e;
            }

            if (attempt < Attempts)
                await Task.Delay(pause < LongestPause ? pause : LongestPause, _time, cancel).ConfigureAwait(false);
        }

        throw new UnreachableException(Server, lost);
    }

    private HttpRequestMessage Request(HttpMethod method, string path, Content? body, long? ifMatch, string? key)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = _authorization;
        request.Headers.Accept.Add(new("application/json"));
        if (ifMatch is { } version) request.Headers.IfMatch.Add(new($"\"{version}\""));
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (body is null) return request;

        request.Content = new ByteArrayContent(body.Bytes);
        request.Content.Headers.ContentType = body.Type;
        return request;
    }

    // 409 with Retry-After: the same key is being worked on at this moment.
    private static bool IsForNow(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests => true,
        HttpStatusCode.Conflict => response.Headers.RetryAfter is not null,
        _ => false,
    };

    private static T Read<T>(string text, JsonTypeInfo<T> shape, HttpStatusCode status)
    {
        try
        {
            return JsonSerializer.Deserialize(text, shape) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException e)
        {
            throw new RefusedException(status, new(null, null, (int)status, $"サーバーの答えを読めません: {e.Message}", null, null), text);
        }
    }

    private static Problem ProblemOf(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, SakuraJson.Default.Problem) ?? Nameless;
        }
        catch (JsonException)
        {
            return Nameless; // a proxy in between does not speak RFC 9457
        }
    }

    private static readonly Problem Nameless = new(null, null, null, null, null, null);

    public void Dispose()
    {
        if (_owned) _http.Dispose();
    }
}
