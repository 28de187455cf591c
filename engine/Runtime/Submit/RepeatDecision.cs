using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;

namespace PaymentEngine.Runtime.Submit;

/// <summary>What becomes of a merchant order number that is submitted again (O2).</summary>
public abstract record RepeatDecision
{
    private RepeatDecision()
    {
    }

    public sealed record Refuse(Refusal Refusal) : RepeatDecision;

    /// <summary>The existing trade is continued; a payment is started when one is wanted and none is under way.</summary>
    public sealed record Continue(bool StartPayment) : RepeatDecision;

    /// <summary>Amount, payer or payee changed: the latest facts count, and a new payment is started with them.</summary>
    public sealed record Revise : RepeatDecision;

    public static RepeatDecision Decide(TradeFamily family, OpenTrade again, RepeatMode mode, DateTimeOffset now)
    {
        var trade = family.Trade;
        if (mode == RepeatMode.Strict)
        {
            return No(RefusalCodes.MerchantOrderNoTaken, trade, "this merchant order number has been used, and repeats are not wanted");
        }

        if (TradeChecks.WhyNoPayment(family, now) is { } refusal)
        {
            return new Refuse(refusal);
        }

        if (again.Amount.Currency != trade.Amount.Currency)
        {
            return No(RefusalCodes.CurrencyChanged, trade, $"the trade is in {trade.Amount.Currency.Code}; a currency cannot change");
        }

        if (again.Amount != trade.Amount || again.Payer != trade.Payer || again.Payee != trade.Payee)
        {
            return again.Payment is { } latest && TradeChecks.WhyNotBeside(family, latest.Method, now) is { } notYet
                ? new Refuse(notYet)
                : new Revise();
        }

        return new Continue(again.Payment is not null && !family.HasPaymentInFlight);
    }

    private static Refuse No(string code, TradeOrder trade, string why) => new(TradeChecks.Refuse(code, trade, why));
}
