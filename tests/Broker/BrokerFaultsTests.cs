using PaymentEngine.Runtime.Bus;
using PaymentEngine.Tests.Support;
using PaymentEngine.Tests.Support.Broker;
using PaymentEngine.Tests.Support.Faults;
using RabbitMQ.Client;
using Xunit;

namespace PaymentEngine.Tests.Broker;

/// <summary>The faults that the campaign inflicts on a broker: that they hurt, and that they are healed.</summary>
[Trait("Category", "Slow")]
public sealed class BrokerFaultsTests(OwnBroker broker) : IClassFixture<OwnBroker>
{
    private const int Seed = 1;

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task every_fault_hurts_and_is_healed()
    {
        await using var host = await broker.Node.CreateHostAsync();
        foreach (var fault in BrokerFaults.Of(host, new Random(Seed)).Where(fault => !fault.Name.Contains("poison", StringComparison.Ordinal)))
        {
            await using var connection = await ConnectAsync(host);
            await using var channel = await OpenAsync(connection);
            await PublishAsync(channel);

            await fault.InflictAsync();

            Assert.False(await IsConfirmedAsync(channel), $"{fault}, and a publisher has not noticed");
            await fault.HealAsync();
            await using var next = await ConnectAsync(host);
            await using var works = await OpenAsync(next);
            await PublishAsync(works);
        }
    }

    [Fact]
    public async Task poison_goes_into_every_queue_and_leaves_it()
    {
        await using var host = await broker.Node.CreateHostAsync();
        var callbacks = new Listener<CallbacksArrived>();
        await using var node = await BusNode.StartAsync(
            host.ConnectionString, [callbacks, new Listener<NotificationsWaiting>(), new Listener<OrdersWaiting>()]);
        await node.AttachedAsync();

        // Ten queues: callbacks, eight lanes of notifications, one application.
        Assert.Equal(10 * 22, await PoisonMessages.PublishAsync(host, new Random(Seed)));

        await Eventually.BecomesTrueAsync(async () => await host.WaitingAsync(BusQueues.Callbacks) == 0, "the poison is gone");
        Assert.True(await host.WaitingAsync(BusQueues.Parking(BusQueues.Callbacks)) > 0, "none of it was parked");
        node.Bus.CallbackArrived(5);
        await callbacks.HearsAllAsync([5]);
    }

    private static async Task<IConnection> ConnectAsync(VirtualHost host) =>
        await new ConnectionFactory { Uri = new Uri(host.ConnectionString), AutomaticRecoveryEnabled = false }.CreateConnectionAsync();

    /// <summary>With confirmation: a publication that returns was taken.</summary>
    private static async Task<IChannel> OpenAsync(IConnection connection)
    {
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await channel.QueueDeclareAsync("probe", durable: true, exclusive: false, autoDelete: false);
        return channel;
    }

    private static Task PublishAsync(IChannel channel) =>
        channel.BasicPublishAsync(string.Empty, "probe", mandatory: true, "probe"u8.ToArray()).AsTask();

    private static async Task<bool> IsConfirmedAsync(IChannel channel)
    {
        try
        {
            await PublishAsync(channel).WaitAsync(Moment);
            return true;
        }
        catch (Exception silent) when (silent is TimeoutException or RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return false;
        }
    }
}
