using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;

namespace PaymentEngine.Channels.Simulator;

/// <summary>What a call brought: an answer that is certainly the institution's, or why there is none.</summary>
/// <param name="Raw">The answer as received, to be shown to a person.</param>
internal readonly record struct WireReply(BankAnswer Answer, ReadOnlyMemory<byte> Raw, string? Missing, bool WasSent)
{
    public static WireReply NotSent(string why) => new(default, default, why, WasSent: false);

    public static WireReply Unclear(string why) => new(default, default, why, WasSent: true);
}

/// <summary>Calls over HTTP: signed out, verified in. No retry, no redirect, no proxy: one call is one request.</summary>
internal sealed class SimulatorWire(TimeProvider clock)
{
    private const int LargestAnswer = 64 * 1024;

    /// <summary>One for the process; how many calls a line bears is decided above.</summary>
    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        // An institution learns nothing of our traces.
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LargestAnswer,
    };

    public async ValueTask<WireReply> PostAsync(ChannelConnection line, string path, OrderWords words, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(words, SimulatorJson.Default.OrderWords);
        var nonce = $"{Guid.NewGuid():N}";
        using var request = RequestOf(line, path, nonce, body);
        try
        {
            using var response = await Http.SendAsync(request, cancellation);
            var raw = await response.Content.ReadAsByteArrayAsync(cancellation);
            return response.IsSuccessStatusCode
                ? Verified(line, path, nonce, response, raw)
                : WireReply.Unclear($"answered with HTTP status {(int)response.StatusCode}");
        }
        catch (HttpRequestException broken) when (broken.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            return WireReply.NotSent($"no connection: {broken.HttpRequestError}");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return WireReply.Unclear($"the call broke: {broken.GetBaseException().Message}");
        }
        catch (OperationCanceledException)
        {
            return WireReply.Unclear("no answer in time");
        }
    }

    private HttpRequestMessage RequestOf(ChannelConnection line, string path, string nonce, byte[] body)
    {
        var timestamp = $"{clock.GetUtcNow().ToUnixTimeSeconds()}";
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(line.Endpoint!, path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(SimulatorSignature.TimestampHeader, timestamp);
        request.Headers.Add(SimulatorSignature.NonceHeader, nonce);
        request.Headers.Add(SimulatorSignature.SignatureHeader, SimulatorSignature.Of(line.Secret.Span, "POST", path, timestamp, nonce, body));
        return request;
    }

    private WireReply Verified(ChannelConnection line, string path, string nonce, HttpResponseMessage response, byte[] raw)
    {
        // The nonce is the one that we sent: an answer to another call is not an answer to this one.
        var headers = new SignatureHeaders(
            HeaderOf(response, SimulatorSignature.TimestampHeader), nonce, HeaderOf(response, SimulatorSignature.SignatureHeader));
        if (SimulatorSignature.Fault(line.Secret.Span, SimulatorSignature.Answer, path, headers, raw, clock.GetUtcNow()) is { } fault)
        {
            return WireReply.Unclear($"the answer is {fault}");
        }

        try
        {
            return JsonSerializer.Deserialize(raw, SimulatorJson.Default.AnswerWords) is { Status: not null } words
                ? new WireReply(words.ToAnswer(), raw, Missing: null, WasSent: true)
                : WireReply.Unclear("the answer has no status");
        }
        catch (JsonException)
        {
            return WireReply.Unclear("the answer is not JSON");
        }
    }

    private static string? HeaderOf(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}

/// <summary>An order or a question on the wire; amounts are in minor units.</summary>
internal sealed record OrderWords(
    string Number, int Channel, long? Amount = null, string? Currency = null, string? Payer = null, string? Original = null);

internal sealed record AnswerWords(string? Status, string? Code, string? Reference, long? Amount, string? Currency)
{
    public BankAnswer ToAnswer() => new(Status!, Code, Reference, AmountOf(Amount, Currency));

    public static Money? AmountOf(long? minor, string? currency) =>
        minor is { } amount && Core.Currency.TryParse(currency, out var parsed) ? new Money(amount, parsed) : null;
}

internal sealed record CallbackWords(
    string? Number, string? Interface, string? Status, string? Code, long? Amount, string? Currency, string? Reference, DateTimeOffset? OccurredAt)
{
    public BankAnswer ToAnswer() => new(Status!, Code, Reference, AnswerWords.AmountOf(Amount, Currency));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OrderWords))]
[JsonSerializable(typeof(AnswerWords))]
[JsonSerializable(typeof(CallbackWords))]
internal sealed partial class SimulatorJson : JsonSerializerContext;
