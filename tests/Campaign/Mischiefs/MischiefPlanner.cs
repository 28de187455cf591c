namespace PaymentEngine.Tests.Campaign.Mischiefs;

/// <summary>Draws what is hurt in a run, and when.</summary>
internal static class MischiefPlanner
{
    public static IReadOnlyList<Mischief> Draw(Random random, int nodes, bool onRabbit)
    {
        return [];
    }
}
