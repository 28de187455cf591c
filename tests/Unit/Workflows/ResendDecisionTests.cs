using PaymentEngine.Core.Directory;
using PaymentEngine.Workflows.Decisions;
using Xunit;

namespace PaymentEngine.Tests.Unit.Workflows;

/// <summary>Every condition of C13 alone is enough to forbid a resend.</summary>
[Trait("Rule", "C13")]
public sealed class ResendDecisionTests
{
    private static readonly TimeSpan Safe = TimeSpan.FromSeconds(10 + 30);

    private readonly Journey _journey = Journey.Started();

    private readonly ChannelSettings _channel = new FakeWorld().Channel;

    [Fact]
    public void an_idempotent_channel_is_sent_to_again_after_the_safety_delay_C13() => Assert.True(MayResend());

    [Fact]
    public void not_without_the_promise_of_the_institution_C13() => Assert.False(MayResend(_channel with { Idempotent = false }));

    [Fact]
    public void not_within_the_safety_delay_after_the_call_C13() =>
        Assert.False(MayResend(after: Safe - TimeSpan.FromMilliseconds(1)));

    [Fact]
    public void not_more_often_than_the_channel_allows_C13() => Assert.False(MayResend(_channel with { MaximumSends = 1 }));

    [Fact]
    public void not_once_the_payment_has_expired_C13()
    {
        Assert.True(MayResend(after: TimeSpan.FromDays(7) - TimeSpan.FromMilliseconds(1)));
        Assert.False(MayResend(after: TimeSpan.FromDays(7)));
    }

    [Fact]
    public void not_for_a_trade_that_is_being_closed_C13()
    {
        _journey.Close();
        Assert.False(MayResend());
    }

    [Fact]
    public void not_for_a_trade_whose_facts_have_changed_C13()
    {
        _journey.Revise(99_00);
        Assert.False(MayResend());
    }

    [Fact]
    public void the_delay_counts_from_the_creation_when_nobody_holds_the_order_C13()
    {
        _journey.Order.SendBy = null;
        Assert.True(MayResend(after: TimeSpan.FromSeconds(30)));
        Assert.False(MayResend(after: TimeSpan.FromSeconds(29)));
    }

    [Fact]
    public void an_answer_from_within_the_safety_delay_is_not_believed_when_it_is_decided_on_later_C13() =>
        Assert.False(MayResend(after: Safe, askedBefore: TimeSpan.FromMilliseconds(1)));

    private bool MayResend(ChannelSettings? channel = null, TimeSpan? after = null, TimeSpan askedBefore = default)
    {
        var now = _journey.Now + (after ?? Safe);
        return ResendDecision.MayResend(_journey.Order, _journey.Payment, _journey.Trade, channel ?? _channel, now - askedBefore, now);
    }
}
