using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Callbacks;
using PaymentEngine.Runtime.Results;
using PaymentEngine.Tests.Unit.Ledger;
using PaymentEngine.Tests.Unit.Support;
using PaymentEngine.Workflows.Messages;
using Xunit;

namespace PaymentEngine.Tests.Unit.Results;

[Trait("Rule", "C15")]
public sealed class AcceptancesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly FakeClock _clock = new();
    private readonly PaidTrade _trade = new(feePpm: 0);
    private readonly InstitutionOrder _order;
    private readonly Acceptances _acceptances;

    public AcceptancesTests()
    {
        _order = _trade.Order(PaidTrade.QuickChannel, 88_00, InstitutionOrderStates.Sending).Family.InstitutionOrders[0];
        _acceptances = new Acceptances(new CallbackOptions { AcceptancePatience = Patience }, _clock);
    }

    [Fact]
    public async Task the_callback_takes_the_acceptance_and_nobody_else_does_C15()
    {
        var waiting = WaitAsync();

        var taken = _acceptances.Take(_order.ChannelId, _order.InstitutionNumber);

        Assert.Same(_trade.Family, taken?.Family);
        Assert.True(await waiting);
        Assert.Null(_acceptances.Take(_order.ChannelId, _order.InstitutionNumber));
    }

    [Fact]
    public async Task without_a_callback_whoever_made_the_call_goes_on_by_himself_C15()
    {
        var waiting = WaitAsync();

        _clock.Advance(Patience);

        Assert.False(await waiting);
        Assert.Null(_acceptances.Take(_order.ChannelId, _order.InstitutionNumber));
    }

    [Fact]
    public void what_another_channel_says_of_the_number_takes_nothing_C15()
    {
        var waiting = WaitAsync();

        Assert.Null(_acceptances.Take(PaidTrade.WalletChannel, _order.InstitutionNumber));
        Assert.False(waiting.IsCompleted);
    }

    private Task<bool> WaitAsync() =>
        _acceptances.WaitAsync(_trade.Family, _order, new InstitutionAccepted(_order.Id, "ref", "P", FromQuery: false)).AsTask();
}
