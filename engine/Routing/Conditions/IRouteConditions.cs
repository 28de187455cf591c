using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Routing.Conditions;

/// <summary>What changes from moment to moment and is not written in the setup. Answers come from memory; none of them waits.</summary>
public interface IRouteConditions
{
    /// <summary>0 when all is well, down to -20 (C6); the worse of the channel's and of the channel's with this institution.</summary>
    int HealthOf(string channel, string? institution);

    /// <summary>Whether an ailing channel is due to be tried with a real transaction; the one that is told yes tries it.</summary>
    bool MayProbe(string channel, string? institution);

    /// <summary>Orders of the channel that wait to be sent (C7).</summary>
    int BacklogOf(string channel);

    /// <summary>Whether our account at the bank covers the amount, as far as is known (C8).</summary>
    bool Covers(string channel, RouteFacts facts);

    /// <summary>The channel failed for this card a short while ago (C9).</summary>
    bool FailedForCard(string card, string channel);

    /// <summary>The card was without money too often lately: no channel is called for it (C9).</summary>
    bool IsSpent(string card);

    /// <summary>Whether the amount fits into what the counters are known to hold (C4). The commit looks again, exactly.</summary>
    bool Fits(ChannelPlan channel, InterfacePlan known, LimitPlan limit, RouteFacts facts);

    /// <summary>
    /// The same, but for full limits and failed cards: memories steer a payer to another channel where there is one, and
    /// turn nobody away. Itself when there are none to leave out.
    /// </summary>
    IRouteConditions WithoutMemories { get; }

    /// <summary>The database has refused this amount, in minor units: for a moment nobody else need ask for as much.</summary>
    void NoteFull(in LimitCounter counter, long amount);

    /// <summary>In major units, what the channel has carried in the month so far (C10).</summary>
    decimal VolumeOf(string channel);
}
