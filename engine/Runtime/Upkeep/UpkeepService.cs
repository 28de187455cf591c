using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PaymentEngine.Core.Alerts;
using PaymentEngine.Runtime.Alerts;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Runtime.Units;
using PaymentEngine.Store.Clock;
using PaymentEngine.Store.Codes;
using PaymentEngine.Store.Secrets;
using PaymentEngine.Store.Upkeep;

namespace PaymentEngine.Runtime.Upkeep;

/// <summary>
/// What has to be done again and again whatever the traffic: the shared time, a fresh directory, orders whose codes were
/// mapped, partitions, the posting date.
/// </summary>
public sealed class UpkeepService(
    DayKeeper days,
    SecretKeeper secrets,
    DirectoryHolder directory,
    ResultCodeStore codes,
    NpgsqlDataSource database,
    DatabaseClock shared,
    NodeIdentity node,
    AlertBell bell,
    TimeProvider clock,
    ILogger<UpkeepService> log)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(4);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await KeepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The engine is stopping.
        }
    }

    private async Task KeepAsync(CancellationToken cancellation)
    {
        try
        {
            await shared.SynchroniseAsync(database, cancellation);
            await secrets.SealAsync(cancellation);
            await directory.RefreshAsync(cancellation);
            await codes.WakeAsync(cancellation);
            await days.KeepAsync(clock.GetUtcNow(), cancellation);
        }
        catch (NpgsqlException unreachable)
        {
            log.LogWarning(unreachable, "upkeep will be tried again");
        }
        catch (Exception unfit) when (unfit is CryptographicException or FormatException)
        {
            // Somebody has put a secret there that no engine can read. This one goes on with what it knows.
            log.LogError(unfit, "the directory stays as it was");
            bell.Ring(AlertKinds.DirectoryUnreadable, AlertSeverity.Critical, node.Name, $"Node {node.Name} hears of no changes any more: {unfit.Message}");
        }
    }
}
