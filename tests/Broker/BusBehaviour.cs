using PaymentEngine.Runtime.Bus;
using PaymentEngine.Tests.Support;
using Xunit;

namespace PaymentEngine.Tests.Broker;

/// <summary>What holds of the bus whatever carries it.</summary>
public abstract class BusBehaviour : IAsyncLifetime
{
    /// <summary>The connection string of the broker, if there is one.</summary>
    protected abstract string? Broker { get; }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task each_kind_of_message_reaches_its_handler()
    {
        var (callbacks, notifications, orders) = (new Listener<CallbacksArrived>(), new Listener<NotificationsWaiting>(), new Listener<OrdersWaiting>());
        await using var node = await BusNode.StartAsync(Broker, [callbacks, notifications, orders]);
        await node.AttachedAsync();

        node.Bus.CallbackArrived(41);
        node.Bus.NotificationWaiting(7, 42);
        node.Bus.OrderWaiting("acme", 43, 44);

        Assert.Equal(41, (await callbacks.NextAsync()).Callbacks.Single());
        var notification = await notifications.NextAsync();
        Assert.Equal((7, 42), (notification.Lane, notification.Notifications.Single()));
        var order = await orders.NextAsync();
        Assert.Equal(("acme", 43, 44), (order.Application, order.Trades.Single(), order.Orders.Single()));
    }

    [Fact]
    public async Task what_waits_for_the_same_queue_travels_together()
    {
        var listener = new Listener<CallbacksArrived>();
        await using var node = await BusNode.StartAsync(Broker, [listener], ("Bus:MaximumBatch", "100"));
        await node.AttachedAsync();

        for (var id = 1; id <= 5000; id++)
        {
            node.Bus.CallbackArrived(id);
        }

        var (heard, messages, largest) = (new HashSet<long>(), 0, 0);
        while (heard.Count < 5000)
        {
            var message = await listener.NextAsync();
            heard.UnionWith(message.Callbacks);
            messages++;
            largest = Math.Max(largest, message.Callbacks.Length);
        }

        Assert.Equal(100, largest);
        Assert.InRange(messages, 50, 2500);
    }

    [Fact]
    public async Task a_handler_that_fails_once_is_called_again()
    {
        using var figures = new Figures();
        var calls = 0;
        var listener = new Listener<CallbacksArrived>((_, _) =>
            Interlocked.Increment(ref calls) == 1 ? throw new InvalidOperationException("once") : Task.CompletedTask);
        await using var node = await BusNode.StartAsync(Broker, [listener]);
        await node.AttachedAsync();

        node.Bus.CallbackArrived(5);

        await Eventually.BecomesTrueAsync(() => figures.Of("handled", BusQueues.Callbacks) == 1, "the message is handled");
        Assert.Equal(2, calls);
        Assert.Equal(0, figures.Of("parked", BusQueues.Callbacks));
    }

    [Fact]
    public async Task a_poisonous_message_is_parked_and_its_neighbours_go_on()
    {
        using var figures = new Figures();
        var attempts = 0;
        var listener = new Listener<CallbacksArrived>((message, _) =>
        {
            if (message.Callbacks.Contains(13))
            {
                Interlocked.Increment(ref attempts);
                throw new InvalidOperationException("poison");
            }

            return Task.CompletedTask;
        });
        await using var node = await BusNode.StartAsync(Broker, [listener], ("Bus:MaximumBatch", "1"));
        await node.AttachedAsync();

        for (var id = 1; id <= 50; id++)
        {
            node.Bus.CallbackArrived(id);
        }

        await Eventually.BecomesTrueAsync(
            () => (figures.Of("handled", BusQueues.Callbacks), figures.Of("parked", BusQueues.Callbacks)) == (49, 1), "49 handled and one parked");
        Assert.Equal(3, attempts);
        await DemandParkedAsync(BusQueues.Callbacks, 1);
    }

    [Fact]
    public async Task a_handler_that_never_ends_is_ended_and_its_message_parked()
    {
        using var figures = new Figures();
        var listener = new Listener<CallbacksArrived>((_, cancellation) => Task.Delay(Timeout.Infinite, cancellation));
        await using var node = await BusNode.StartAsync(Broker, [listener], ("Bus:HandlerTimeout", "00:00:00.2"));
        await node.AttachedAsync();

        node.Bus.CallbackArrived(5);

        await Eventually.BecomesTrueAsync(() => figures.Of("parked", BusQueues.Callbacks) == 1, "the message is parked");
        await DemandParkedAsync(BusQueues.Callbacks, 1);
    }

    /// <summary>Where it can be asked what waits in a parking queue.</summary>
    protected virtual Task DemandParkedAsync(string queue, int messages) => Task.CompletedTask;
}

public sealed class InMemoryBusTests : BusBehaviour
{
    protected override string? Broker => null;
}
