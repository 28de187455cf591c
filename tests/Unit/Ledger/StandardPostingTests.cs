using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Ledger;
using Xunit;

namespace PaymentEngine.Tests.Unit.Ledger;

[Trait("Rule", "A3")]
public sealed class StandardPostingTests
{
    private static readonly OrderId PostingId = new(77);

    [Fact]
    public void A3_a_payment_debits_its_channel_and_credits_the_merchant_net_of_the_fee()
    {
        var paid = new PaidTrade(feePpm: 6_000).Order(PaidTrade.QuickChannel, 88_00, InstitutionOrderStates.Succeeded);

        var posting = StandardPostings.Payment(paid.Payment, paid.Family, paid.Directory, PostingId);

        Assert.Equal([("CH1", -88_00), ("M7", 87_47), ("FEE", 53)], Legs(posting));
        Assert.Equal((PostingId, paid.Payment.Id, PostingKind.Payment), (posting.Id, posting.Order, posting.Kind));
    }

    [Fact]
    public void A3_a_fee_of_nothing_has_no_leg()
    {
        var paid = new PaidTrade(feePpm: 0).Order(PaidTrade.QuickChannel, 88_00, InstitutionOrderStates.Succeeded);

        Assert.Equal(
            [("CH1", -88_00), ("M7", 88_00)],
            Legs(StandardPostings.Payment(paid.Payment, paid.Family, paid.Directory, PostingId)));
    }

    [Fact]
    public void A3_a_fee_that_takes_everything_leaves_no_leg_for_the_merchant()
    {
        var paid = new PaidTrade(feePpm: 1_000_000).Order(PaidTrade.QuickChannel, 88_00, InstitutionOrderStates.Succeeded);

        Assert.Equal(
            [("CH1", -88_00), ("FEE", 88_00)],
            Legs(StandardPostings.Payment(paid.Payment, paid.Family, paid.Directory, PostingId)));
    }

    [Fact]
    public void A3_each_institution_order_that_succeeded_is_a_leg_of_its_own_channel_and_the_fee_is_of_the_whole()
    {
        var paid = new PaidTrade(feePpm: 6_000)
            .Order(PaidTrade.QuickChannel, 30_00, InstitutionOrderStates.Failed)
            .Order(PaidTrade.QuickChannel, 30_00, InstitutionOrderStates.Succeeded)
            .Order(PaidTrade.WalletChannel, 58_00, InstitutionOrderStates.Succeeded)
            .OrderOfAnotherPayment(PaidTrade.WalletChannel, 88_00, InstitutionOrderStates.Succeeded);

        Assert.Equal(
            [("CH1", -30_00), ("CH2", -58_00), ("M7", 87_47), ("FEE", 53)],
            Legs(StandardPostings.Payment(paid.Payment, paid.Family, paid.Directory, PostingId)));
    }

    [Fact]
    public void A3_a_surplus_goes_to_suspense_whole_and_earns_no_fee()
    {
        var paid = new PaidTrade(feePpm: 6_000).Order(PaidTrade.QuickChannel, 88_00, InstitutionOrderStates.Succeeded);

        var order = paid.Family.InstitutionOrders[0];

        var posting = StandardPostings.Surplus(order, paid.Directory, PostingId);

        Assert.Equal([("CH1", -88_00), ("SUSPENSE", 88_00)], Legs(posting));
        Assert.Equal((PostingId, order.Id, PostingKind.Surplus), (posting.Id, posting.Order, posting.Kind));
    }

    [Fact]
    [Trait("Rule", "O4")]
    public void O4_a_refund_takes_the_money_out_of_suspense_and_the_channel_owes_it_no_longer()
    {
        var paid = new PaidTrade(feePpm: 6_000).Order(PaidTrade.WalletChannel, 88_00, InstitutionOrderStates.Succeeded);
        var refund = paid.RefundOf(paid.Family.InstitutionOrders[0]);

        var posting = StandardPostings.Refund(refund, paid.Family, paid.Directory, PostingId);

        Assert.Equal([("SUSPENSE", -88_00), ("CH2", 88_00)], Legs(posting));
        Assert.Equal((PostingId, refund.Id, PostingKind.Refund), (posting.Id, posting.Order, posting.Kind));
    }

    [Fact]
    public void A3_an_intent_becomes_the_posting_of_its_kind()
    {
        var paid = new PaidTrade(feePpm: 6_000).Order(PaidTrade.QuickChannel, 88_00, InstitutionOrderStates.Succeeded);
        var order = paid.Family.InstitutionOrders[0];

        PostingKind KindOf(PostingKind kind, Order of) =>
            StandardPostings.For(new PostingIntent(kind, of), paid.Family, paid.Directory, PostingId).Kind;

        Assert.Equal(PostingKind.Payment, KindOf(PostingKind.Payment, paid.Payment));
        Assert.Equal(PostingKind.Surplus, KindOf(PostingKind.Surplus, order));
        Assert.Equal(PostingKind.Refund, KindOf(PostingKind.Refund, paid.RefundOf(order)));
        Assert.Throws<InvalidOperationException>(() => KindOf(PostingKind.Surplus, paid.Payment));
    }

    [Fact]
    public void A3_a_payment_of_which_nothing_succeeded_is_never_posted()
    {
        var paid = new PaidTrade(feePpm: 0).Order(PaidTrade.QuickChannel, 88_00, InstitutionOrderStates.Unknown);

        Assert.Throws<InvalidOperationException>(
            () => StandardPostings.Payment(paid.Payment, paid.Family, paid.Directory, PostingId));
    }

    [Fact]
    public void A3_a_payment_of_which_only_a_part_arrived_is_never_posted_as_paid()
    {
        var paid = new PaidTrade(feePpm: 0).Order(PaidTrade.QuickChannel, 87_99, InstitutionOrderStates.Succeeded);

        Assert.Throws<InvalidOperationException>(
            () => StandardPostings.Payment(paid.Payment, paid.Family, paid.Directory, PostingId));
    }

    private static IEnumerable<(string Account, long Minor)> Legs(Posting posting) =>
        posting.Legs.Select(leg => (leg.Account.Number, leg.Amount.Minor));
}
