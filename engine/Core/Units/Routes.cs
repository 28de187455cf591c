using PaymentEngine.Core.Directory;

namespace PaymentEngine.Core.Units;

/// <summary>Chooses the channel of a leg, or says why none.</summary>
public interface IChannelChoice
{
    Route Choose(in RouteRequest request);

    /// <summary>Whether money that goes back has to wait until its channel is out of maintenance (C3); null when it need not.</summary>
    Hold? HoldOf(in HoldRequest request);
}

/// <param name="Order">Gives money back.</param>
public readonly record struct HoldRequest(TradeFamily Family, InstitutionOrder Order, EngineDirectory Directory, DateTimeOffset Now);

public readonly record struct Hold(DateTimeOffset Until, string Reason);

/// <summary>A leg that needs a channel.</summary>
/// <param name="Tried">Channels on which the leg has failed already.</param>
/// <param name="Full">Counters of which the database has just said that the leg does not fit (C4).</param>
public readonly record struct RouteRequest(
    TradeFamily Family,
    PaymentInstruction Leg,
    EngineDirectory Directory,
    DateTimeOffset Now,
    IReadOnlyCollection<int> Tried,
    IReadOnlyCollection<LimitCounter> Full);

/// <summary>What a choice came to. Nothing has happened yet: a unit that does not commit gives it back.</summary>
public sealed class Route
{
    /// <summary>The code of a leg for which there is no channel.</summary>
    public const string NoChannel = "no_channel";

    /// <summary>Null: there is none, because of <see cref="Refusal"/>.</summary>
    public ChannelSettings? Channel { get; private init; }

    /// <summary>The interface of the channel, by its code; null where nothing was chosen, as for a refund.</summary>
    public string? Interface { get; init; }

    /// <summary>Why there is none, as the payment's stable code.</summary>
    public string Refusal { get; private init; } = NoChannel;

    /// <summary>How it was decided, compact; null where nothing was.</summary>
    public byte[]? Explanation { get; init; }

    /// <summary>What the order takes of the interface's limits.</summary>
    public IReadOnlyList<LimitClaim> Limits { get; init; } = [];

    /// <summary>Whose turn it was has it again (C5); nothing to give back when null.</summary>
    public Action? GiveBack { get; init; }

    public static Route To(ChannelSettings channel, string? known = null, byte[]? explanation = null, IReadOnlyList<LimitClaim>? limits = null, Action? giveBack = null) => new()
    {
        Channel = channel,
        Interface = known,
        Explanation = explanation,
        Limits = limits ?? [],
        GiveBack = giveBack,
    };

    public static Route None(string refusal = NoChannel, byte[]? explanation = null) => new() { Refusal = refusal, Explanation = explanation };
}
