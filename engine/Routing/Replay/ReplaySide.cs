using PaymentEngine.Routing.Choice;
using PaymentEngine.Routing.Conditions;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Routing.Replay;

/// <summary>One of the two tables of a replay, with turns of its own, and what it sends where.</summary>
internal sealed class ReplaySide(RouteTable table, IRouteConditions conditions)
{
    private readonly Router _router = new(table);
    private readonly Dictionary<string, Tally> _byChannel = [];

    public Tally Routed { get; } = new();

    public int Unroutable { get; private set; }

    public Tally? OfChannel(string code) => _byChannel.GetValueOrDefault(code);

    public RouteDecision Route(PastTransaction past)
    {
        var decision = _router.Route(new RouteQuestion(past.Facts, past.At, conditions, []));
        if (decision.Channel is { } channel)
        {
            var fee = FeeOf(channel.Code, past);
            Routed.Add(past, fee);
            _byChannel.TallyOf(channel.Code).Add(past, fee);
        }
        else
        {
            Unroutable++;
        }

        return decision;
    }

    /// <summary>0 when nothing is known of it.</summary>
    public decimal FeeOf(string? channel, PastTransaction past) =>
        channel is not null && table.Find(channel)?.Cost is { } cost ? cost.Of(past.Facts.MajorAmount, conditions.VolumeOf(channel)) : 0;
}

internal static class Tallies
{
    public static Tally TallyOf<TKey>(this Dictionary<TKey, Tally> tallies, TKey key)
        where TKey : notnull
    {
        if (!tallies.TryGetValue(key, out var tally))
        {
            tallies[key] = tally = new Tally();
        }

        return tally;
    }
}
