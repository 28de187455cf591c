using PaymentEngine.Core.Units;

namespace PaymentEngine.Tests.Store.Support;

/// <summary>The first channel that carries the method; nothing is explained, and nobody has to wait.</summary>
internal sealed class FirstChannel : IChannelChoice
{
    public static readonly FirstChannel Instance = new();

    public Route Choose(in RouteRequest request)
    {
        var method = request.Leg.Method;
        return Route.To(request.Directory.Channels.First(channel => channel.Methods.Contains(method)));
    }

    public Hold? HoldOf(in HoldRequest request) => null;
}
