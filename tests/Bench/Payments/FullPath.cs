using PaymentEngine.Bench.Cluster;
using PaymentEngine.Bench.Engine;
using PaymentEngine.Bench.Load;
using PaymentEngine.Bench.Machine;
using PaymentEngine.Bench.Outside;
using PaymentEngine.Store.Seeds;

namespace PaymentEngine.Bench.Payments;

/// <summary>
/// What `--broker` adds: an institution over HTTP that tells results by callback, a merchant who wants to be told, and
/// RabbitMQ between the engine's parts.
/// </summary>
internal sealed class FullPath(Broker broker, string directory) : IAsyncDisposable
{
    private readonly int _port = FreePort.Find();
    private readonly string _toldPath = Path.Combine(directory, "told");
    private OutsideProcess? _outside;

    public Broker Broker { get; } = broker;

    public int OutsideId => _outside!.Id;

    public string JournalPath { get; } = InstitutionFile.OutsideIn(directory);

    public string NotifyUrl => $"http://127.0.0.1:{_port}/told";

    /// <summary>The trades of which the merchant was told; complete when the institution has ended.</summary>
    public IEnumerable<long> ToldIds => AcknowledgedTrades.ReadIds(_toldPath);

    public IEnumerable<(string Name, string Value)> EngineSettings =>
    [
        ("Engine__DemoInstitution", $"http://127.0.0.1:{_port}/"),
        ("Bus__Transport", "RabbitMq"),
        ("ConnectionStrings__Broker", Broker.ConnectionString),
    ];

    public async Task StartAsync(EngineProcess engine, CancellationToken cancellation) =>
        _outside = await OutsideProcess.StartAsync(
            new OutsideOptions
            {
                Port = _port,
                EngineAddress = engine.Ready.Address,
                Secret = DemoSeed.InstitutionSecret,
                CallsBack = true,
                JournalPath = JournalPath,
                ToldPath = _toldPath,
            },
            cancellation);

    public Task<OutsideFigures> StopAsync(CancellationToken cancellation) => _outside!.StopAsync(cancellation);

    public ValueTask DisposeAsync() => _outside?.DisposeAsync() ?? ValueTask.CompletedTask;
}
