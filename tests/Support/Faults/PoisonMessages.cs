using System.Text;
using PaymentEngine.Runtime.Bus;
using PaymentEngine.Tests.Support.Broker;
using RabbitMQ.Client;

namespace PaymentEngine.Tests.Support.Faults;

/// <summary>What somebody may put into a queue of the engine who should not.</summary>
public static class PoisonMessages
{
    /// <summary>Into every queue that the engine has declared, one of each kind. Returns how many.</summary>
    public static async Task<int> PublishAsync(VirtualHost host, Random random)
    {
        var queues = (await host.QueuesAsync("name")).Where(queue => !queue.EndsWith(".parked", StringComparison.Ordinal));
        await using var connection = await new ConnectionFactory { Uri = new Uri(host.ConnectionString) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var published = 0;
        foreach (var queue in queues)
        {
            foreach (var body in Bodies(random))
            {
                await channel.BasicPublishAsync(string.Empty, queue, mandatory: true, body);
                published++;
            }
        }

        return published;
    }

    private static IEnumerable<byte[]> Bodies(Random random)
    {
        var noise = new byte[random.Next(1, 1000)];
        random.NextBytes(noise);
        yield return noise;
        string[] texts =
        [
            // Not JSON.
            "", "\0", "{\"callbacks\":[1,", new string('[', 100_000), new string('x', 2_000_000),

            // Another shape.
            "null", "[]", "7", "\"callbacks\"", "{}", "{\"callbacks\":null}", "{\"callbacks\":\"all\"}", "{\"callbacks\":[1e400]}",
            "{\"lane\":-1,\"notifications\":null}", "{\"lane\":99,\"notifications\":[{}]}", "{\"application\":null,\"trades\":[1],\"orders\":null}",

            // The right shape, and nothing behind it.
            $"{{\"callbacks\":[{Nobody(1)}]}}", $"{{\"callbacks\":[{Nobody(50_000)}]}}",
            $"{{\"lane\":{random.Next(-1, 9)},\"notifications\":[{Nobody(10)}]}}",
            $"{{\"application\":\"nobody\",\"trades\":[{Nobody(10)}],\"orders\":[{Nobody(10)}]}}",
            $"{{\"application\":\"acme\",\"trades\":[{Nobody(3)}],\"orders\":[{Nobody(1)}]}}",
        ];
        foreach (var text in texts)
        {
            yield return Encoding.UTF8.GetBytes(text);
        }

        string Nobody(int count) => string.Join(',', Enumerable.Range(0, count).Select(_ => random.NextInt64(long.MinValue, 0)));
    }
}
