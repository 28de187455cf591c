using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Text;

namespace PaymentEngine.Routing.Book;

/// <summary>What decides while no setup is in force: the channels as they are configured, the highest priority first.</summary>
public static class DerivedSetup
{
    /// <summary>The one operation for which a channel is chosen by its table.</summary>
    private const string Pay = "pay";

    public static RoutingSetup Of(EngineDirectory directory) => new()
    {
        Classes =
        [
            .. Enum.GetValues<PaymentMethod>().Select(method => new PaymentClass
            {
                Mode = method.Code(),
                Channels = [.. directory.Channels.Where(channel => channel.Methods.Contains(method)).Select(channel => channel.Code)],
            }),
        ],
        Channels = [.. directory.Channels.Select(Channel)],
    };

    private static RoutedChannel Channel(ChannelSettings channel) => new()
    {
        Code = channel.Code,
        Enabled = channel.Enabled,
        Priority = [new Score { Category = SetupReader.BaseCategory, Value = channel.Priority }],
        Interfaces = [new RoutedInterface { Code = Pay, Operation = Pay }],
    };
}
