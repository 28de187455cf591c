namespace PaymentEngine.Core.QueryBack;

public enum QueryStrategy
{
    /// <summary>Every <see cref="QueryPlan.Period"/>.</summary>
    Fixed,

    /// <summary>The n-th gap is the period plus n steps.</summary>
    Progressive,
}

/// <summary>
/// When an institution is asked for an outcome that is not known (C12). Ages count from the moment of the first
/// send; after the window come slow rounds, and after the last of them a person looks.
/// </summary>
public sealed record QueryPlan(
    TimeSpan FirstAge,
    QueryStrategy Strategy,
    TimeSpan Period,
    TimeSpan Step,
    TimeSpan WindowEnd,
    TimeSpan SlowPeriod,
    TimeSpan LastAge)
{
    public static readonly QueryPlan OnlineBanking = new(
        FirstAge: TimeSpan.FromMinutes(10),
        Strategy: QueryStrategy.Progressive,
        Period: TimeSpan.FromMinutes(5),
        Step: TimeSpan.FromMinutes(5),
        WindowEnd: TimeSpan.FromMinutes(60),
        SlowPeriod: TimeSpan.FromHours(2),
        LastAge: TimeSpan.FromHours(26));

    /// <summary>The age at which round <paramref name="round"/> (from 0) asks, or null when the last round is over.</summary>
    public TimeSpan? AgeOf(int round)
    {
        var steps = Strategy == QueryStrategy.Progressive ? Step * (round * (round - 1) / 2.0) : TimeSpan.Zero;
        var age = FirstAge + (Period * round) + steps;
        if (age <= WindowEnd)
        {
            return age;
        }

        var slow = WindowEnd + (SlowPeriod * (round - RoundsInWindow() + 1));
        if (slow < LastAge)
        {
            return slow;
        }

        return slow - SlowPeriod < LastAge ? LastAge : null;
    }

    /// <summary>The first round whose moment has not passed; rounds that were slept through are not caught up.</summary>
    public (int Round, DateTimeOffset At)? Next(DateTimeOffset firstSentAt, int roundsDone, DateTimeOffset now)
    {
        for (var round = roundsDone; AgeOf(round) is { } age; round++)
        {
            if (firstSentAt + age > now || AgeOf(round + 1) is null)
            {
                var at = firstSentAt + age;
                return (round, at > now ? at : now);
            }
        }

        return null;
    }

    private int RoundsInWindow()
    {
        var round = 0;
        var age = FirstAge;
        while (age <= WindowEnd)
        {
            age += Period + (Strategy == QueryStrategy.Progressive ? Step * round : TimeSpan.Zero);
            round++;
        }

        return round;
    }
}
