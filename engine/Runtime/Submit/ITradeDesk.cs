using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Journeys;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Routing;

namespace PaymentEngine.Runtime.Submit;

/// <summary>Where merchants' requests become decisions on trades, and where their state is read.</summary>
public interface ITradeDesk
{
    ValueTask<DeskResult> OpenAsync(MerchantRequest request, OpenTrade command, CancellationToken ct);

    ValueTask<DeskResult> PayAsync(MerchantRequest request, OrderId trade, StartPayment command, CancellationToken ct);

    ValueTask<DeskResult> CloseAsync(MerchantRequest request, OrderId trade, CancellationToken ct);

    ValueTask<DeskResult> RefundAsync(MerchantRequest request, OrderId trade, RefundTrade command, CancellationToken ct);

    /// <summary>Null also for a trade of another merchant: whether it exists is none of the asker's business.</summary>
    ValueTask<TradeFamily?> FindAsync(Merchant merchant, OrderId trade, CancellationToken ct);

    ValueTask<TradeFamily?> FindAsync(Merchant merchant, string merchantOrderNo, CancellationToken ct);

    /// <summary>The trade and how the channels of its orders were chosen.</summary>
    ValueTask<(TradeFamily Family, IReadOnlyList<ExplainedChoice> Choices)?> RoutingAsync(Merchant merchant, OrderId trade, CancellationToken ct);

    /// <summary>The trade with its history, its ledger entries and what will happen next.</summary>
    ValueTask<TradeJourney?> JourneyAsync(Merchant merchant, OrderId trade, CancellationToken ct);
}
