using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using Xunit;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>The simulator as it runs by default: 50 to 200 ms.</summary>
public sealed class SimulatorConformanceTests() : SimulatorConformance(50, 200);

/// <summary>The simulator that answers at once, as tests of the engine use it.</summary>
public sealed class InstantSimulatorConformanceTests() : SimulatorConformance(0, 0);

public abstract class SimulatorConformance(int minLatencyMs, int maxLatencyMs) : ChannelConformance, IDisposable
{
    private readonly SimulatorHouse _house = new(minLatencyMs, maxLatencyMs);

    protected override IInstitutionChannel Channel => _house.Channel;

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
        _ => throw new ArgumentOutOfRangeException(nameof(behaviour), behaviour, "no payer account behaves so"),
    };

    protected override Task WhileTheInstitutionWorks(Task call) => _house.WhileItWorks(call);

    protected override void LetAcceptedOrdersFinish() => _house.Clock.Advance(TimeSpan.FromMinutes(1));

    protected override IReadOnlyList<Money> Executions(string number) =>
        [.. _house.Journal.Of(number)
            .Where(entry => entry.Event == JournalEvent.Executed)
            .Select(entry => new Money(entry.AmountMinor!.Value, Currency.Parse(entry.Currency)))];

    protected override bool WasNoticed(string number) => _house.Journal.Of(number).Any();
}
