using System.Collections.Concurrent;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Callbacks;

namespace PaymentEngine.Runtime.Results;

/// <summary>
/// What institutions have accepted a moment ago. Most tell the result by callback soon after; until then the acceptance
/// waits here with the family as this node committed it, and both become one commit. What is lost with the node is a
/// note: the order's query timer was committed before the call.
/// </summary>
public sealed class Acceptances(CallbackOptions options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Acceptance> _waiting = [];

    public int Waiting => _waiting.Count;

    /// <summary>Waits for the callback; true when it came and took the acceptance along.</summary>
    public async ValueTask<bool> WaitAsync(TradeFamily family, InstitutionOrder order, OrderMessage accepted)
    {
        if (options.AcceptancePatience == TimeSpan.Zero)
        {
            return false;
        }

        var acceptance = new Acceptance(family, order, accepted);
        if (!_waiting.TryAdd(order.InstitutionNumber, acceptance))
        {
            return false;
        }

        await using var patience = clock.CreateTimer(
            _ => GiveUp(acceptance), null, options.AcceptancePatience, Timeout.InfiniteTimeSpan);
        return await acceptance.WasTaken;
    }

    /// <summary>The acceptance of the order with this number, if it waits; whoever takes it decides it.</summary>
    public Acceptance? Take(int channelId, string number)
    {
        if (_waiting.TryGetValue(number, out var acceptance)
            && acceptance.Order.ChannelId == channelId
            && _waiting.TryRemove(KeyValuePair.Create(number, acceptance)))
        {
            acceptance.End(taken: true);
            return acceptance;
        }

        return null;
    }

    private void GiveUp(Acceptance acceptance)
    {
        if (_waiting.TryRemove(KeyValuePair.Create(acceptance.Order.InstitutionNumber, acceptance)))
        {
            acceptance.End(taken: false);
        }
    }
}

/// <param name="family">As this node last committed it.</param>
/// <param name="order">The order of the family that was accepted.</param>
/// <param name="message">Tells the order so.</param>
public sealed class Acceptance(TradeFamily family, InstitutionOrder order, OrderMessage message)
{
    private readonly TaskCompletionSource<bool> _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TradeFamily Family { get; } = family;

    public InstitutionOrder Order { get; } = order;

    public OrderMessage Message { get; } = message;

    internal Task<bool> WasTaken => _taken.Task;

    internal void End(bool taken) => _taken.TrySetResult(taken);
}
