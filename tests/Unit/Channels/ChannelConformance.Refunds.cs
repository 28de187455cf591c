using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using Xunit;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>Refunds: orders of their own, about an order that was executed.</summary>
public abstract partial class ChannelConformance
{
    [Fact]
    [Trait("Rule", "C12")]
    public async Task C12_a_refund_is_succeeded_with_the_exact_amount_and_a_query_says_the_same()
    {
        var paid = await Paid();
        var refund = NewRefund(paid, 3_300);

        var refunded = Assert.IsType<ChannelOutcome.Succeeded>(await Refund(refund));
        var queried = Assert.IsType<ChannelOutcome.Succeeded>(await Query(refund));

        Assert.Equal((refund.Amount, refunded.InstitutionRef), (refunded.Amount, queried.InstitutionRef));
        Assert.Equal([refund.Amount], Refunds(paid.Number));
        Assert.Equal([paid.Amount], Executions(paid.Number));
    }

    [Fact]
    [Trait("Rule", "C13")]
    public async Task C13_the_same_refund_sent_again_gives_back_once()
    {
        var refund = NewRefund(await Paid(), 3_300);
        await Refund(refund);

        Assert.IsNotType<ChannelOutcome.Failed>(await Refund(refund));
        Assert.Single(Refunds(refund.Original!.Number));
    }

    [Fact]
    public async Task Never_more_is_given_back_than_was_taken()
    {
        var paid = await Paid();
        Assert.IsType<ChannelOutcome.Succeeded>(await Refund(NewRefund(paid, 8_000)));

        Assert.IsType<ChannelOutcome.Failed>(await Refund(NewRefund(paid, 801)));
        Assert.IsType<ChannelOutcome.Succeeded>(await Refund(NewRefund(paid, 800)));
        Assert.IsType<ChannelOutcome.Failed>(await Refund(NewRefund(paid, 1)));

        Assert.Equal([8_000L, 800L], Refunds(paid.Number).Select(refund => refund.Minor));
    }

    [Fact]
    public async Task What_was_never_taken_is_not_given_back()
    {
        var declined = NewOrder(BankBehaviour.Declines);
        await Pay(declined);

        Assert.IsType<ChannelOutcome.Failed>(await Refund(NewRefund(declined, 100)));
        Assert.IsType<ChannelOutcome.Failed>(await Refund(NewRefund(NewOrder(BankBehaviour.Succeeds), 100)));
        Assert.Empty(Refunds(declined.Number));
    }

    [Fact]
    [Trait("Rule", "C12")]
    public async Task C12_a_refund_that_takes_its_time_is_accepted_until_a_query_says_succeeded()
    {
        var paid = NewOrder(BankBehaviour.RefundsLater);
        await Pay(paid);
        var refund = NewRefund(paid, 8_800);
        Assert.IsType<ChannelOutcome.Accepted>(await Refund(refund));

        LetAcceptedOrdersFinish();

        Assert.Equal(refund.Amount, Assert.IsType<ChannelOutcome.Succeeded>(await Query(refund)).Amount);
        Assert.Single(Refunds(paid.Number));
    }

    [Fact]
    [Trait("Rule", "C13")]
    public async Task C13_a_refund_that_is_cancelled_before_it_starts_is_not_sent_and_reaches_nobody()
    {
        var refund = NewRefund(await Paid(), 100);

        Assert.IsType<ChannelOutcome.NotSent>(await Channel.RefundAsync(refund, new CancellationToken(canceled: true)));
        Assert.False(WasNoticed(refund.Number));
    }

    private async Task<ChannelOrder> Paid()
    {
        var order = NewOrder(BankBehaviour.Succeeds);
        Assert.IsType<ChannelOutcome.Succeeded>(await Pay(order));
        return order;
    }
}
