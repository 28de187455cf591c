using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Routing.Table;

/// <summary>What a channel charges us for an amount (C10).</summary>
public sealed class CostRule(ChannelCost cost)
{
    private readonly CostTier[] _tiers = [.. cost.Tiers.OrderBy(tier => tier.FromVolume)];

    /// <param name="amount">In major units, as the result.</param>
    /// <param name="volume">What the channel has carried in the month so far.</param>
    public decimal Of(decimal amount, decimal volume)
    {
        var tier = _tiers[0];
        foreach (var candidate in _tiers)
        {
            if (candidate.FromVolume > volume)
            {
                break;
            }

            tier = candidate;
        }

        var cost = tier.Fixed + amount * tier.Percent / 100;
        return Math.Min(Math.Max(cost, tier.Minimum ?? 0), tier.Maximum ?? decimal.MaxValue);
    }
}
