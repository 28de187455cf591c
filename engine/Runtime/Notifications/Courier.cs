using System.Net.Http;
using PaymentEngine.Core.Notifications;
using PaymentEngine.Runtime.Directory;

namespace PaymentEngine.Runtime.Notifications;

/// <summary>Makes one attempt: one POST, signed, to an address that is checked anew.</summary>
public sealed class Courier(DirectoryHolder directory, IHostNames names, NotificationOptions options, TimeProvider clock) : IDisposable
{
    // Connections are kept per host. Two pools, so that no merchant is ever served over a connection into our own
    // network that was made for one who may.
    private readonly HttpMessageInvoker _public = new CheckedConnections(names, allowPrivate: false).ToInvoker();
    private readonly HttpMessageInvoker _private = new CheckedConnections(names, allowPrivate: true).ToInvoker();

    private readonly SignedPost _post = new(options.TimeOut, clock);

    /// <exception cref="OperationCanceledException">The engine is stopping; whether it was delivered is not known.</exception>
    public Task<DeliveryOutcome> DeliverAsync(Notification notification, CancellationToken stopping)
    {
        var merchant = directory.Current.Merchant(notification.MerchantId);
        if (NotifyAddress.Check(notification.Url, merchant.NotifyOrigins, out var target) is { } refused)
        {
            return Task.FromResult(new DeliveryOutcome(null, $"address refused: {refused}"));
        }

        var secret = merchant.WebhookSecret ?? throw new InvalidOperationException($"merchant {merchant.Number} has no webhook secret");
        return _post.SendAsync(
            target!.AllowPrivate ? _private : _public, target.Address, notification.Name, notification.Body, secret, stopping);
    }

    public void Dispose()
    {
        _public.Dispose();
        _private.Dispose();
    }
}
