using System.Net.Http;
using PaymentEngine.Core.Alerts;
using PaymentEngine.Core.Notifications;
using PaymentEngine.Runtime.Notifications;

namespace PaymentEngine.Runtime.Alerts;

/// <summary>A program that is told by POST. Its address is the operator's own, so it may lie in our network.</summary>
internal sealed class WebhookTarget(string name, WebhookSettings settings, IHostNames names, TimeSpan timeOut, TimeProvider clock) : IAlertTarget, IDisposable
{
    private readonly HttpMessageInvoker _connections = new CheckedConnections(names, allowPrivate: true).ToInvoker();
    private readonly SignedPost _post = new(timeOut, clock);
    private readonly Uri _address = new(settings.Url);
    private readonly WebhookSecret _secret = WebhookSecret.Parse(settings.Secret);

    public string Name => name;

    public AlertSeverity Least => settings.Least;

    public async Task TellAsync(AlertMessage message, CancellationToken stopping)
    {
        var outcome = await _post.SendAsync(_connections, _address, message.Id, message.ToJson(), _secret, stopping);
        if (!outcome.IsAcknowledged)
        {
            throw new AlertRefusedException(outcome.Error ?? $"status {outcome.Status}");
        }
    }

    public void Dispose() => _connections.Dispose();
}
