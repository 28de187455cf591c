using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Alerts;
using PaymentEngine.Runtime.Alerts;
using PaymentEngine.Store.GeneralLedger;

namespace PaymentEngine.Runtime.GeneralLedger;

/// <summary>
/// Asks again and again whether ledger and general ledger agree on the days that are open, by subject and currency. A
/// look takes the longer the more was posted, so the pauses are multiples of it.
/// </summary>
public sealed class AgreementWatch(GeneralLedgerStore store, AlertBell bell, TimeProvider clock, ILogger<AgreementWatch> log) : BackgroundService
{
    private const int PausesPerLook = 200;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(10);

    /// <summary>A day that gained no voucher is looked at all the same, now and then.</summary>
    private static readonly TimeSpan QuietPeriod = TimeSpan.FromMinutes(15);

    private readonly Dictionary<DateOnly, (long Vouchers, DateTimeOffset At)> _seen = [];

    /// <summary>Looks at the days that are due, and returns what it found.</summary>
    public async Task<IReadOnlyList<Disagreement>> LookAsync(CancellationToken cancellation)
    {
        var found = new List<Disagreement>();
        foreach (var (day, vouchers) in await store.OpenDaysAsync(cancellation))
        {
            var now = clock.GetUtcNow();
            if (!_seen.TryGetValue(day, out var before) || before.Vouchers != vouchers || now - before.At >= QuietPeriod)
            {
                found.AddRange(await store.DisagreementsAsync(day, cancellation));
                _seen[day] = (vouchers, now);
            }
        }

        foreach (var (day, subject, currency, ledger, generalLedger) in found)
        {
            bell.Ring(
                AlertKinds.LedgersDisagree,
                AlertSeverity.Critical,
                $"{day:yyyy-MM-dd} {subject} {currency}",
                $"On {day:yyyy-MM-dd} the ledger moved {Of(ledger)} {currency} on {subject}, and the general ledger says {Of(generalLedger)}.");

            string Of(long minor) => new Money(minor, currency).ToString();
        }

        return found;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var look = Stopwatch.StartNew();
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException unreachable)
            {
                log.LogWarning("ledger and general ledger will be compared later: {Reason}", unreachable.Message);
            }
            catch (Exception unforeseen)
            {
                log.LogError(unforeseen, "ledger and general ledger cannot be compared");
            }

            var pause = look.Elapsed * PausesPerLook;
            await Task.Delay(pause > ShortestPause ? pause : ShortestPause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
