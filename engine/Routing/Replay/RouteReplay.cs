using PaymentEngine.Routing.Conditions;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Routing.Replay;

/// <summary>
/// Asks two tables about transactions of the past, in their order: the one in force and a draft (C17). Both begin with
/// fresh turns, so the same past and the same tables always make the same report.
/// </summary>
public sealed class RouteReplay(RouteTable inForce, RouteTable draft, IRouteConditions conditions)
{
    private readonly ReplaySide _inForce = new(inForce, conditions);
    private readonly ReplaySide _draft = new(draft, conditions);
    private readonly Reality _reality = new();
    private readonly Dictionary<(string? From, string? To), Tally> _moves = [];
    private readonly Tally _noLongerRoutable = new();
    private readonly RemovalCount _removals = new(draft);
    private int _transactions;
    private int _asInReality;

    public void Add(PastTransaction past)
    {
        var before = _inForce.Route(past).Channel?.Code;
        var decision = _draft.Route(past);
        var after = decision.Channel?.Code;
        _transactions++;
        _asInReality += before == past.Channel ? 1 : 0;
        _reality.Add(past, _inForce.FeeOf(past.Channel, past));
        if (before == after)
        {
            return;
        }

        _moves.TallyOf((before, after)).Add(past, _draft.FeeOf(after, past));
        if (after is null)
        {
            _noLongerRoutable.Add(past, _inForce.FeeOf(before, past));
            _removals.Add(decision, past.Facts);
        }
    }

    public ReplayReport Report()
    {
        var channels = Codes().Select(Channel).ToList();
        return new ReplayReport(
            _transactions,
            _asInReality,
            Total(_inForce, channels.Sum(channel => channel.InForce.ExpectedSuccesses)),
            Total(_draft, channels.Sum(channel => channel.Draft.ExpectedSuccesses)),
            channels,
            [.. _moves.Select(move => new ReplayMove(move.Key.From, move.Key.To, move.Value.Sum(), move.Value.Examples))
                .OrderByDescending(move => move.Sum.Count)
                .ThenBy(move => move.From, StringComparer.Ordinal)
                .ThenBy(move => move.To, StringComparer.Ordinal)],
            new ReplayUnroutable(_noLongerRoutable.Sum(), _noLongerRoutable.Examples, _removals.Reasons()));
    }

    private IEnumerable<string> Codes() =>
        draft.Channels.Select(channel => channel.Code)
            .Concat(inForce.Channels.Select(channel => channel.Code))
            .Concat(_reality.Channels.Order(StringComparer.Ordinal))
            .Distinct();

    private ReplayChannel Channel(string code) => new(
        code, _reality.SuccessRateOf(code), Sum(_reality.OfChannel(code)), Share(_inForce, code), Share(_draft, code));

    private ReplayShare Share(ReplaySide side, string code)
    {
        var sum = Sum(side.OfChannel(code));
        return new ReplayShare(sum, _reality.ExpectedSuccesses(code, sum.Count));
    }

    private static ReplayTotal Total(ReplaySide side, decimal expectedSuccesses) => new(side.Routed.Sum(), expectedSuccesses, side.Unroutable);

    private static ReplaySum Sum(Tally? tally) => tally?.Sum() ?? new ReplaySum(0, []);
}
