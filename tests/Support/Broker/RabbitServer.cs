using PaymentEngine.Tests.Support.Processes;

namespace PaymentEngine.Tests.Support.Broker;

/// <summary>
/// The real RabbitMQ of the tests: the node in the directory that the environment names (./test does, and stops it at
/// the end), or the clone's own test node. Started by the first test that needs it.
/// </summary>
public static class RabbitServer
{
    public const string Variable = "PAYMENT_ENGINE_TEST_BROKER";

    private const string Own = ".data/test-rabbitmq";

    private static readonly Lazy<Task<BrokerNode>> Node = new(StartAsync);

    public static async Task<VirtualHost> CreateHostAsync() => await (await Node.Value).CreateHostAsync();

    private static async Task<BrokerNode> StartAsync()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(named))
        {
            Console.Error.WriteLine($"{Variable} is not set: using the node {Own}; it stays until scripts/rabbitmq stop {Own}");
        }

        var node = new BrokerNode(string.IsNullOrEmpty(named) ? Path.Combine(Repository.Root, Own) : named);
        await node.StartAsync();
        return node;
    }
}
