using PaymentEngine.Core;
using PaymentEngine.Runtime.Bus;

namespace PaymentEngine.Runtime.Callbacks;

/// <summary>Hands callbacks over the bus: any node may handle them.</summary>
public sealed class BusHandOver(IEngineBus bus) : ICallbackHandOver
{
    public void Stored(OrderId callback) => bus.CallbackArrived(callback.Value);
}

/// <summary>What failed stays unhandled in the database and belongs to the sweep, so the message is done either way.</summary>
public sealed class CallbacksArrivedHandler(CallbackDesk desk) : IHandle<CallbacksArrived>
{
    public async Task HandleAsync(CallbacksArrived message, CancellationToken cancellation) =>
        await desk.HandleAsync([.. message.Callbacks.Select(id => new OrderId(id))]);
}
