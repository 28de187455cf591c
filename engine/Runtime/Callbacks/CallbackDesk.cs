using Microsoft.Extensions.Logging;
using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Runtime.Results;
using PaymentEngine.Runtime.Units;
using PaymentEngine.Store.Inbox;
using PaymentEngine.Store.Orders;
using PaymentEngine.Workflows.Messages;

namespace PaymentEngine.Runtime.Callbacks;

/// <summary>
/// Carries stored callbacks into the orders of which they tell (C15): loaded, located and committed together, decided
/// one trade at a time. Whatever is not brought to an end here stays in the inbox, and the sweep comes back to it.
/// </summary>
public sealed class CallbackDesk(
    InboxStore inbox,
    OrderLocator orders,
    DecisionDesk desk,
    Acceptances acceptances,
    DirectoryHolder directory,
    CallbackOptions options,
    CallbackMetrics metrics,
    ILogger<CallbackDesk> log)
{
    private const string Actor = "callback";

    /// <summary>Handles those of the callbacks that nobody has handled yet; safe to be called again, here and anywhere.</summary>
    public async Task HandleAsync(IReadOnlyCollection<OrderId> callbacks)
    {
        try
        {
            var waiting = await inbox.LoadAsync(callbacks);
            var snapshot = directory.Current;
            var accepted = waiting.Select(callback => acceptances.Take(callback.ChannelId, callback.Number)).ToList();
            var located = await orders.LocateAsync(NumbersOf(waiting.Where((_, i) => accepted[i] is null), snapshot));
            var ends = await Task.WhenAll(waiting.Select((callback, i) => accepted[i] is { Order: var order } acceptance
                ? EndAsync(callback, new LocatedOrder(order.TradeId, order.Id, order.ChannelId), acceptance)
                : EndAsync(callback, located.TryGetValue(callback.Number, out var found) ? found : null, acceptance: null)));
            await RecordAsync(waiting, ends);
            for (var i = 0; i < ends.Length; i++)
            {
                metrics.Handled(snapshot.Channel(waiting[i].ChannelId).Code, ends[i].Name);
            }
        }
        catch (Exception unforeseen)
        {
            log.LogError(unforeseen, "{Callbacks} callbacks are left to the sweep", callbacks.Count);
        }
    }

    private async Task<CallbackEnd> EndAsync(WaitingCallback callback, LocatedOrder? located, Acceptance? acceptance)
    {
        if (located is not { } order)
        {
            return callback.Waited < options.UnmatchedAfter ? CallbackEnd.Early : CallbackEnd.Unmatched;
        }

        if (order.ChannelId != callback.ChannelId)
        {
            return new CallbackEnd.WrongChannel(new DisownedCallback(
                callback.Id, order.Trade, order.Order, $"told by channel {callback.ChannelId} of an order of channel {order.ChannelId}"));
        }

        try
        {
            return await DecideAsync(callback, order, acceptance);
        }
        catch (Exception unforeseen)
        {
            log.LogError(unforeseen, "callback {Callback} about order {Number} is left to the sweep", callback.Id, callback.Number);
            return CallbackEnd.Failed;
        }
    }

    /// <param name="acceptance">What the institution said before, when it is not committed yet.</param>
    private async Task<CallbackEnd> DecideAsync(WaitingCallback callback, LocatedOrder order, Acceptance? acceptance)
    {
        var cause = new Cause(Actor, RequestSerial: null, Callback: new CallbackOfOrder(callback.Id, order.Order));
        var message = OutcomeMessages.OfCallback(order.Order, callback.ReadOutcome());
        var result = await desk.DecideAsync(order.Trade, acceptance?.Family, cause, unit =>
        {
            if (acceptance is not null)
            {
                desk.Run(unit, acceptance.Message);
            }

            desk.Run(unit, message);

            // Most callbacks repeat what the answer to the call has said. They cost the trade no commit.
            return unit.Transitions.Count > 0;
        });
        switch (result.Commit)
        {
            case null when result.Family is not null:
                return new CallbackEnd.Repeated(new HandledCallback(callback.Id, order.Trade, desk.Now));
            case CommitResult.Committed:
                return CallbackEnd.Applied;
            default:
                log.LogWarning("callback {Callback} about order {Number} is left to the sweep: {Result}", callback.Id, callback.Number, result.Commit);
                return CallbackEnd.Failed;
        }
    }

    /// <summary>What changed a trade was recorded by the commit that changed it.</summary>
    private async Task RecordAsync(IReadOnlyList<WaitingCallback> waiting, CallbackEnd[] ends)
    {
        await inbox.MarkHandledAsync([.. ends.OfType<CallbackEnd.Repeated>().Select(end => end.Handled)]);
        await inbox.DisownAsync([.. ends.OfType<CallbackEnd.WrongChannel>().Select(end => end.Disowned)], desk.Now);
        var unmatched = waiting.Where((_, i) => ends[i] == CallbackEnd.Unmatched).Select(callback => callback.Id).ToList();
        await inbox.NoteUnmatchedAsync(unmatched, $"no order with this number in {options.UnmatchedAfter}");
        if (unmatched.Count > 0)
        {
            log.LogWarning("{Callbacks} callbacks, the first of them {Callback}, are about orders that nobody knows", unmatched.Count, unmatched[0]);
        }
    }

    /// <summary>A number that none of our rules could have made has no day, and no order.</summary>
    private static List<DatedNumber> NumbersOf(IEnumerable<WaitingCallback> waiting, EngineDirectory snapshot)
    {
        var numbers = new List<DatedNumber>();
        foreach (var callback in waiting)
        {
            foreach (var channel in snapshot.Channels)
            {
                if (channel.Numbers.TryParse(callback.Number, out var day, out _) && day >= OrderId.FirstDay && day <= OrderId.LastDay)
                {
                    numbers.Add(new DatedNumber(callback.Number, day));
                    break;
                }
            }
        }

        return numbers;
    }
}
