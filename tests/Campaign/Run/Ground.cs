using PaymentEngine.Tests.Support.Broker;

namespace PaymentEngine.Tests.Campaign.Run;

/// <summary>The servers that the runs of a campaign use one after the other.</summary>
internal sealed class Ground : IAsyncDisposable
{
    private readonly BrokerNode _broker = new(Directory.CreateTempSubdirectory("payment-engine-broker-").FullName);
    private bool _hasBroker;

    /// <summary>The broker, started when a run needs it for the first time.</summary>
    public async Task<BrokerNode> BrokerAsync()
    {
        _hasBroker = true;
        await _broker.StartAsync();
        return _broker;
    }

    public async ValueTask DisposeAsync()
    {
        if (_hasBroker)
        {
            await _broker.DestroyAsync();
        }
    }
}
