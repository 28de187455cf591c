using PaymentEngine.Bench.Machine;

namespace PaymentEngine.Bench.Routing;

/// <param name="Bytes">Allocated for each decision, with its question.</param>
/// <param name="ExplanationBytes">Of these, what is stored with the order.</param>
/// <param name="Removals">Channels and interfaces of which the explanation says why they are out.</param>
internal sealed record DecisionFigures(double P50Us, double P99Us, double Bytes, double ExplanationBytes, int Removals, int Candidates);

/// <param name="HandWrittenP50Us">The yardstick, in turn with the usual decisions.</param>
/// <param name="Crowded">A decision that removes everything there is.</param>
internal sealed record RoutingFigures(
    RoutingOptions Options, MachineFacts Machine, DecisionFigures Usual, DecisionFigures Crowded, double HandWrittenP50Us, double HandWrittenP99Us)
{
    public double Ratio => Usual.P50Us / HandWrittenP50Us;
}
