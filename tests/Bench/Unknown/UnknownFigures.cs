using PaymentEngine.Bench.Checks;
using PaymentEngine.Bench.Machine;
using PaymentEngine.Bench.Outside;

namespace PaymentEngine.Bench.Unknown;

/// <param name="WithBacklog">Whether its questions were due in this window.</param>
/// <param name="Waiting">Orders of the backlog without a result at the end of the window.</param>
/// <param name="Channels">What the institution saw in the window.</param>
internal sealed record Window(
    bool WithBacklog, double Seconds, double PaymentsPerSecond, long Waiting, double OtherProcessors, IReadOnlyList<ChannelCrowd> Channels);

/// <param name="Undecided">Orders of the backlog that had no result in the end.</param>
internal sealed record UnknownFigures(
    UnknownOptions Options,
    MachineFacts Machine,
    long Backlog,
    IReadOnlyList<Window> Windows,
    long Undecided,
    AcknowledgedFigures Acknowledged,
    AuditFigures Audit,
    IReadOnlyList<string> EngineErrors)
{
    public double Without => Median(false);

    public double With => Median(true);

    public double SlowerPercent => (1 - With / Without) * 100;

    /// <summary>The small line's places are never exceeded, nor its share for questions.</summary>
    public bool KeptLimits => Windows.SelectMany(window => window.Channels)
        .Where(crowd => crowd.Channel == UnknownScenario.SmallChannel)
        .All(crowd => crowd.MostAtOnce <= UnknownScenario.SmallPlaces && crowd.MostQuestionsAtOnce <= UnknownScenario.SmallPlaces / 4);

    public bool Clean => KeptLimits && Undecided == 0 && Acknowledged.Clean && Audit.Clean && EngineErrors.Count == 0;

    private double Median(bool withBacklog)
    {
        var rates = Windows.Where(window => window.WithBacklog == withBacklog).Select(window => window.PaymentsPerSecond).Order().ToList();
        return (rates[(rates.Count - 1) / 2] + rates[rates.Count / 2]) / 2;
    }
}
