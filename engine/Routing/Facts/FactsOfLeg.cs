using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;

namespace PaymentEngine.Routing.Facts;

/// <summary>The elements of a leg, as rules see them.</summary>
internal static class FactsOfLeg
{
    /// <param name="operation">pay or refund.</param>
    public static RouteFacts Of(
        string operation, TradeOrder trade, PaymentInstruction leg, EngineDirectory directory, DateTimeOffset now, BusinessCalendar calendar) => new(leg.Elements)
    {
        Operation = operation,
        Merchant = directory.Merchant(trade.MerchantId).Number,
        Member = trade.Payer,
        Mode = leg.Method.Code(),
        Amount = leg.Amount,
        OrderNo = trade.MerchantOrderNo,
        LocalTime = TimeZoneInfo.ConvertTime(now, calendar.Zone).DateTime,
        Card = CardMark.Of(leg.PayerAccount),
    };
}
