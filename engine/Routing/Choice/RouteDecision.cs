using PaymentEngine.Routing.Table;

namespace PaymentEngine.Routing.Choice;

/// <summary>What came of a question: a channel with its interface, or none, and why.</summary>
public sealed class RouteDecision
{
    private readonly Turn _channelTurn;
    private readonly Turn _interfaceTurn;

    internal RouteDecision(ChannelPlan? channel, InterfacePlan? known, Turn channelTurn, Turn interfaceTurn, byte[] explanation)
    {
        (Channel, Interface, Explanation) = (channel, known, explanation);
        (_channelTurn, _interfaceTurn) = (channelTurn, interfaceTurn);
    }

    public ChannelPlan? Channel { get; }

    public InterfacePlan? Interface { get; }

    /// <summary>As stored with the order; <see cref="Explaining.Explanation"/> reads it.</summary>
    public byte[] Explanation { get; }

    /// <summary>Nothing came of it: whoever was chosen has his turn again (C5).</summary>
    public void GiveBack()
    {
        _channelTurn.GiveBack();
        _interfaceTurn.GiveBack();
    }
}
