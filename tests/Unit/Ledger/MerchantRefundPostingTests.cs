using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Ledger;
using Xunit;

namespace PaymentEngine.Tests.Unit.Ledger;

/// <summary>What a merchant's refund moves: through transit, which holds what is on its way and nothing else.</summary>
[Trait("Rule", "A9")]
[Trait("Rule", "O9")]
public sealed class MerchantRefundPostingTests
{
    private static readonly DateOnly Day = new(2026, 11, 20);

    [Theory]
    [InlineData(PostingKind.RefundTaken, 0, "M7 -3000, TRANSIT 3000")]
    [InlineData(PostingKind.RefundTaken, 18, "M7 -2982, FEE -18, TRANSIT 3000")]
    [InlineData(PostingKind.RefundPaid, 18, "TRANSIT -3000, CH2 3000")]
    [InlineData(PostingKind.RefundReturned, 0, "TRANSIT -3000, M7 3000")]
    [InlineData(PostingKind.RefundReturned, 18, "TRANSIT -3000, M7 2982, FEE 18")]
    [InlineData(PostingKind.VoidTaken, 18, "M7 -2982, FEE -18, TRANSIT 3000")]
    [InlineData(PostingKind.VoidTaken, 3_000, "FEE -3000, TRANSIT 3000")]
    [InlineData(PostingKind.VoidPaid, 18, "TRANSIT -3000, CH2 3000")]
    [InlineData(PostingKind.VoidReturned, 18, "TRANSIT -3000, M7 2982, FEE 18")]
    [InlineData(PostingKind.RefundAfterAll, 18, "M7 -2982, FEE -18, CH2 3000")]
    public void A9_each_posting_moves_the_money_of_its_refund(PostingKind kind, long feeBack, string legs)
    {
        var (paid, refund) = Refund(feeBack);

        var posting = StandardPostings.For(new PostingIntent(kind, refund, Day), paid.Family, paid.Directory, new OrderId(77));

        Assert.Equal(legs, string.Join(", ", posting.Legs.Select(leg => $"{leg.Account.Number} {leg.Amount.Minor}")));
        Assert.Equal((new OrderId(77), refund.Id, kind, Day), (posting.Id, posting.Order, posting.Kind, posting.OnlyOn));
    }

    [Fact]
    public void A9_what_was_taken_is_paid_or_returned_and_nothing_stays_in_transit()
    {
        foreach (var ends in new[] { PostingKind.RefundPaid, PostingKind.RefundReturned, PostingKind.VoidPaid, PostingKind.VoidReturned })
        {
            var (paid, refund) = Refund(18);
            var taken = ends is PostingKind.VoidPaid or PostingKind.VoidReturned ? PostingKind.VoidTaken : PostingKind.RefundTaken;
            var legs = new[] { taken, ends }.SelectMany(kind =>
                StandardPostings.For(new PostingIntent(kind, refund), paid.Family, paid.Directory, new OrderId(77)).Legs).ToList();

            Assert.Equal(0, legs.Where(leg => leg.Account.Kind == AccountKind.Transit).Sum(leg => leg.Amount.Minor));
            var returned = ends is PostingKind.RefundReturned or PostingKind.VoidReturned;
            Assert.Equal(returned, legs.GroupBy(leg => leg.Account.Number).All(account => account.Sum(leg => leg.Amount.Minor) == 0));
        }
    }

    [Fact]
    public void a_refund_of_surplus_is_none_of_a_merchants()
    {
        var paid = new PaidTrade(feePpm: 6_000).Order(PaidTrade.WalletChannel, 88_00, InstitutionOrderStates.Succeeded);
        var surplus = paid.RefundOf(paid.Family.InstitutionOrders[0]);

        Assert.Throws<InvalidOperationException>(
            () => StandardPostings.For(new PostingIntent(PostingKind.RefundPaid, surplus), paid.Family, paid.Directory, new OrderId(77)));
    }

    private static (PaidTrade Paid, PaymentOrder Refund) Refund(long feeBack)
    {
        var paid = new PaidTrade(feePpm: 6_000).Order(PaidTrade.WalletChannel, 88_00, InstitutionOrderStates.Succeeded);
        return (paid, paid.MerchantRefundOf(paid.Family.InstitutionOrders[0], 30_00, feeBack));
    }
}
