using PaymentEngine.Tests.Support.Broker;

namespace PaymentEngine.Tests.Support.Faults;

/// <summary>What can happen to a RabbitMQ node of one's own, and to a virtual host on it.</summary>
public static class BrokerFaults
{
    public static IReadOnlyList<Fault> Of(VirtualHost host, Random random)
    {
        var node = host.Node;
        var poison = new Random(random.Next());
        return
        [
            new Fault("the broker is killed", node.KillAsync, node.StartAsync),
            new Fault("the broker is stopped", node.StopAsync, node.StartAsync),
            new Fault("the broker is frozen", node.FreezeAsync, node.ThawAsync),
            new Fault("the broker is killed and its data deleted", EmptyAsync, FurnishAsync),
            new Fault("the broker is out of memory and blocks publishers", () => LimitMemoryAsync("0"), () => LimitMemoryAsync("absolute", "1GB")),
            new Fault("every connection to the broker is closed", host.CutConnectionsAsync, () => Task.CompletedTask),
            new Fault("poison in every queue", () => PoisonMessages.PublishAsync(host, poison), () => Task.CompletedTask),
        ];

        async Task EmptyAsync()
        {
            await node.KillAsync();
            await node.EmptyAsync();
        }

        async Task FurnishAsync()
        {
            await node.StartAsync();
            await node.AddHostAsync(host.Name);
        }

        Task LimitMemoryAsync(params string[] limit) => node.ControlAsync(["set_vm_memory_high_watermark", .. limit]);
    }
}
