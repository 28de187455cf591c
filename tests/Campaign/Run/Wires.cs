using PaymentEngine.Tests.Support.Faults;

namespace PaymentEngine.Tests.Campaign.Run;

/// <summary>The wires between the nodes and their neighbours; each can be hurt.</summary>
internal sealed class Wires : IAsyncDisposable
{
    private readonly Dictionary<int, TcpProxy> _database = [];
    private readonly Dictionary<int, TcpProxy> _broker = [];

    private Wires(TcpProxy bank, TcpProxy callbacks) => (Bank, Callbacks) = (bank, callbacks);

    public TcpProxy Bank { get; }

    /// <summary>From the bank to one of the nodes.</summary>
    public TcpProxy Callbacks { get; }

    public TcpProxy Database(Node node) => _database[node.Number];

    public TcpProxy Broker(Node node) => _broker[node.Number];

    /// <summary>Puts the wires between the nodes, which have not been started yet, and everybody else.</summary>
    public static Wires Lay(IReadOnlyList<Node> nodes, string database, string? broker, TcpProxy callbacks, Uri bank)
    {
        var (toBank, bankAddress) = WireFaults.To(bank);
        var wires = new Wires(toBank, callbacks);
        foreach (var node in nodes)
        {
            (wires._database[node.Number], node.Settings.Environment["ConnectionStrings__Engine"]) = WireFaults.ToDatabase(database);
            node.Settings.Environment["Engine__DemoInstitution"] = bankAddress.AbsoluteUri;
            if (broker is not null)
            {
                (wires._broker[node.Number], var address) = WireFaults.To(new Uri(broker));
                node.Settings.Environment["ConnectionStrings__Broker"] = address.AbsoluteUri;
                node.Settings.Environment["Bus__Transport"] = "RabbitMq";
            }
        }

        return wires;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var wire in _database.Values.Concat(_broker.Values).Append(Bank).Append(Callbacks))
        {
            await wire.DisposeAsync();
        }
    }
}
