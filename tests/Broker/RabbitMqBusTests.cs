using PaymentEngine.Runtime.Bus;
using PaymentEngine.Tests.Support;
using PaymentEngine.Tests.Support.Broker;
using RabbitMQ.Client;
using Xunit;

namespace PaymentEngine.Tests.Broker;

/// <summary>The same over a real RabbitMQ, and what only a broker can show.</summary>
public sealed class RabbitMqBusTests : BusBehaviour
{
    private VirtualHost _host = null!;

    protected override string? Broker => _host.ConnectionString;

    public override async Task InitializeAsync() => _host = await RabbitServer.CreateHostAsync();

    public override async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task every_queue_is_a_quorum_queue()
    {
        await using var node = await BusNode.StartAsync(
            Broker, [new Listener<CallbacksArrived>(), new Listener<NotificationsWaiting>(), new Listener<OrdersWaiting>()]);
        await node.AttachedAsync();

        var queues = await _host.QueuesAsync("name", "type");
        string[] served = [BusQueues.Callbacks, BusQueues.Orders("acme"), .. Enumerable.Range(0, BusQueues.Lanes).Select(BusQueues.Notifications)];
        Assert.Equal(
            served.SelectMany(queue => new[] { $"{queue}\tquorum", $"{BusQueues.Parking(queue)}\tquorum" }).Order(StringComparer.Ordinal),
            queues.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task a_message_stays_with_the_broker_until_it_is_handled()
    {
        using var figures = new Figures();
        var release = new TaskCompletionSource();
        var listener = new Listener<CallbacksArrived>((_, _) => release.Task);
        await using var node = await BusNode.StartAsync(Broker, [listener]);
        await node.AttachedAsync();

        node.Bus.CallbackArrived(5);
        await listener.NextAsync();
        await Eventually.BecomesTrueAsync(async () => await _host.WaitingAsync(BusQueues.Callbacks) == 1, "the message is with the broker");

        release.SetResult();
        await Eventually.BecomesTrueAsync(async () => await _host.WaitingAsync(BusQueues.Callbacks) == 0, "the message is acknowledged");
        Assert.Equal(1, figures.Of("handled", BusQueues.Callbacks));
    }

    [Fact]
    public async Task a_message_whose_consumer_loses_its_connection_is_delivered_again()
    {
        var cut = new TaskCompletionSource();
        var listener = new Listener<CallbacksArrived>((_, _) => cut.Task);
        await using var node = await BusNode.StartAsync(Broker, [listener]);
        await node.AttachedAsync();

        node.Bus.CallbackArrived(5);
        Assert.Equal(5, (await listener.NextAsync()).Callbacks.Single());
        await _host.CutConnectionsAsync();
        cut.SetResult();

        Assert.Equal(5, (await listener.NextAsync()).Callbacks.Single());
        await Eventually.BecomesTrueAsync(async () => await _host.WaitingAsync(BusQueues.Callbacks) == 0, "it is acknowledged the second time");
        Assert.Equal(0, await _host.WaitingAsync(BusQueues.Parking(BusQueues.Callbacks)));
    }

    [Fact]
    public async Task a_node_that_stops_gives_back_what_it_has_not_handled()
    {
        using var figures = new Figures();
        var listener = new Listener<CallbacksArrived>((_, cancellation) => Task.Delay(Timeout.Infinite, cancellation));
        await using (var node = await BusNode.StartAsync(Broker, [listener]))
        {
            await node.AttachedAsync();
            node.Bus.CallbackArrived(5);
            await listener.NextAsync();
        }

        var next = new Listener<CallbacksArrived>();
        await using var second = await BusNode.StartAsync(Broker, [next]);
        Assert.Equal(5, (await next.NextAsync()).Callbacks.Single());
        Assert.Equal(0, figures.Of("parked", BusQueues.Callbacks));
    }

    [Fact]
    public async Task two_nodes_share_the_load()
    {
        var (left, right) = (new TaskCompletionSource(), new TaskCompletionSource());
        // Each waits until the other has something in hand as well.
        var first = new Listener<CallbacksArrived>((_, _) => { left.TrySetResult(); return right.Task; });
        var second = new Listener<CallbacksArrived>((_, _) => { right.TrySetResult(); return left.Task; });
        (string, string)[] modest = [("Bus:MaximumBatch", "1"), ("Bus:Prefetch", "1"), ("Bus:HandleAtOnce", "1")];
        await using var one = await BusNode.StartAsync(Broker, [first], modest);
        await using var other = await BusNode.StartAsync(Broker, [second], modest);
        await one.AttachedAsync();
        await other.AttachedAsync();

        for (var id = 1; id <= 20; id++)
        {
            one.Bus.CallbackArrived(id);
        }

        await first.NextAsync();
        await second.NextAsync();
        await Eventually.BecomesTrueAsync(async () => await _host.WaitingAsync(BusQueues.Callbacks) == 0, "all is handled");
    }

    [Fact]
    public async Task orders_for_an_application_that_never_ran_are_dropped_and_hold_up_nobody()
    {
        using var figures = new Figures();
        var listener = new Listener<CallbacksArrived>();
        await using var node = await BusNode.StartAsync(Broker, [listener]);
        await node.AttachedAsync();

        node.Bus.OrderWaiting("nobody", 1, 2);
        node.Bus.CallbackArrived(5);

        Assert.Equal(5, (await listener.NextAsync()).Callbacks.Single());
        await Eventually.BecomesTrueAsync(() => figures.Of("dropped", BusQueues.Orders("nobody")) == 1, "the order is dropped");
        Assert.Equal(0, figures.Of("published", BusQueues.Orders("nobody")));
    }

    [Fact]
    public async Task a_body_that_is_no_message_is_parked()
    {
        using var figures = new Figures();
        var listener = new Listener<CallbacksArrived>();
        await using var node = await BusNode.StartAsync(Broker, [listener]);
        await node.AttachedAsync();

        await using (var connection = await new ConnectionFactory { Uri = new Uri(Broker!) }.CreateConnectionAsync())
        await using (var channel = await connection.CreateChannelAsync())
        {
            await channel.BasicPublishAsync(BusQueues.Callbacks, string.Empty, "{\"callbacks\": [1, \"x"u8.ToArray());
        }

        await DemandParkedAsync(BusQueues.Callbacks, 1);
        Assert.Equal(1, figures.Of("parked", BusQueues.Callbacks));
        node.Bus.CallbackArrived(5);
        Assert.Equal(5, (await listener.NextAsync()).Callbacks.Single());
    }

    protected override Task DemandParkedAsync(string queue, int messages) => Eventually.BecomesTrueAsync(
        async () => (await _host.WaitingAsync(BusQueues.Parking(queue)), await _host.WaitingAsync(queue)) == (messages, 0), $"{messages} are parked");
}
