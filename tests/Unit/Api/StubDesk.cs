using PaymentEngine.Api.Writing;
using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Journeys;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Routing;
using PaymentEngine.Runtime.Submit;

namespace PaymentEngine.Tests.Unit.Api;

/// <summary>A desk that answers what it is told to, and remembers what it was asked.</summary>
internal sealed class StubDesk : ITradeDesk
{
    private static readonly TradeAnswerWriter Writer = ApiOrders.Writer;

    /// <summary>What any submission comes to; without it, the trade.</summary>
    public Func<MerchantRequest, DeskResult>? Result { get; set; }

    public TradeJourney? Journey { get; set; }

    public List<(MerchantRequest Request, object Command)> Asked { get; } = [];

    public ValueTask<DeskResult> OpenAsync(MerchantRequest request, OpenTrade command, CancellationToken ct) =>
        Answer(request, command, 201);

    public ValueTask<DeskResult> PayAsync(MerchantRequest request, OrderId trade, StartPayment command, CancellationToken ct) =>
        Answer(request, (trade, command), 201);

    public ValueTask<DeskResult> RefundAsync(MerchantRequest request, OrderId trade, RefundTrade command, CancellationToken ct) =>
        Answer(request, (trade, command), 201);

    public ValueTask<DeskResult> CloseAsync(MerchantRequest request, OrderId trade, CancellationToken ct) =>
        Answer(request, trade, 200);

    public ValueTask<TradeFamily?> FindAsync(Merchant merchant, OrderId trade, CancellationToken ct) =>
        new(trade == ApiOrders.TradeId ? ApiOrders.Paying() : null);

    public ValueTask<TradeFamily?> FindAsync(Merchant merchant, string merchantOrderNo, CancellationToken ct) =>
        new(merchantOrderNo == "A-1001" ? ApiOrders.Paying() : null);

    public ValueTask<(TradeFamily Family, IReadOnlyList<ExplainedChoice> Choices)?> RoutingAsync(Merchant merchant, OrderId trade, CancellationToken ct) =>
        new(trade == ApiOrders.TradeId ? (ApiOrders.Paying(), []) : null);

    public ValueTask<TradeJourney?> JourneyAsync(Merchant merchant, OrderId trade, CancellationToken ct) => new(Journey);

    private async ValueTask<DeskResult> Answer(MerchantRequest request, object command, int status)
    {
        // A commit takes a while, and its continuation runs elsewhere.
        await Task.Yield();
        Asked.Add((request, command));
        var location = $"/v1/trades/{OrderNumber.Format(OrderLevel.Trade, ApiOrders.TradeId)}";
        return Result?.Invoke(request)
            ?? new DeskResult.Answered(new Answer(status, location, Writer.Write(ApiOrders.Paying(), request.RequestSerial, request.Language)));
    }
}
