using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Filters;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Routing.Choice;

/// <summary>
/// Whether money that goes back by a channel has to wait for the end of its maintenance (C3). It waits while the channel
/// is closed, or as long as no interface is open that gives money back.
/// </summary>
public static class RefundHold
{
    public static Hold? Of(ChannelPlan channel, RouteFacts facts, DateTimeOffset now)
    {
        var hold = Longest(channel.Windows, facts, now);
        Hold? first = null;
        foreach (var known in channel.Interfaces)
        {
            if (known.Setup.Operation != "refund" || !known.Setup.Enabled)
            {
                continue;
            }

            if (Longest(known.Windows, facts, now) is not { } closed)
            {
                return hold;
            }

            first = first is { } other && other.Until <= closed.Until ? other : closed;
        }

        return hold is { } whole && (first is not { } part || whole.Until >= part.Until) ? whole : first;
    }

    private static Hold? Longest(WindowRule[] windows, RouteFacts facts, DateTimeOffset now)
    {
        Hold? longest = null;
        foreach (var window in windows)
        {
            if (window.Concerns(facts) && window.EndIfOpen(now) is { } end && (longest is not { } other || end > other.Until))
            {
                longest = new Hold(end, window.Reason);
            }
        }

        return longest;
    }
}
