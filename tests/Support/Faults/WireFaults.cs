using Npgsql;

namespace PaymentEngine.Tests.Support.Faults;

/// <summary>Wires to the engine's neighbours, and what can happen to each.</summary>
public static class WireFaults
{
    /// <summary>A wire to a PostgreSQL server, and the connection string that leads through it.</summary>
    public static (TcpProxy Proxy, string ConnectionString) ToDatabase(string connectionString)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        var proxy = TcpProxy.Open(server.Host!, server.Port);
        (server.Host, server.Port) = ("127.0.0.1", proxy.Port);
        return (proxy, server.ConnectionString);
    }

    /// <summary>A wire to whatever a URI names (http, amqp), and the URI that leads through it.</summary>
    public static (TcpProxy Proxy, Uri Address) To(Uri address)
    {
        var proxy = TcpProxy.Open(address.Host, address.Port);
        return (proxy, new UriBuilder(address) { Host = "127.0.0.1", Port = proxy.Port }.Uri);
    }

    /// <param name="wire">In words: the wire to the database.</param>
    public static IReadOnlyList<Fault> Of(string wire, TcpProxy proxy, Random random)
    {
        var delayMs = random.Next(5, 500);
        // As often within a greeting as in the middle of the traffic.
        var bytesUp = random.Next(1 << random.Next(1, 18));
        var bytesDown = random.Next(1 << random.Next(1, 18));
        var answers = random.Next(20);
        return
        [
            Lasting($"{wire} refuses connections", new WireMode.Refuse()),
            Lasting($"{wire} swallows everything", new WireMode.BlackHole()),
            Lasting($"{wire} takes {delayMs} ms each way", new WireMode.Delay(TimeSpan.FromMilliseconds(delayMs))),
            Lasting($"{wire} is cut after {bytesUp} bytes to the server", new WireMode.CutAfter(bytesUp, Side.Client)),
            Lasting($"{wire} is cut after {bytesDown} bytes from the server", new WireMode.CutAfter(bytesDown, Side.Server)),
            Lasting($"{wire} passes {answers} answers and is cut instead of the next", new WireMode.CutAnswer(answers)),
            new Fault($"{wire} is cut", CutAllAsync, () => Task.CompletedTask),
        ];

        Fault Lasting(string name, WireMode mode) => new(name, () => SetAsync(mode), () => SetAsync(new WireMode.Pass()));

        Task SetAsync(WireMode mode)
        {
            proxy.Mode = mode;
            return Task.CompletedTask;
        }

        Task CutAllAsync()
        {
            proxy.CutAll();
            return Task.CompletedTask;
        }
    }
}
