using System.Net;
using System.Net.Http.Headers;

namespace PaymentEngine.Channels.Simulator;

/// <summary>Posts callbacks and listens for the one word that stops them.</summary>
internal sealed class CallbackSender(string pattern, BankKeys keys, TimeProvider clock) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = 64 })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    /// <summary>True when the callback was answered with <c>success</c>.</summary>
    public async Task<bool> SendAsync(BankCallback callback)
    {
        try
        {
            using var request = RequestOf(callback);
            using var response = await _http.SendAsync(request);
            return response.StatusCode == HttpStatusCode.OK && (await response.Content.ReadAsStringAsync()).Trim() == "success";
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            // Not acknowledged; the schedule has another attempt.
            return false;
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage RequestOf(BankCallback callback)
    {
        var letter = BankLetter.Of(callback, keys.Signing, clock.GetUtcNow());
        var address = pattern.Replace("{channel}", $"{callback.Channel}", StringComparison.Ordinal);
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(letter.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(letter.ContentType);
        foreach (var (name, value) in letter.Headers)
        {
            request.Headers.Add(name, value);
        }

        return request;
    }
}
