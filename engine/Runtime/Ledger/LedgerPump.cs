using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Alerts;
using PaymentEngine.Runtime.Alerts;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Runtime.Ledger;

/// <summary>What time does to the ledger: buffers are applied, holds expire.</summary>
public sealed class LedgerPump(
    BufferStore buffers, HoldStore holds, ILedgerDesk ledger, LedgerOptions options, AlertBell bell, TimeProvider clock, ILogger<LedgerPump> log)
    : BackgroundService
{
    private const int HoldsAtOnce = 200;

    private static readonly TimeSpan LongestPeriod = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var half = options.BufferFor / 2;
        using var timer = new PeriodicTimer(half < LongestPeriod ? half : LongestPeriod, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WorkAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The engine is stopping.
        }
    }

    /// <summary>Applies what has been waiting long enough, and gives back what was promised for long enough: each by itself.</summary>
    public async Task WorkAsync(CancellationToken cancellation)
    {
        _ = await TryAsync("buffers", () => buffers.ApplyAsync(options.BufferFor / 2, cancellation), cancellation)
            && await TryAsync("holds", () => ExpireAsync(cancellation), cancellation)
            && await TryAsync("the age of buffers", () => WatchAsync(cancellation), cancellation);
    }

    /// <summary>False when there is no database, so that the others would only wait for it too.</summary>
    private async Task<bool> TryAsync(string what, Func<Task> work, CancellationToken cancellation)
    {
        try
        {
            await work();
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (NpgsqlException away)
        {
            log.LogWarning("the ledger's look at {What} is put off: {Reason}", what, away.Message);
            return away is PostgresException;
        }
        catch (Exception unforeseen)
        {
            // Whatever it was, the next look is in a second, and the age of buffers tells when it does not help.
            log.LogError(unforeseen, "the ledger's look at {What} failed", what);
            return true;
        }
    }

    private async Task ExpireAsync(CancellationToken cancellation)
    {
        foreach (var hold in await holds.ExpiredAsync(HoldsAtOnce, cancellation))
        {
            // Under its own key: however many nodes see it, it is given back once.
            var result = await ledger.PostAsync(
                new LedgerRequest($"hold-expiry:{hold.Value}", PostingKind.Hold, []) { Holds = [new HoldOrder.Release(hold, null, IsExpiry: true)] },
                cancellation);
            if (result is LedgerResult.Refused { Reason: not PostingRefusalReason.HoldExceeded } refused)
            {
                log.LogWarning("hold {Hold} has expired and cannot be given back: {Reason}", LedgerNumber.OfHold(hold), refused.Detail);
            }
        }
    }

    private async Task WatchAsync(CancellationToken cancellation)
    {
        var (oldest, count) = await buffers.StandingAsync(cancellation);
        if (oldest >= options.BufferAlarm)
        {
            bell.Ring(
                AlertKinds.BufferLate,
                oldest >= options.BufferLimit ? AlertSeverity.Critical : AlertSeverity.Warning,
                "ledger buffer",
                $"{count} buffered entries wait for their accounts, the oldest for {oldest.TotalSeconds:F0} s.");
        }
    }
}
