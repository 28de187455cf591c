using PaymentEngine.Core.Units;
using PaymentEngine.Routing;

namespace PaymentEngine.Tests.Support.Engine;

/// <summary>Every channel has the same limits. One of which the commit said that it is full is not chosen again.</summary>
public sealed class LimitedChoice(Func<int, string, LimitClaim[]> limitsOf) : IChannelChoice
{
    private readonly PriorityChoice _inner = new();

    public Route Choose(in RouteRequest request)
    {
        var (tried, full) = (request.Tried.ToList(), request.Full);
        while (_inner.Choose(request with { Tried = tried }).Channel is { } channel)
        {
            var limits = limitsOf(channel.Id, request.Leg.PayerAccount);
            if (!limits.Any(claim => full.Contains(claim.Counter)))
            {
                return Route.To(channel, "pay", limits: limits);
            }

            tried.Add(channel.Id);
        }

        return Route.None("limit_reached");
    }
}
