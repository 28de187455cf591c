using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PaymentEngine.Core.Alerts;
using PaymentEngine.Runtime.Alerts;
using PaymentEngine.Store.GeneralLedger;

namespace PaymentEngine.Runtime.GeneralLedger;

/// <summary>
/// Makes vouchers as long as there is something to make them of (A8). Every node tries, one works; what it acknowledges
/// is acknowledged by the mark, in the transaction of the vouchers themselves.
/// </summary>
public sealed class VoucherPump(VoucherStore store, VoucherMetrics metrics, AlertBell bell, TimeProvider clock, ILogger<VoucherPump> log) : BackgroundService
{
    /// <summary>A portion takes a processor from the postings for as long as it is large, so many are made in small steps.</summary>
    private const int Many = 100;

    private static readonly TimeSpan WhenMany = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan AtWork = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AtRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    /// <summary>A transaction that is older holds up the vouchers of everything that came after it.</summary>
    private static readonly TimeSpan LongestTransaction = TimeSpan.FromMinutes(2);

    private (long Horizon, DateTimeOffset Since) _horizon;

    /// <summary>One portion; returns how long to wait for the next.</summary>
    public async Task<TimeSpan> StepAsync(CancellationToken cancellation)
    {
        switch (await store.TakeAsync(cancellation))
        {
            case PortionResult.Made(var vouchers, var failures, _, var isMore):
                metrics.Made(vouchers, failures);
                if (isMore)
                {
                    return TimeSpan.Zero;
                }

                metrics.CaughtUp();
                return vouchers >= Many ? WhenMany : AtWork;
            case PortionResult.Idle(var horizon, var newest):
                metrics.CaughtUp();
                WatchHorizon(horizon, newest);
                return AtRest;
            case PortionResult.Restored(var days):
                log.LogWarning("the database counts its transactions anew: vouchers are looked for on {Days} open days", days.Count);
                foreach (var day in days)
                {
                    var made = await store.MissingAsync(day, cancellation);
                    metrics.Made(made.Vouchers, made.Failures);
                }

                return TimeSpan.Zero;
            default:
                return AtRest;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = AfterTrouble;
            try
            {
                pause = await StepAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException unreachable)
            {
                log.LogWarning("vouchers will be made later: {Reason}", unreachable.Message);
            }
            catch (Exception unforeseen)
            {
                // Without vouchers no day closes; the next portion may go better, and the backlog's age tells when not.
                log.LogError(unforeseen, "vouchers cannot be made");
            }

            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void WatchHorizon(long horizon, long newest)
    {
        var now = clock.GetUtcNow();
        if (horizon == newest || horizon != _horizon.Horizon)
        {
            _horizon = (horizon, now);
        }
        else if (now - _horizon.Since > LongestTransaction)
        {
            bell.Ring(
                AlertKinds.VouchersHeldUp,
                AlertSeverity.Warning,
                $"transaction {horizon}",
                $"Transaction {horizon} has been running since {_horizon.Since:yyyy-MM-dd HH:mm:ss}Z: no voucher is made of what was posted after it began.");
            _horizon = (horizon, now);
        }
    }
}
