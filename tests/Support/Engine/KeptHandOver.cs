using System.Collections.Concurrent;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Bus;
using PaymentEngine.Runtime.Dispatch;

namespace PaymentEngine.Tests.Support.Engine;

/// <summary>The way from a commit to a channel application, on which messages stay until a test carries them on.</summary>
internal sealed class KeptHandOver : IOrderHandOver
{
    private readonly ConcurrentQueue<(InstitutionOrder Order, string Application)> _kept = new();

    public void Waits(InstitutionOrder order, string application) => _kept.Enqueue((order, application));

    /// <summary>What was said to this application so far; it stays here, so that it can be said again.</summary>
    public OrdersWaiting To(string application)
    {
        var orders = _kept.Where(kept => kept.Application == application).Select(kept => kept.Order).ToList();
        return new OrdersWaiting(application, [.. orders.Select(order => order.TradeId.Value)], [.. orders.Select(order => order.Id.Value)]);
    }
}
