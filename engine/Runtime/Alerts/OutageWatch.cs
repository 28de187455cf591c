using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PaymentEngine.Core.Alerts;
using PaymentEngine.Runtime.Bus;
using PaymentEngine.Runtime.Units;
using PaymentEngine.Store;

namespace PaymentEngine.Runtime.Alerts;

/// <summary>
/// Tells that the database or the broker is away for long. While the database is away nothing can be written down, so
/// each node tells the targets itself, once; that it was away is an alert like any other when it is back.
/// </summary>
public sealed class OutageWatch(
    DatabaseProbe database, EngineBus bus, AlertTargets targets, AlertBell bell, NodeIdentity node, AlertOptions options, TimeProvider clock,
    ILogger<OutageWatch> log) : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _told = [];
    private DateTimeOffset? _databaseAwaySince;
    private DateTimeOffset? _brokerAwaySince;
    private bool _brokerIsTold;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.AwayAfter < Longest ? options.AwayAfter : Longest, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                LookAtBroker();
                await LookAtDatabaseAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The engine is stopping.
        }
    }

    private void LookAtBroker()
    {
        if (bus.IsAttached)
        {
            (_brokerAwaySince, _brokerIsTold) = (null, false);
            return;
        }

        _brokerAwaySince ??= clock.GetUtcNow();
        if (!_brokerIsTold && IsLong(_brokerAwaySince))
        {
            _brokerIsTold = true;
            bell.Ring(
                AlertKinds.BrokerAway, AlertSeverity.Critical, node.Name,
                $"The broker has been away from node {node.Name} since {_brokerAwaySince:u}. Payments go on; the sweeps do its work, later.");
        }
    }

    private async Task LookAtDatabaseAsync(CancellationToken stopping)
    {
        try
        {
            await database.AskAsync(stopping);
        }
        catch (Exception unreachable) when (!stopping.IsCancellationRequested)
        {
            _databaseAwaySince ??= clock.GetUtcNow();
            if (IsLong(_databaseAwaySince))
            {
                await TellAsync($"Node {node.Name} has not reached its database since {_databaseAwaySince:u} and takes no payments: {unreachable.Message}", stopping);
            }

            return;
        }

        if (_told.Count > 0)
        {
            bell.Ring(
                AlertKinds.DatabaseAway, AlertSeverity.Critical, node.Name,
                $"Node {node.Name} reaches its database again, which it had not since {_databaseAwaySince:u}.");
        }

        _told.Clear();
        _databaseAwaySince = null;
    }

    private bool IsLong(DateTimeOffset? since) => clock.GetUtcNow() - since >= options.AwayAfter;

    /// <summary>Whoever could not be told is told with the next look.</summary>
    private async Task TellAsync(string text, CancellationToken stopping)
    {
        var since = _databaseAwaySince!.Value;
        var message = new AlertMessage([new Alert(0, AlertKinds.DatabaseAway, AlertSeverity.Critical, node.Name, text, 1, since, since)]);
        foreach (var target in targets.All.Where(target => !_told.Contains(target.Name)))
        {
            try
            {
                await target.TellAsync(message, stopping);
                _told.Add(target.Name);
            }
            catch (Exception failed) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning("{Target} cannot be told that the database is away: {Reason}", target.Name, failed.Message);
            }
        }
    }
}
