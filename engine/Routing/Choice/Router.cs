using PaymentEngine.Routing.Explaining;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Filters;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Routing.Choice;

/// <summary>
/// Chooses a channel and its interface (C5): the class names the candidates, the filters remove some, the highest
/// priority is left, and among equals the weights share out the turns.
/// </summary>
public sealed class Router(RouteTable table)
{
    /// <summary>The channel is chosen; one of its interfaces has to carry the order, also when none has any weight.</summary>
    private const decimal LeastWeight = 0.001m;

    private readonly Turns _channelTurns = new();
    private readonly Turns[] _interfaceTurns = [.. table.Channels.Select(_ => new Turns())];

    public RouteTable Table { get; } = table;

    public RouteDecision Route(RouteQuestion question)
    {
        var trace = RouteTrace.Rent(Table.Version);
        try
        {
            Filter(question, trace);
            return Choose(question, trace);
        }
        finally
        {
            RouteTrace.Return(trace);
        }
    }

    private void Filter(RouteQuestion question, RouteTrace trace)
    {
        foreach (var channel in Table.ClassOf(question.Facts))
        {
            if (ChannelFilters.Remove(channel, question, out var why))
            {
                trace.Remove(channel, why);
                continue;
            }

            var interfaces = InterfacesLeft(channel, question, trace);
            if (interfaces != 0)
            {
                Admit(channel, interfaces, question, trace);
            }
            else
            {
                trace.Remove(channel, new Removal(RemovalReason.NoInterface));
            }
        }
    }

    private static ulong InterfacesLeft(ChannelPlan channel, RouteQuestion question, RouteTrace trace)
    {
        var (left, isMeant) = (0UL, false);
        foreach (var known in channel.Interfaces)
        {
            if (known.Setup.Operation != question.Facts.Operation)
            {
                continue;
            }

            isMeant = true;
            if (InterfaceFilters.Remove(channel, known, question, out var why))
            {
                trace.Remove(channel, known, why);
            }
            else
            {
                left |= 1UL << known.Index;
            }
        }

        if (!isMeant)
        {
            // Where some are for it, those that are not are no news.
            foreach (var known in channel.Interfaces)
            {
                trace.Remove(channel, known, new Removal(RemovalReason.Operation));
            }
        }

        return left;
    }

    private static void Admit(ChannelPlan channel, ulong interfaces, RouteQuestion question, RouteTrace trace)
    {
        var health = question.Conditions.HealthOf(channel.Code, question.Facts.TargetInstitution);
        var cost = channel.Cost?.Of(question.Facts.MajorAmount, question.Conditions.VolumeOf(channel.Code)) ?? 0;
        var model = new ScoreModel(question.Facts, channel.Code, cost, health);
        var weight = channel.Weight.Of(model, trace);
        if (weight > 0)
        {
            trace.Admit(new Candidate(channel, interfaces, model, channel.Priority.Of(model, trace), weight));
        }
        else
        {
            trace.Remove(channel, new Removal(RemovalReason.NoWeight));
        }
    }

    private RouteDecision Choose(RouteQuestion question, RouteTrace trace)
    {
        if (!TryTakeTurn(question, trace, out var turn))
        {
            return new RouteDecision(null, null, default, default, trace.ToBytes());
        }

        ref readonly var chosen = ref trace.CandidateOf(turn.Candidate);
        var interfaceTurn = TakeInterface(chosen, trace);
        trace.Choose(chosen.Channel.Index, interfaceTurn.Candidate);
        return new RouteDecision(
            chosen.Channel, chosen.Channel.Interfaces[interfaceTurn.Candidate], turn, interfaceTurn, trace.ToBytes());
    }

    private bool TryTakeTurn(RouteQuestion question, RouteTrace trace, out Turn turn)
    {
        var candidates = trace.Candidates;
        var best = Ballot.BestPriority(candidates, static (in c) => !c.IsAiling);
        foreach (ref readonly var candidate in candidates)
        {
            // A trickle of real traffic is how an ailing channel is seen to recover.
            if (candidate.IsAiling && candidate.Priority >= (best ?? 0)
                && question.Conditions.MayProbe(candidate.Channel.Code, question.Facts.TargetInstitution))
            {
                trace.Probe();
                turn = _channelTurns.Take([candidate.Channel.Index], [1]);
                return true;
            }
        }

        if (best is not null)
        {
            return Ballot.TryTake(_channelTurns, candidates, best.Value, static (in c) => c.Share, out turn);
        }

        // All are ailing: one of them is better than none.
        best = Ballot.BestPriority(candidates, static (in _) => true);
        return Ballot.TryTake(_channelTurns, candidates, best ?? 0, static (in c) => c.Weight, out turn);
    }

    /// <summary>The interfaces that are left of the chosen channel, by the same rule: priority, then weight.</summary>
    private Turn TakeInterface(in Candidate chosen, RouteTrace trace)
    {
        var interfaces = chosen.Channel.Interfaces;
        Span<int> equals = stackalloc int[interfaces.Length];
        Span<decimal> weights = stackalloc decimal[interfaces.Length];
        var (count, best) = (0, -1m);
        foreach (var known in interfaces)
        {
            if ((chosen.Interfaces & (1UL << known.Index)) == 0)
            {
                continue;
            }

            var priority = known.Priority.Of(chosen.Model, trace);
            if (priority > best)
            {
                (count, best) = (0, priority);
            }

            if (priority == best)
            {
                equals[count] = known.Index;
                weights[count++] = Math.Max(known.Weight.Of(chosen.Model, trace), LeastWeight);
            }
        }

        return _interfaceTurns[chosen.Channel.Index].Take(equals[..count], weights[..count]);
    }
}
