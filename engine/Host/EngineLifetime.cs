using Microsoft.Extensions.Options;
using Npgsql;
using PaymentEngine.Runtime.Conditions;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Runtime.Dispatch;
using PaymentEngine.Runtime.Notifications;
using PaymentEngine.Runtime.Units;
using PaymentEngine.Store.Clock;
using PaymentEngine.Store.Commit;
using PaymentEngine.Store.Startup;

namespace PaymentEngine.Host;

/// <summary>First to start and last to stop: nothing is decided before the directory is there, nothing is lost at the end.</summary>
internal sealed class EngineLifetime(
    DirectoryHolder directory,
    DatabaseClock clock,
    NpgsqlDataSource database,
    DecisionDesk desk,
    Dispatcher dispatcher,
    GroupCommitter committer,
    NotificationDesk notifications,
    ConditionExchange conditions,
    NodeRegistry nodes,
    NodeIdentity node,
    IOptions<EngineOptions> options,
    ILogger<EngineLifetime> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await clock.SynchroniseAsync(database, cancellationToken);
        await directory.RefreshAsync(cancellationToken);
        await conditions.OnceAsync(cancellationToken);
        desk.Dispatch = dispatcher.Start;
    }

    /// <summary>Calls that are out get time to answer; what is not answered by then is queried by whoever runs next.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await dispatcher.DrainAsync(options.Value.DrainTime);
        await committer.DisposeAsync();
        await notifications.DrainAsync(options.Value.DrainTime);
        try
        {
            await conditions.TellAsync(CancellationToken.None);
            await nodes.LeaveAsync(node.Id, CancellationToken.None);
        }
        catch (NpgsqlException unreachable)
        {
            log.LogInformation(unreachable, "the database was not told that this node has stopped, and will notice");
        }
    }
}
