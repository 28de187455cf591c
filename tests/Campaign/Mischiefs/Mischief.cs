using PaymentEngine.Tests.Campaign.Run;

namespace PaymentEngine.Tests.Campaign.Mischiefs;

/// <summary>Something is hurt while traffic flows, and healed again.</summary>
/// <param name="What">In words, for people.</param>
/// <param name="At">Counted from the begin of the traffic.</param>
/// <param name="DoAsync">Hurts it, and returns when it is healed.</param>
internal sealed record Mischief(string What, TimeSpan At, Func<Site, Task> DoAsync)
{
    public override string ToString() => $"{What} at {At.TotalSeconds:0.0} s";
}
