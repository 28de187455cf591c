using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PaymentEngine.Core.Alerts;
using PaymentEngine.Runtime.Alerts;
using PaymentEngine.Store.Closing;

namespace PaymentEngine.Runtime.Ledger;

/// <summary>Closes every day soon after it is over (A7); while one cannot be closed, tries again and has it told.</summary>
public sealed class ClosingPump(ClosingDesk desk, AlertBell bell, TimeProvider clock, ILogger<ClosingPump> log) : BackgroundService
{
    private const string Engine = "engine";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Period;
            try
            {
                pause = await StepAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble)
            {
                // A day that is not closed holds up nobody; it is tried again, and told when it goes on.
                log.LogWarning(trouble, "a day of the ledger will be closed later");
                if (trouble is not NpgsqlException)
                {
                    bell.Ring(AlertKinds.DayNotClosed, AlertSeverity.Critical, "ledger", $"A day of the ledger cannot be closed: {trouble.Message}");
                }
            }

            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The next day, if one is over; returns how long to wait for the one after.</summary>
    public async Task<TimeSpan> StepAsync(CancellationToken cancellation)
    {
        if (await desk.CloseNextAsync(Engine, cancellation) is not (var day, var result))
        {
            return Period;
        }

        switch (result)
        {
            case ClosingResult.Closed closed:
                // As text: what writes logs as JSON spells a day by the culture.
                log.LogInformation("closed {Day} of the ledger: {Entries} entries, digest {Digest}", day.ToString("O"), closed.Certificate.Entries, closed.Certificate.Digest);
                return TimeSpan.Zero;
            case ClosingResult.Refused refused:
                bell.Ring(
                    AlertKinds.DayNotClosed,
                    AlertSeverity.Warning,
                    $"{day:yyyy-MM-dd}",
                    $"The ledger's day {day:yyyy-MM-dd} cannot be closed: {string.Join("; ", refused.Reasons.Select(reason => reason.Detail))}.");
                return AfterRefusal;
            default:
                return Period;
        }
    }
}
