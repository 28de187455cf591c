using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Tests.Support.Engine;

/// <summary>Every channel has the same limits. One of which the commit said that it is full is not chosen again.</summary>
public sealed class LimitedChoice(Func<int, string, LimitClaim[]> limitsOf) : IChannelChoice
{
    public Route Choose(in RouteRequest request)
    {
        var (tried, full) = (request.Tried.ToList(), request.Full);
        while (NextOf(request, tried) is { } channel)
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

    public Hold? HoldOf(in HoldRequest request) => null;

    private static ChannelSettings? NextOf(RouteRequest request, List<int> tried) => request.Directory.Channels
        .Where(channel => channel.Enabled && channel.Methods.Contains(request.Leg.Method) && !tried.Contains(channel.Id))
        .MaxBy(channel => channel.Priority);
}
