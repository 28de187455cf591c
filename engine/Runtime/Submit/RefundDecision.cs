using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;

namespace PaymentEngine.Runtime.Submit;

/// <summary>Whether a merchant may give back what he wants to, and whether that is a refund or a void (O9).</summary>
public abstract record RefundDecision
{
    /// <summary>What stands against it in our own books is nobody else's business.</summary>
    private const string NotNow = "it cannot be booked now; try again later";

    /// <summary>A trade is loaded, decided on and written whole.</summary>
    public const int MostRefunds = 100;

    private const int Conflict = 409;

    private RefundDecision()
    {
    }

    public sealed record Refuse(Refusal Refusal) : RefundDecision;

    /// <param name="Original">The institution order whose money goes back, on the channel that has taken it.</param>
    /// <param name="OnlyOn">The ledger day on which the terms hold; null for any.</param>
    public sealed record Begin(OrderId Original, Money Amount, RefundTerms Terms, DateOnly? OnlyOn) : RefundDecision;

    /// <param name="booked">How the payment was booked; null when it was not.</param>
    /// <param name="refused">What the ledger said to this refund a moment ago.</param>
    public static RefundDecision Decide(
        TradeFamily family, RefundTrade wanted, BookedPayment? booked, EngineDirectory directory, PostingRefusal? refused)
    {
        var trade = family.Trade;
        if (trade.State != TradeStates.Paid || booked is null)
        {
            return No(RefusalCodes.TradeNotPaid, trade, "only what was paid can be given back");
        }

        var payment = family.Payment(trade.PaidBy);
        var currency = payment.Amount.Currency;
        if (wanted.Amount is { } named && named.Currency != currency)
        {
            return No(RefusalCodes.RefundCurrencyDiffers, trade, $"the trade was paid in {currency.Code}");
        }

        if (directory.FindAccount(AccountKind.Transit, 0, currency) is null)
        {
            return No(RefusalCodes.RefundsNotEnabled, trade, $"there is no transit account in {currency.Code}");
        }

        if (family.Payments.Count(it => it.Terms is not null) >= MostRefunds)
        {
            return No(RefusalCodes.TooManyRefunds, trade, $"a trade has at most {MostRefunds} refunds");
        }

        var (givenBack, feeBack) = Sums(family, currency);
        var left = givenBack < payment.Amount ? payment.Amount - givenBack : Money.Zero(currency);
        var amount = wanted.Amount ?? left;
        if (!amount.IsPositive || amount > left)
        {
            return No(RefusalCodes.RefundExceedsPaid, trade, $"{left} {currency.Code} of {payment.Amount} {currency.Code} can still be given back");
        }

        if (WhyNot(refused, trade, directory, currency) is { } refusal)
        {
            return new Refuse(refusal);
        }

        var isVoid = amount == payment.Amount && booked.LedgerDay == booked.PostingDate && refused?.Reason != PostingRefusalReason.DayTurned;
        var fee = isVoid ? booked.Fee
            : directory.Merchant(trade.MerchantId).ReturnsFee ? FeeShare.Of(booked.Fee, payment.Amount, givenBack, feeBack < booked.Fee ? feeBack : booked.Fee, amount)
            : Money.Zero(currency);
        return new Begin(
            OriginalOf(family, payment).Id,
            amount,
            new RefundTerms(isVoid ? RefundKind.Void : RefundKind.Refund, fee, wanted.MerchantRefundNo, wanted.Reason, wanted.NotifyUrl),
            isVoid ? booked.PostingDate : null);
    }

    private static (Money Amount, Money Fee) Sums(TradeFamily family, Currency currency)
    {
        var (amount, fee) = (Money.Zero(currency), Money.Zero(currency));
        foreach (var refund in family.RefundsThatCount)
        {
            amount += refund.Amount;
            fee += refund.Terms!.FeeBack;
        }

        return (amount, fee);
    }

    /// <summary>A day that has turned refuses nothing: what would have been a void is a refund.</summary>
    private static Refusal? WhyNot(PostingRefusal? refused, TradeOrder trade, EngineDirectory directory, Currency currency) => refused switch
    {
        null or { Reason: PostingRefusalReason.DayTurned } => null,
        _ when refused.AccountId != directory.AccountOf(AccountKind.Merchant, trade.MerchantId, currency).Id => new Refusal(
            RefusalCodes.Unavailable, 503, NotNow, Retryable: true, trade.Id),
        { Reason: PostingRefusalReason.Overdraft } => new Refusal(
            RefusalCodes.InsufficientMerchantBalance, Conflict, "your balance does not cover it", Retryable: true, trade.Id),
        { Reason: PostingRefusalReason.AccountFrozen or PostingRefusalReason.AccountClosed } => new Refusal(
            RefusalCodes.MerchantAccountNotOpen, Conflict, "nothing can be taken from your account", Retryable: true, trade.Id),
        _ => new Refusal(RefusalCodes.Unavailable, 503, NotNow, Retryable: true, trade.Id),
    };

    private static InstitutionOrder OriginalOf(TradeFamily family, PaymentOrder payment) =>
        family.ExecutedOrdersOf(payment).First(order => order.State == InstitutionOrderStates.Succeeded);

    private static Refuse No(string code, TradeOrder trade, string why) => new(TradeChecks.Refuse(code, trade, why));
}
