using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Orders;
using Xunit;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>The payer accounts of the simulator's handbook, as the engine meets them through the adapter.</summary>
public sealed class SimulatorScenarioTests : IDisposable
{
    private readonly SimulatorHouse _house = new();

    public void Dispose() => _house.Dispose();

    [Fact]
    public async Task Insufficient_funds_are_a_certain_failure()
    {
        // The unified code is what merchants read; the institution's own stands beside it.
        var failed = new ChannelOutcome.Failed("declined", "insufficient_funds");
        Assert.Equal(failed, await Pay("sim-decline"));
        Assert.Equal(failed, await Query("sim-decline"));
    }

    [Fact]
    public async Task An_accepted_order_stays_accepted_until_its_delay_is_over()
    {
        Assert.IsType<ChannelOutcome.Accepted>(await Pay("sim-accept"));
        _house.Clock.Advance(TimeSpan.FromMilliseconds(_house.Options.AcceptDelayMs - 1));
        Assert.IsType<ChannelOutcome.Accepted>(await Query("sim-accept"));
        Assert.Equal(0, Executions("sim-accept"));

        _house.Clock.Advance(TimeSpan.FromMilliseconds(20));

        Assert.IsType<ChannelOutcome.Succeeded>(await Query("sim-accept"));
        Assert.Equal(1, Executions("sim-accept"));
    }

    [Fact]
    public async Task An_executed_order_without_an_answer_is_unknown_and_found_by_query()
    {
        Assert.IsType<ChannelOutcome.Unknown>(await PayUntilDeadline("sim-timeout-executed"));
        Assert.IsType<ChannelOutcome.Succeeded>(await Query("sim-timeout-executed"));
    }

    [Fact]
    [Trait("Rule", "C13")]
    public async Task C13_a_lost_order_is_unknown_then_not_known_and_succeeds_when_sent_again_with_its_number()
    {
        Assert.IsType<ChannelOutcome.Unknown>(await PayUntilDeadline("sim-timeout-lost"));
        Assert.IsType<ChannelOutcome.NotKnown>(await Query("sim-timeout-lost"));
        Assert.Equal(0, Executions("sim-timeout-lost"));

        Assert.IsType<ChannelOutcome.Succeeded>(await Pay("sim-timeout-lost"));
        Assert.Equal(1, Executions("sim-timeout-lost"));
    }

    [Fact]
    public async Task A_refused_connection_is_not_sent_and_the_next_send_succeeds()
    {
        Assert.IsType<ChannelOutcome.NotSent>(await Pay("sim-notsent-once"));
        Assert.IsType<ChannelOutcome.NotKnown>(await Query("sim-notsent-once"));

        Assert.IsType<ChannelOutcome.Succeeded>(await Pay("sim-notsent-once"));
        Assert.Equal(1, Executions("sim-notsent-once"));
    }

    [Fact]
    [Trait("Rule", "C11")]
    public async Task C11_garbage_decides_nothing_and_a_query_finds_the_success()
    {
        Assert.IsType<ChannelOutcome.Unknown>(await Pay("sim-garbage"));
        Assert.IsType<ChannelOutcome.Succeeded>(await Query("sim-garbage"));
    }

    [Fact]
    public async Task Success_with_another_amount_is_unknown_to_the_call_and_to_every_query()
    {
        Assert.IsType<ChannelOutcome.Unknown>(await Pay("sim-amount"));
        Assert.IsType<ChannelOutcome.Unknown>(await Query("sim-amount"));
        Assert.Equal([8_800L], _house.Journal.Of("sim-amount").Where(e => e.Event == JournalEvent.Executed).Select(e => e.AmountMinor));
        Assert.Equal([8_801L], _house.Journal.Of("sim-amount").Where(e => e.Event == JournalEvent.Answered).Select(e => e.AmountMinor));
    }

    [Fact]
    public async Task A_stuck_order_is_unknown_and_accepted_for_ever()
    {
        Assert.IsType<ChannelOutcome.Unknown>(await Pay("sim-stuck"));
        for (var minutes = 1; minutes < 30; minutes *= 5)
        {
            _house.Clock.Advance(TimeSpan.FromMinutes(minutes));
            Assert.IsType<ChannelOutcome.Accepted>(await Query("sim-stuck"));
        }

        Assert.Equal(0, Executions("sim-stuck"));
    }

    /// <summary>Every test uses its payer account as the order's number too.</summary>
    private static ChannelOrder Order(string payer) => new(
        7, ChannelInterface.Pay, payer, new Money(8_800, Currency.Parse("CNY")), PaymentMethod.Quick, payer, null, default);

    private Task<ChannelOutcome> Pay(string payer) => _house.Channel.PayAsync(Order(payer), default).AsTask();

    private Task<ChannelOutcome> Query(string payer) => _house.Channel.QueryAsync(Order(payer), default).AsTask();

    private async Task<ChannelOutcome> PayUntilDeadline(string payer)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10), _house.Clock);
        var call = _house.Channel.PayAsync(Order(payer), deadline.Token);
        _house.Clock.Advance(TimeSpan.FromSeconds(10));
        return await call;
    }

    private int Executions(string number) => _house.Journal.Executions(number);
}
