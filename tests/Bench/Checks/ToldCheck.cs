using PaymentEngine.Bench.Outside;

namespace PaymentEngine.Bench.Checks;

/// <summary>What the merchant was told against what he was promised, and the institution's count of what it told.</summary>
/// <param name="Untold">Acknowledged and never told of.</param>
/// <param name="Unknown">Told of and never acknowledged.</param>
/// <param name="ToldTwice">Under two ids; a repeat under one id is what merchants must expect.</param>
internal sealed record ToldFigures(long Told, long Untold, long Unknown, long ToldTwice, OutsideFigures Outside)
{
    public bool Clean => Told > 0 && Untold == 0 && Unknown == 0 && ToldTwice == 0;

    public bool CallbacksClean => Outside.StillOpen == 0 && Outside.CallbacksAcknowledged == Told;
}

internal static class ToldCheck
{
    public static ToldFigures Run(IReadOnlyCollection<long> acknowledged, IReadOnlyCollection<long> told, OutsideFigures outside)
    {
        var once = told.ToHashSet();
        var promised = acknowledged.ToHashSet();
        return new ToldFigures(
            told.Count,
            promised.Count(trade => !once.Contains(trade)),
            once.Count(trade => !promised.Contains(trade)),
            told.Count - once.Count,
            outside);
    }
}
