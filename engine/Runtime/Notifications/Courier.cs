using System.Net.Http;
using System.Net.Http.Headers;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Core.Notifications;
using PaymentEngine.Runtime.Directory;

namespace PaymentEngine.Runtime.Notifications;

/// <param name="Status">What the merchant's system answered, if it answered.</param>
/// <param name="Error">Why there was no answer.</param>
public readonly record struct DeliveryOutcome(short? Status, string? Error)
{
    /// <summary>Any 2xx, and nothing else.</summary>
    public bool IsAcknowledged => Status is >= 200 and < 300;
}

/// <summary>Makes one attempt: one POST, signed, to an address that is checked anew.</summary>
public sealed class Courier(DirectoryHolder directory, IHostNames names, NotificationOptions options, TimeProvider clock) : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly ProductInfoHeaderValue Agent = new("PaymentEngine", "1");

    // Connections are kept per host. Two pools, so that no merchant is ever served over a connection into our own
    // network that was made for one who may.
    private readonly HttpMessageInvoker _public = new CheckedConnections(names, allowPrivate: false).ToInvoker();
    private readonly HttpMessageInvoker _private = new CheckedConnections(names, allowPrivate: true).ToInvoker();

    /// <exception cref="OperationCanceledException">The engine is stopping; whether it was delivered is not known.</exception>
    public async Task<DeliveryOutcome> DeliverAsync(Notification notification, CancellationToken stopping)
    {
        var merchant = directory.Current.Merchant(notification.MerchantId);
        if (NotifyAddress.Check(notification.Url, merchant.NotifyOrigins, out var target) is { } refused)
        {
            return new DeliveryOutcome(null, $"address refused: {refused}");
        }

        var secret = merchant.WebhookSecret ?? throw new InvalidOperationException($"merchant {merchant.Number} has no webhook secret");
        using var request = Request(notification, target!.Address, secret);
        using var deadline = new CancellationTokenSource(options.TimeOut, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        try
        {
            Failpoints.Pass(Failpoint.BeforeNotification);
            using var response = await (target.AllowPrivate ? _private : _public).SendAsync(request, end.Token);
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

    public void Dispose()
    {
        _public.Dispose();
        _private.Dispose();
    }

    private HttpRequestMessage Request(Notification notification, Uri address, WebhookSecret secret)
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(notification.Body) { Headers = { ContentType = Json } },
        };
        request.Headers.UserAgent.Add(Agent);
        request.Headers.Add("webhook-id", notification.Name);
        request.Headers.Add("webhook-timestamp", timestamp.ToString());
        request.Headers.Add("webhook-signature", secret.Sign(notification.Name, timestamp, notification.Body));
        return request;
    }
}
