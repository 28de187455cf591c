using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PaymentEngine.Store.Inbox;

namespace PaymentEngine.Runtime.Callbacks;

/// <summary>
/// Has callbacks handled that were stored and not handled: the message about them was lost, the node died, the order was
/// not visible yet. Any node may do it.
/// </summary>
public sealed class CallbackSweep(InboxStore inbox, CallbackDesk desk, CallbackOptions options, TimeProvider clock, ILogger<CallbackSweep> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await SweepOnceAsync(stoppingToken) < options.ClaimAtOnce)
                {
                    await Task.Delay(options.SweepPeriod, clock, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception unforeseen)
            {
                // A sweep that stopped would leave lost callbacks to nobody; the next claim may go better.
                log.LogError(unforeseen, "callbacks cannot be claimed");
                await Task.Delay(options.SweepPeriod, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Claims once and handles what was claimed; returns how many there were.</summary>
    public async Task<int> SweepOnceAsync(CancellationToken cancellation)
    {
        var claimed = await inbox.ClaimAsync(options.ClaimAtOnce, options.Lease, cancellation);
        if (claimed.Count > 0)
        {
            await desk.HandleAsync(claimed);
        }

        return claimed.Count;
    }
}
