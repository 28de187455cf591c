using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using PaymentEngine.Core;
using PaymentEngine.Core.Notifications;
using PaymentEngine.Core.Units;
using PaymentEngine.Store.Notifications;
using PaymentEngine.Store.Timers;

namespace PaymentEngine.Runtime.Notifications;

/// <summary>
/// Tells merchants (N1, N3): at once after the commit, and by timers what was not acknowledged or was lost on the way.
/// A notification that is in this node's hands is not taken up a second time.
/// </summary>
public sealed class NotificationDesk : IAsyncDisposable
{
    private readonly ConcurrentDictionary<OrderId, Delivery> _inHand = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private readonly DeliveryLane[] _lanes;
    private readonly DeliveryResults _results;
    private readonly NotificationStore _store;
    private readonly TimerStore _timers;
    private readonly Courier _courier;
    private readonly NotificationOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<NotificationDesk> _log;
    private bool _isDisposed;

    public NotificationDesk(
        NotificationStore store, TimerStore timers, Courier courier, NotificationOptions options, TimeProvider clock, ILogger<NotificationDesk> log)
    {
        (_store, _timers, _courier, _options, _clock, _log) = (store, timers, courier, options, clock, log);
        _stopping = _stop.Token;
        _results = new DeliveryResults(store, result => _inHand.TryRemove(result.Notification, out _), log);
        _lanes = new DeliveryLane[options.Lanes];
        for (var i = 0; i < _lanes.Length; i++)
        {
            _lanes[i] = new DeliveryLane(options, DeliverAsync, LetGo);
        }
    }

    /// <summary>Notifications that wait here or are under way.</summary>
    public int InHand => _inHand.Count;

    /// <summary>The lane of a merchant, the same on every node.</summary>
    public int LaneOf(int merchantId) => merchantId % _lanes.Length;

    /// <summary>Takes up those of these that still wait and returns without waiting for any merchant.</summary>
    public async Task WakeAsync(IReadOnlyList<OrderId> notifications, CancellationToken cancellation)
    {
        foreach (var delivery in await _store.LoadAsync(notifications, cancellation))
        {
            Take(delivery);
        }
    }

    /// <summary>
    /// Takes up what timers brought and returns without waiting for any merchant. Their leases are left to run: a
    /// result moves or removes the timer, and what is lost here falls due again.
    /// </summary>
    public async Task WakeAsync(IReadOnlyList<DueTimer> due, CancellationToken cancellation)
    {
        var wanted = due.Where(timer => !_inHand.ContainsKey(timer.Order)).ToDictionary(timer => timer.Order);
        if (wanted.Count == 0)
        {
            return;
        }

        foreach (var delivery in await _store.LoadAsync(wanted.Keys, cancellation))
        {
            wanted.Remove(delivery.Notification.Id);
            Take(delivery);
        }

        if (wanted.Count > 0)
        {
            await _timers.DiscardAsync([.. wanted.Values], cancellation);
        }
    }

    /// <summary>Waits until nothing is under way any more, for as long as this patience lasts.</summary>
    public async Task DrainAsync(TimeSpan patience)
    {
        var deadline = _clock.GetUtcNow() + patience;
        while (InHand > 0 && _clock.GetUtcNow() < deadline)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), _clock);
        }

        await _stop.CancelAsync();
    }

    /// <summary>Ends what is under way; its timers bring it to whoever runs next.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _stop.CancelAsync();
        while (InHand > 0)
        {
            // What was cancelled ends at once, and what has ended is written within milliseconds.
            await Task.Delay(TimeSpan.FromMilliseconds(2));
        }

        await _results.DisposeAsync();
        _stop.Dispose();
    }

    private void Take(Delivery delivery)
    {
        var notification = delivery.Notification;
        if (!_stopping.IsCancellationRequested
            && _inHand.TryAdd(notification.Id, delivery)
            && !_lanes[LaneOf(notification.MerchantId)].TryAdd(delivery))
        {
            LetGo(delivery);
        }
    }

    private void LetGo(Delivery delivery) => _inHand.TryRemove(delivery.Notification.Id, out _);

    private async Task<bool> DeliverAsync(Delivery delivery)
    {
        try
        {
            var outcome = await _courier.DeliverAsync(delivery.Notification, _stopping);
            _results.Add(ResultOf(delivery, outcome));
            return outcome.IsAcknowledged;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            LetGo(delivery);
        }
        catch (Exception unforeseen)
        {
            _log.LogError(unforeseen, "notification {Notification} is left to its timer", delivery.Notification.Name);
            LetGo(delivery);
        }

        return false;
    }

    private DeliveryResult ResultOf(Delivery delivery, DeliveryOutcome outcome)
    {
        var now = _clock.GetUtcNow();
        var (verdict, at) = outcome.IsAcknowledged ? (DeliveryVerdict.Delivered, now)
            : _options.RetryAfter(delivery.Attempts + 1) is { } wait ? (DeliveryVerdict.Failed, now + wait)
            : (DeliveryVerdict.Exhausted, now);
        return new DeliveryResult(delivery.Notification.Id, verdict, outcome.Status, outcome.Error, at);
    }
}
