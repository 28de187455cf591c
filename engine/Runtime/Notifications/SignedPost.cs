using System.Net.Http;
using System.Net.Http.Headers;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Core.Notifications;

namespace PaymentEngine.Runtime.Notifications;

/// <param name="Status">What was answered, if anything was.</param>
/// <param name="Error">Why there was no answer.</param>
public readonly record struct DeliveryOutcome(short? Status, string? Error)
{
    /// <summary>Any 2xx, and nothing else.</summary>
    public bool IsAcknowledged => Status is >= 200 and < 300;
}

/// <summary>One POST, signed as the Standard Webhooks specification has it.</summary>
internal sealed class SignedPost(TimeSpan timeOut, TimeProvider clock)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly ProductInfoHeaderValue Agent = new("PaymentEngine", "1");

    /// <exception cref="OperationCanceledException">The engine is stopping; whether it arrived is not known.</exception>
    public async Task<DeliveryOutcome> SendAsync(
        HttpMessageInvoker connections, Uri address, string id, byte[] body, WebhookSecret secret, CancellationToken stopping)
    {
        using var request = Request(address, id, body, secret);
        using var deadline = new CancellationTokenSource(timeOut, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        try
        {
            Failpoints.Pass(Failpoint.BeforeNotification);
            using var response = await connections.SendAsync(request, end.Token);
            Failpoints.Pass(Failpoint.AfterNotification);
            return new DeliveryOutcome((short)response.StatusCode, null);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return new DeliveryOutcome(null, "time-out");
        }
        catch (HttpRequestException failure)
        {
            return new DeliveryOutcome(null, failure.InnerException is PrivateAddressException hidden
                ? $"address refused: {hidden.Message}"
                : $"no answer: {failure.HttpRequestError}");
        }
    }

    private HttpRequestMessage Request(Uri address, string id, byte[] body, WebhookSecret secret)
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = Json } },
        };
        request.Headers.UserAgent.Add(Agent);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString());
        request.Headers.Add("webhook-signature", secret.Sign(id, timestamp, body));
        return request;
    }
}
