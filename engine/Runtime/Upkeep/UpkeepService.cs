using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PaymentEngine.Core.Alerts;
using PaymentEngine.Runtime.Alerts;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Runtime.Routing;
using PaymentEngine.Runtime.Units;
using PaymentEngine.Store.Clock;
using PaymentEngine.Store.Codes;
using PaymentEngine.Store.Numbers;
using PaymentEngine.Store.Startup;
using PaymentEngine.Store.Secrets;
using PaymentEngine.Store.Upkeep;

namespace PaymentEngine.Runtime.Upkeep;

/// <summary>
/// What has to be done again and again whatever the traffic: a look at what the database has become, the shared time, a fresh
/// directory, orders whose codes were mapped, partitions, the posting date.
/// </summary>
public sealed class UpkeepService(
    NodeRegistry nodes,
    NodeIdentity node,
    NumberEras eras,
    DayKeeper days,
    SecretKeeper secrets,
    DirectoryHolder directory,
    ScriptWatch scripts,
    ResultCodeStore codes,
    NpgsqlDataSource database,
    DatabaseClock shared,
    AlertBell bell,
    TimeProvider clock,
    IHostApplicationLifetime engine,
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
            if (!await nodes.TouchAsync(node.Id, cancellation))
            {
                log.LogCritical("the database was migrated to what this version does not work with: the engine stops");
                engine.StopApplication();
                return;
            }

            if (await eras.KeepAsync(cancellation))
            {
                log.LogWarning("the database is not where it was: a new era of numbers began");
            }

            await shared.SynchroniseAsync(database, cancellation);
            await secrets.SealAsync(cancellation);
            await directory.RefreshAsync(cancellation);
            await scripts.LookAsync(cancellation);
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
