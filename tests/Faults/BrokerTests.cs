using PaymentEngine.Runtime.Bus;
using PaymentEngine.Tests.Support.Broker;

namespace PaymentEngine.Tests.Faults;

/// <summary>Engines that share a real RabbitMQ, and what becomes of orders when it is not there, dies or forgets everything.</summary>
[Trait("Rule", "M1")]
public sealed class BrokerTests
{
    [Fact]
    [Trait("Rule", "C15")]
    [Trait("Rule", "N1")]
    public async Task Two_engines_carry_callbacks_and_notifications_over_the_broker_alone()
    {
        await using var host = await RabbitServer.CreateHostAsync();
        await using var world = await BankWorld.CreateAsync(host.ConnectionString);
        var (one, other) = (world.Engine, world.AddNode());
        await world.DemandTheBusAsync(one, other);
        await using var engine = await EngineProcess.StartAsync(one);
        await using var neighbour = await EngineProcess.StartAsync(other);
        await BothAreAttachedAsync(host);

        var (crowd, neighbours) = (world.Crowd("ONE"), world.Crowd("OTHER"));
        using var enough = new CancellationTokenSource();
        var load = Task.WhenAll(crowd.SubmitAsync(engine, enough.Token), neighbours.SubmitAsync(neighbour, enough.Token));
        await crowd.AcknowledgedAsync(more: 200);
        await neighbours.AcknowledgedAsync(more: 200);
        await enough.CancelAsync();
        await load;

        await world.EverythingIsPaidAndToldAsync(crowd, neighbours);
        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from callback_pending"));
        Assert.DoesNotContain(await host.QueuesAsync("name", "messages"), queue => queue.Contains(".parked\t") && !queue.EndsWith("\t0"));
    }

    [Fact]
    public async Task An_engine_starts_and_works_without_its_broker_and_the_sweeps_do_the_work()
    {
        await using var world = await BankWorld.CreateAsync("amqp://engine:nobody@127.0.0.1:1/nowhere");
        world.Engine.Environment["Notifications__SafetyNet"] = "00:00:02";
        await using var engine = await EngineProcess.StartAsync(world.Engine);
        var crowd = world.Crowd("ALONE");
        using var enough = new CancellationTokenSource();
        var load = crowd.SubmitAsync(engine, enough.Token);
        await crowd.AcknowledgedAsync(more: 200);
        await enough.CancelAsync();
        await load;

        await world.EverythingIsPaidAndToldAsync(crowd);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_broker_that_is_killed_and_emptied_under_load_loses_no_order()
    {
        var broker = new BrokerNode(Directory.CreateTempSubdirectory("payment-engine-broker-").FullName);
        try
        {
            await broker.StartAsync();
            var host = await broker.CreateHostAsync();
            await using var world = await BankWorld.CreateAsync(host.ConnectionString);
            var (one, other) = (world.Engine, world.AddNode());
            one.Environment["Notifications__SafetyNet"] = other.Environment["Notifications__SafetyNet"] = "00:00:05";
            await using var engine = await EngineProcess.StartAsync(one);
            await using var neighbour = await EngineProcess.StartAsync(other);
            await BothAreAttachedAsync(host);
            var crowd = world.Crowd("EMPTIED");
            using var enough = new CancellationTokenSource();
            var load = crowd.SubmitAsync(engine, enough.Token);
            await crowd.AcknowledgedAsync(more: 200);

            await broker.KillAsync();
            await crowd.AcknowledgedAsync(more: 200);
            await broker.EmptyAsync();
            await broker.StartAsync();
            await broker.AddHostAsync(host.Name);
            await crowd.AcknowledgedAsync(more: 200);
            await enough.CancelAsync();
            await load;

            await world.EverythingIsPaidAndToldAsync(crowd);

            // Nobody had to help: what comes now goes over the broker again.
            await BothAreAttachedAsync(host);
        }
        finally
        {
            await broker.DestroyAsync();
        }
    }

    /// <summary>What is published before its queue is there is dropped, and left to the sweeps.</summary>
    private static Task BothAreAttachedAsync(VirtualHost host) => Eventually.BecomesTrueAsync(
        async () =>
        {
            var queues = await host.QueuesAsync("name", "consumers");
            return queues.Contains($"{BusQueues.Callbacks}\t2")
                && Enumerable.Range(0, BusQueues.Lanes).All(lane => queues.Contains($"{BusQueues.Notifications(lane)}\t2"));
        },
        "both engines are attached to their queues");
}
