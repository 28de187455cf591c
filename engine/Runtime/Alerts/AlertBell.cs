using System.Collections.Concurrent;
using PaymentEngine.Core.Alerts;
using PaymentEngine.Store.Alerts;

namespace PaymentEngine.Runtime.Alerts;

/// <summary>Rung by what has no commit of its own to raise an alert in. It waits for nobody; the pump writes it down.</summary>
public sealed class AlertBell
{
    private readonly ConcurrentDictionary<(string Kind, string Subject), Ringing> _ringing = new();

    public void Ring(string kind, AlertSeverity severity, string subject, string text) => Ring((kind, subject), new Ringing(severity, text, 1));

    internal async Task WriteAsync(AlertStore store, CancellationToken cancellation)
    {
        foreach (var about in _ringing.Keys)
        {
            if (!_ringing.TryRemove(about, out var ringing))
            {
                continue;
            }

            try
            {
                await store.RaiseAsync(about.Kind, ringing.Severity, about.Subject, ringing.Text, ringing.Times, cancellation);
            }
            catch
            {
                Ring(about, ringing);
                throw;
            }
        }
    }

    private void Ring((string Kind, string Subject) about, Ringing ringing) => _ringing.AddOrUpdate(
        about, static (_, first) => first, static (_, before, next) => next with { Times = before.Times + next.Times }, ringing);

    private sealed record Ringing(AlertSeverity Severity, string Text, long Times);
}
