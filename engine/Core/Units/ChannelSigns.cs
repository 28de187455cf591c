namespace PaymentEngine.Core.Units;

/// <summary>What the outcome of an order says of its channel; several may be said at once.</summary>
[Flags]
public enum ChannelSigns
{
    None = 0,

    /// <summary>The channel did what was asked of it (C6).</summary>
    Well = 1,

    /// <summary>The channel did not answer, could not be reached, or failed whoever the payer is (C6).</summary>
    Ill = 2,

    /// <summary>It failed for this card: another channel may do better (C9).</summary>
    KeepCardAway = 4,

    /// <summary>There was not enough money, which no other channel would change (C9).</summary>
    InsufficientFunds = 8,

    /// <summary>The channel carried the amount (C10).</summary>
    Carried = 16,
}

public readonly record struct ChannelResult(InstitutionOrder Order, ChannelSigns Signs);

/// <summary>A card is kept from a channel for a while (C9). The card is a mark, never the account.</summary>
public readonly record struct CardFailure(string Card, int ChannelId, DateTimeOffset Until);

/// <summary>A card had not enough money (C9).</summary>
/// <param name="Most">So many within a day are too many.</param>
public readonly record struct CardWithoutFunds(string Card, DateTimeOffset At, int Most);
