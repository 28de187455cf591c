using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Ledger;

/// <summary>Which accounts a business event moves. Credits are positive, debits negative.</summary>
public static class StandardPostings
{
    /// <summary>Fee income and suspense are our own: they belong to no merchant and no channel.</summary>
    private const int Ourselves = 0;

    public static Posting For(PostingIntent intent, TradeFamily family, EngineDirectory directory, OrderId postingId) =>
        (intent.Kind, intent.Order) switch
        {
            (PostingKind.Payment, PaymentOrder payment) => Payment(payment, family, directory, postingId),
            (PostingKind.Surplus, InstitutionOrder order) => Surplus(order, directory, postingId),
            (PostingKind.Refund, PaymentOrder refund) => Refund(refund, family, directory, postingId),
            _ => throw new InvalidOperationException($"no rule says what a {intent.Kind} posting of {intent.Order.Number} moves"),
        };

    /// <summary>The channels owe us what they collected, we owe the merchant what is left of it after our fee.</summary>
    public static Posting Payment(PaymentOrder payment, TradeFamily family, EngineDirectory directory, OrderId postingId)
    {
        var merchant = directory.Merchant(family.Trade.MerchantId);
        var legs = new List<PostingLeg>(3);
        var gross = DebitChannels(payment, family, directory, legs);
        if (gross != payment.Amount)
        {
            throw new InvalidOperationException(
                $"payment {payment.Number} is of {payment.Amount} {payment.Amount.Currency}, and {gross} {gross.Currency} arrived");
        }

        var fee = merchant.Fee.Of(gross);
        Credit(legs, directory, AccountKind.Merchant, merchant.Id, gross - fee);
        Credit(legs, directory, AccountKind.FeeIncome, Ourselves, fee);
        return new Posting(postingId, payment.Id, PostingKind.Payment, legs);
    }

    /// <summary>Money that came on top earns no fee and waits in suspense until it is given back.</summary>
    public static Posting Surplus(InstitutionOrder order, EngineDirectory directory, OrderId postingId) =>
        new(postingId, order.Id, PostingKind.Surplus,
        [
            new PostingLeg(ReceivableOf(order, directory), -order.Amount),
            new PostingLeg(directory.AccountOf(AccountKind.Suspense, Ourselves, order.Amount.Currency), order.Amount),
        ]);

    /// <summary>The channel gave the money back to the payer and owes it to us no longer.</summary>
    public static Posting Refund(PaymentOrder refund, TradeFamily family, EngineDirectory directory, OrderId postingId)
    {
        var original = family.InstitutionOrder(refund.RefundOf);
        return new Posting(postingId, refund.Id, PostingKind.Refund,
        [
            // What lies in suspense lies there for the order that brought it.
            new PostingLeg(directory.AccountOf(AccountKind.Suspense, Ourselves, refund.Amount.Currency), -refund.Amount) { Item = original.Id },
            new PostingLeg(ReceivableOf(original, directory), refund.Amount),
        ]);
    }

    private static Account ReceivableOf(InstitutionOrder order, EngineDirectory directory) =>
        directory.AccountOf(AccountKind.ChannelReceivable, order.ChannelId, order.Amount.Currency);

    /// <summary>One leg for each institution order, so that an entry leads to the order that the institution knows.</summary>
    private static Money DebitChannels(
        PaymentOrder payment, TradeFamily family, EngineDirectory directory, List<PostingLeg> legs)
    {
        var gross = Money.Zero(payment.Amount.Currency);
        foreach (var order in family.InstitutionOrders)
        {
            if (order.State == InstitutionOrderStates.Succeeded && family.PaymentOf(order).Id == payment.Id)
            {
                legs.Add(new PostingLeg(ReceivableOf(order, directory), -order.Amount));
                gross += order.Amount;
            }
        }

        return gross.IsPositive
            ? gross
            : throw new InvalidOperationException($"payment {payment.Number} has no institution order that succeeded");
    }

    private static void Credit(
        List<PostingLeg> legs, EngineDirectory directory, AccountKind kind, int owner, Money amount)
    {
        if (!amount.IsZero)
        {
            legs.Add(new PostingLeg(directory.AccountOf(kind, owner, amount.Currency), amount));
        }
    }
}
