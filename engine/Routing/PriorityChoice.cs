using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Routing;

/// <summary>The enabled channel that carries the payment method, the highest priority first.</summary>
public sealed class PriorityChoice : IChannelChoice
{
    public Route Choose(in RouteRequest request)
    {
        ChannelSettings? chosen = null;
        foreach (var channel in request.Directory.Channels)
        {
            if (channel.Enabled && channel.Methods.Contains(request.Leg.Method) && !request.Tried.Contains(channel.Id)
                && (chosen is null || channel.Priority > chosen.Priority))
            {
                chosen = channel;
            }
        }

        return chosen is null ? Route.None() : Route.To(chosen);
    }
}
