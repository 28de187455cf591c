using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Bus;

namespace PaymentEngine.Runtime.Dispatch;

/// <summary>Hands orders over the bus, a queue for each channel application.</summary>
public sealed class BusHandOver(IEngineBus bus) : IOrderHandOver
{
    public void Waits(InstitutionOrder order, string application) => bus.OrderWaiting(application, order.TradeId.Value, order.Id.Value);
}

/// <summary>The message is done when its orders are claimed in the database, or left to their timers; the calls go on by themselves.</summary>
public sealed class OrdersWaitingHandler(DispatchDesk desk) : IHandle<OrdersWaiting>
{
    public Task HandleAsync(OrdersWaiting message, CancellationToken cancellation) =>
        Task.WhenAll(message.Trades.Zip(message.Orders, (trade, order) => desk.SendAsync(new OrderId(trade), new OrderId(order))));
}
