using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;

namespace PaymentEngine.Routing.Setup;

/// <summary>
/// How is routed as long as operations have said nothing: every enabled channel carries what its protocol can, the
/// highest priority first, and equals take turns.
/// </summary>
public static class DerivedSetup
{
    /// <summary>Stands in explanations where a version of operations would.</summary>
    public const int Version = 0;

    private static readonly PaymentMethod[] Methods = Enum.GetValues<PaymentMethod>();

    public static RoutingSetup Of(EngineDirectory directory) => new()
    {
        Classes = [.. Methods.Select(method => new PaymentClass
        {
            Mode = method.Code(),
            Channels = [.. directory.Channels.Where(channel => channel.Methods.Contains(method)).Select(channel => channel.Code)],
        })],
        Channels = [.. directory.Channels.OrderBy(channel => channel.Id).Select(ChannelOf)],
    };

    private static RoutedChannel ChannelOf(ChannelSettings channel) => new()
    {
        Code = channel.Code,
        Enabled = channel.Enabled,
        Priority = [new Score { Category = Score.BaseCategory, Value = channel.Priority }],
        Interfaces = [new RoutedInterface { Code = "pay", Operation = "pay" }, new RoutedInterface { Code = "refund", Operation = "refund" }],
    };
}
