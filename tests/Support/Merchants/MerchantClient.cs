using System.Net.Http.Headers;
using System.Text;

namespace PaymentEngine.Tests.Support.Merchants;

/// <summary>A merchant's system, which knows an address and a key and nothing of what lies behind.</summary>
public sealed class MerchantClient : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="patience">How long an answer is waited for; null for as long as .NET waits.</param>
    public MerchantClient(Uri address, string? apiKey, TimeSpan? patience = null)
    {
        _http = new HttpClient { BaseAddress = address };
        if (patience is { } limit)
        {
            _http.Timeout = limit;
        }

        if (apiKey is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        }
    }

    public Task<MerchantAnswer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, content: null, headers);

    /// <param name="key">The idempotency key; null sends none.</param>
    /// <param name="body">JSON; null sends no body.</param>
    public Task<MerchantAnswer> PostAsync(string path, string? key, string? body, params (string Name, string Value)[] headers) =>
        SendAsync(
            HttpMethod.Post,
            path,
            body is null ? null : Json(Encoding.UTF8.GetBytes(body)),
            key is null ? headers : [("Idempotency-Key", key), .. headers]);

    public async Task<MerchantAnswer> SendAsync(
        HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _http.SendAsync(request);
        return new MerchantAnswer(
            (int)answer.StatusCode,
            answer.Headers.Location?.OriginalString,
            answer.Content.Headers.ContentType?.ToString(),
            answer.Headers.TryGetValues("X-Request-Id", out var serials) ? serials.Single() : null,
            await answer.Content.ReadAsByteArrayAsync());
    }

    public static ByteArrayContent Json(byte[] body) =>
        new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    public void Dispose() => _http.Dispose();
}
