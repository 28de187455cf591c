using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Workflows.Decisions;
using Xunit;

namespace PaymentEngine.Tests.Unit.Workflows;

/// <summary>Every condition of C14 alone is enough to forbid a reroute, whatever a script would say.</summary>
[Trait("Rule", "C14")]
public sealed class RerouteDecisionTests
{
    private static readonly Evidence Certain = new(EvidenceKind.CertainFailure, "said so");

    private readonly Journey _journey = Journey.Started();

    private readonly ChannelSettings _channel = new FakeWorld().Channel with { MaximumReroutes = 2 };

    [Fact]
    public void a_certain_failure_may_go_elsewhere_as_often_as_the_channel_allows_C14()
    {
        Assert.True(MayReroute(reroutes: 0));
        Assert.True(MayReroute(reroutes: 1));
        Assert.False(MayReroute(reroutes: 2));
    }

    [Fact]
    public void not_where_the_channel_does_not_allow_it_C14() => Assert.False(MayReroute(_channel with { MaximumReroutes = 0 }));

    [Fact]
    public void not_without_evidence_C14() =>
        Assert.False(RerouteDecision.MayReroute(_journey.Payment, _journey.Trade, _channel, evidence: null, 0, _journey.Now));

    [Fact]
    public void not_once_the_trade_has_expired_C14()
    {
        Assert.True(MayReroute(after: TimeSpan.FromMinutes(15) - TimeSpan.FromTicks(1)));
        Assert.False(MayReroute(after: TimeSpan.FromMinutes(15)));
    }

    [Fact]
    public void not_for_a_trade_that_is_being_closed_C14()
    {
        _journey.Close();
        Assert.False(MayReroute());
    }

    [Fact]
    public void not_for_a_trade_whose_facts_have_changed_C14()
    {
        _journey.Revise(99_00);
        Assert.False(MayReroute());
    }

    [Fact]
    public void never_for_money_that_is_given_back_C14()
    {
        var refund = new PaymentOrder
        {
            Id = _journey.Payment.Id,
            TradeId = _journey.Trade.Id,
            Amount = _journey.Trade.Amount,
            CreatedAt = _journey.Now,
            Kind = PaymentKind.Refund,
            Method = PaymentMethod.OnlineBanking,
            Revision = 1,
            RequestSerial = "r-1",
            ExpiresAt = _journey.Now.AddDays(180),
        };
        Assert.False(RerouteDecision.MayReroute(refund, _journey.Trade, _channel, Certain, 0, _journey.Now));
    }

    private bool MayReroute(ChannelSettings? channel = null, int reroutes = 0, TimeSpan after = default) => RerouteDecision.MayReroute(
        _journey.Payment, _journey.Trade, channel ?? _channel, Certain, reroutes, _journey.Now + after);
}
