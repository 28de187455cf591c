using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PaymentEngine.Core.Alerts;
using PaymentEngine.Store.Alerts;

namespace PaymentEngine.Runtime.Alerts;

/// <summary>
/// Folds what was raised and tells each target, one message at a time and with a gap in between, whichever node does it.
/// A target that does not accept is tried again until it does, and stands in nobody else's way.
/// </summary>
public sealed class AlertPump(
    AlertStore store, AlertTargets targets, AlertBell bell, AlertOptions options, TimeProvider clock, ILogger<AlertPump> log) : BackgroundService
{
    /// <summary>A node that dies while it tells a target is followed by another after this time.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        targets.All.Select(target => RepeatAsync(cancellation => TellOnceAsync(target, cancellation), stoppingToken))
            .Append(RepeatAsync(FoldOnceAsync, stoppingToken)));

    public async Task FoldOnceAsync(CancellationToken cancellation)
    {
        await bell.WriteAsync(store, cancellation);
        foreach (var alert in await store.FoldAsync(cancellation))
        {
            log.LogWarning("alert {Alert}, {Kind} of {Subject}, {Severity}: {Text}", alert.Id, alert.Kind, alert.Subject, alert.Severity, alert.Text);
        }
    }

    /// <summary>Tells this target what is due, if its time has come.</summary>
    public async Task TellOnceAsync(IAlertTarget target, CancellationToken cancellation)
    {
        // Nearly always there is nothing.
        if ((await DueAsync(target, cancellation)).Count == 0)
        {
            return;
        }

        await store.KnowTargetAsync(target.Name, cancellation);
        if (await store.ClaimAsync(target.Name, options.TimeOut + Slack, cancellation) is not { } claim)
        {
            return;
        }

        // Another node may have told it between the question and the claim.
        var due = await DueAsync(target, cancellation);
        if (due.Count == 0)
        {
            return;
        }

        try
        {
            await target.TellAsync(new AlertMessage(due), cancellation);
        }
        catch (Exception failed) when (!cancellation.IsCancellationRequested)
        {
            var pause = options.PauseAfter(claim.Failures);
            log.LogWarning("{Alerts} alerts cannot be delivered to {Target}, it is tried again in {Pause}: {Reason}", due.Count, target.Name, pause, failed.Message);
            await store.FailedAsync(claim, failed.Message, pause, cancellation);
            return;
        }

        await store.ToldAsync(claim, due, options.Gap, cancellation);
    }

    private Task<IReadOnlyList<Alert>> DueAsync(IAlertTarget target, CancellationToken cancellation) =>
        store.DueAsync(target.Name, target.Least, options.Gather, options.Quiet, cancellation);

    private async Task RepeatAsync(Func<CancellationToken, Task> once, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await once(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception unforeseen)
            {
                // A pump that stopped would keep silent about everything; the next round may go better.
                log.LogError(unforeseen, "alerts cannot be read or written");
            }

            await Task.Delay(options.Period, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
