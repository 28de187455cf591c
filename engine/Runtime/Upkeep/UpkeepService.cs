using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PaymentEngine.Core.Alerts;
using PaymentEngine.Runtime.Alerts;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Runtime.Proposals;
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
/// directory, orders whose codes were mapped, what was agreed to by a second person, partitions, the posting date.
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
    AdjustmentDesk adjustments,
    ChangeDesk changes,
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

    /// <summary>Each step stands by itself: a key is revoked also when the scripts cannot be looked at.</summary>
    private async Task KeepAsync(CancellationToken cancellation)
    {
        (string What, Func<Task> Keep)[] steps =
        [
            ("to tell that it runs", () => TellAsync(cancellation)),
            ("to look after the eras of numbers", () => LookAfterErasAsync(cancellation)),
            ("to ask for the time", () => shared.SynchroniseAsync(database, cancellation)),
            ("to seal secrets", () => secrets.SealAsync(cancellation)),
            ("to read the directory", () => ReadDirectoryAsync(cancellation)),
            ("to look at the scripts", () => scripts.LookAsync(cancellation)),
            ("to wake what waited for a code", () => codes.WakeAsync(cancellation)),
            ("to book adjustments that were agreed to", () => adjustments.SweepAsync(cancellation)),
            ("to make changes that were agreed to", () => changes.SweepAsync(cancellation)),
            ("to prepare the coming days", () => days.KeepAsync(clock.GetUtcNow(), cancellation)),
        ];
        foreach (var (what, keep) in steps)
        {
            // Nothing more is done to a database that this version does not work with.
            if (!await TryAsync(what, keep, cancellation) || engine.ApplicationStopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>False when there is no database, so that the other steps would only wait for it too.</summary>
    private async Task<bool> TryAsync(string what, Func<Task> keep, CancellationToken cancellation)
    {
        try
        {
            await keep();
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (NpgsqlException unreachable) when (unreachable is not PostgresException)
        {
            log.LogWarning(unreachable, "upkeep will be tried again");
            return false;
        }
        catch (Exception unforeseen)
        {
            log.LogError(unforeseen, "upkeep failed {Step}, and will be tried again", what);
            bell.Ring(AlertKinds.UpkeepFailed, AlertSeverity.Critical, $"{node.Name} {what}", $"Node {node.Name} has failed {what}: {unforeseen.Message}");
            return true;
        }
    }

    private async Task TellAsync(CancellationToken cancellation)
    {
        if (!await nodes.TouchAsync(node.Id, cancellation))
        {
            log.LogCritical("the database was migrated to what this version does not work with: the engine stops");
            engine.StopApplication();
        }
    }

    private async Task LookAfterErasAsync(CancellationToken cancellation)
    {
        if (await eras.KeepAsync(cancellation))
        {
            log.LogWarning("the database is not where it was: a new era of numbers began");
        }
    }

    /// <summary>A row that no engine can read stands as this one knew it before, or not at all.</summary>
    private async Task ReadDirectoryAsync(CancellationToken cancellation)
    {
        await directory.RefreshAsync(cancellation);
        foreach (var fault in directory.Faults)
        {
            bell.Ring(
                AlertKinds.DirectoryUnreadable, AlertSeverity.Critical, fault.Row, $"Nodes go on with what they knew of {fault.Row}: {fault.Why}");
        }
    }
}
