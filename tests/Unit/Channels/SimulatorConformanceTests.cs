using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using Xunit;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>The simulator as it runs by default: 50 to 200 ms.</summary>
public sealed class SimulatorConformanceTests() : SimulatorConformance(50, 200);

/// <summary>The simulator that answers at once, as tests of the engine use it.</summary>
public sealed class InstantSimulatorConformanceTests() : SimulatorConformance(0, 0);

/// <summary>The simulator behind a port of this machine.</summary>
public sealed class HttpSimulatorConformanceTests() : SimulatorConformance(50, 200, overHttp: true);

/// <summary>The simulator behind a port of this machine, answering at once.</summary>
public sealed class InstantHttpSimulatorConformanceTests() : SimulatorConformance(0, 0, overHttp: true);

public abstract class SimulatorConformance(int minLatencyMs, int maxLatencyMs, bool overHttp = false) : ChannelConformance, IAsyncLifetime, IDisposable
{
    private readonly SimulatorHouse _house = new(minLatencyMs, maxLatencyMs);

    protected override IInstitutionChannel Channel => _house.Channel;

    public Task InitializeAsync() => overHttp ? _house.MoveBehindAPortAsync() : Task.CompletedTask;

    public Task DisposeAsync() => _house.StopServingAsync();

    public void Dispose()
    {
        _house.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override string PayerFor(BankBehaviour behaviour) => behaviour switch
    {
        BankBehaviour.Succeeds => "6222020000000000000",
        BankBehaviour.Declines => "sim-decline",
        BankBehaviour.AcceptsFirst => "sim-accept",
        BankBehaviour.ExecutesWithoutAnswer => "sim-timeout-executed",
        BankBehaviour.RefundsLater => "sim-refund-accept",
        _ => throw new ArgumentOutOfRangeException(nameof(behaviour), behaviour, "no payer account behaves so"),
    };

    protected override Task WhileTheInstitutionWorks(Task call) => _house.WhileItWorks(call);

    protected override void LetAcceptedOrdersFinish() => _house.Clock.Advance(TimeSpan.FromMinutes(1));

    protected override IReadOnlyList<Money> Executions(string number) => [.. _house.Journal.Debits(number)];

    protected override IReadOnlyList<Money> Refunds(string original) => [.. _house.Journal.Refunds(original)];

    protected override Task<CallbackRequest> CallbackOf(string number) => _house.CallbackOf(number);

    /// <summary>On the wire nobody tells when a call has arrived that is never answered.</summary>
    protected override async Task UntilNoticed(string number)
    {
        while (overHttp && !WasNoticed(number))
        {
            _house.Clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }
    }

    protected override bool WasNoticed(string number) => _house.Journal.Of(number).Any();
}
