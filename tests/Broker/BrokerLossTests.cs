using PaymentEngine.Runtime.Bus;
using PaymentEngine.Tests.Support;
using PaymentEngine.Tests.Support.Broker;
using Xunit;

namespace PaymentEngine.Tests.Broker;

/// <summary>A broker of the class's own, which is stopped, killed and emptied under the engine.</summary>
public sealed class OwnBroker : IAsyncLifetime
{
    public BrokerNode Node { get; } = new(Directory.CreateTempSubdirectory("payment-engine-broker-").FullName);

    public Task InitializeAsync() => Node.StartAsync();

    public Task DisposeAsync() => Node.DestroyAsync();
}

[Trait("Category", "Slow")]
public sealed class BrokerLossTests(OwnBroker broker) : IClassFixture<OwnBroker>, IAsyncLifetime
{
    private VirtualHost _host = null!;

    public async Task InitializeAsync()
    {
        await broker.Node.StartAsync();
        _host = await broker.Node.CreateHostAsync();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task what_was_published_while_the_broker_was_away_arrives_when_it_is_back()
    {
        var listener = new Listener<CallbacksArrived>();
        await using var node = await BusNode.StartAsync(_host.ConnectionString, [listener]);
        await node.AttachedAsync();
        node.Bus.CallbackArrived(1);
        await listener.HearsAllAsync([1]);

        await broker.Node.StopAsync();
        Publish(node, 2, 2000);
        await broker.Node.StartAsync();
        Publish(node, 2001, 3000);

        await listener.HearsAllAsync(Ids(2, 3000));
    }

    [Fact]
    public async Task a_killed_broker_loses_nothing_that_it_had_confirmed()
    {
        using var figures = new Figures();
        var release = new TaskCompletionSource();
        var listener = new Listener<CallbacksArrived>((_, _) => release.Task);
        await using var node = await BusNode.StartAsync(_host.ConnectionString, [listener], ("Bus:MaximumBatch", "10"));
        await node.AttachedAsync();
        Publish(node, 1, 1000);
        await Eventually.BecomesTrueAsync(() => figures.Of("published", BusQueues.Callbacks) == 1000, "all is confirmed");

        await broker.Node.KillAsync();
        release.SetResult();
        await broker.Node.StartAsync();

        await listener.HearsAllAsync(Ids(1, 1000));
        await Eventually.BecomesTrueAsync(async () => await _host.WaitingAsync(BusQueues.Callbacks) == 0, "all is acknowledged");
    }

    [Fact]
    public async Task an_emptied_broker_is_furnished_again()
    {
        var listener = new Listener<CallbacksArrived>();
        await using var node = await BusNode.StartAsync(_host.ConnectionString, [listener]);
        await node.AttachedAsync();
        Publish(node, 1, 100);
        await listener.HearsAllAsync(Ids(1, 100));

        await broker.Node.KillAsync();
        await broker.Node.EmptyAsync();
        await broker.Node.StartAsync();
        await broker.Node.AddHostAsync(_host.Name);

        // What is published before the queue is there again is dropped: this bus wakes, the sweep re-creates.
        await Eventually.BecomesTrueAsync(async () => (await _host.QueuesAsync("name", "type")).Contains($"{BusQueues.Callbacks}\tquorum"), "the queue is there");
        await node.AttachedAsync();
        Publish(node, 101, 200);
        await listener.HearsAllAsync(Ids(101, 200));
    }

    [Fact]
    public async Task the_engine_starts_without_a_broker_and_finds_it_when_it_comes()
    {
        using var figures = new Figures();
        var listener = new Listener<CallbacksArrived>();
        await broker.Node.StopAsync();

        await using var node = await BusNode.StartAsync(_host.ConnectionString, [listener], ("Bus:OutboxCapacity", "100"), ("Bus:MaximumBatch", "10"));
        Publish(node, 1, 1000);
        Assert.False(node.IsAttached);
        // At most one message is on its way beside what waits.
        Assert.InRange(figures.Of("dropped", BusQueues.Callbacks), 890, 900);

        await broker.Node.StartAsync();
        await node.AttachedAsync();
        // Until then there is no room for more.
        await Eventually.BecomesTrueAsync(() => figures.Of("published", BusQueues.Callbacks) >= 100, "what waited is published");
        Publish(node, 2001, 2010);
        await listener.HearsAllAsync(Ids(2001, 2010));
    }

    private static void Publish(BusNode node, int first, int last)
    {
        foreach (var id in Ids(first, last))
        {
            node.Bus.CallbackArrived(id);
        }
    }

    private static IEnumerable<long> Ids(int first, int last) => Enumerable.Range(first, last - first + 1).Select(id => (long)id);
}
