using PaymentEngine.Runtime.Notifications;

namespace PaymentEngine.Runtime.Alerts;

/// <summary>Everybody who is told, as the settings have it.</summary>
public sealed class AlertTargets : IDisposable
{
    public AlertTargets(AlertOptions options, IHostNames names, TimeProvider clock) => All =
    [
        .. options.Webhooks.Select(webhook => new WebhookTarget(webhook.Key, webhook.Value, names, options.TimeOut, clock)),
        .. options.Mail.IsSet ? [new MailTarget(options.Mail, options.TimeOut, clock)] : (ReadOnlySpan<IAlertTarget>)[],
    ];

    public IReadOnlyList<IAlertTarget> All { get; }

    public void Dispose()
    {
        foreach (var target in All.OfType<IDisposable>())
        {
            target.Dispose();
        }
    }
}
