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
/// send; after the window come slow rounds, and after the last of them a person looks. A round at which the
/// institution does not answer waits for its next opening; rounds that wait for the same opening are one.
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

    /// <summary>Null when the institution answers at all hours.</summary>
    public AnswerHours? Hours { get; init; }

    /// <summary>When set, the last round is on the next day at its time, and <see cref="LastAge"/> does not count.</summary>
    public NextDayRound? LastRound { get; init; }

    /// <summary>The moment of round <paramref name="round"/> (from 0), or null when the last round is over.</summary>
    public DateTimeOffset? MomentOf(int round, DateTimeOffset firstSentAt) =>
        AgeOf(round, LastAgeFrom(firstSentAt)) is { } age ? Opening(firstSentAt + age) : null;

    /// <summary>The first round whose moment has not passed; rounds that were slept through are not caught up.</summary>
    public (int Round, DateTimeOffset At)? Next(DateTimeOffset firstSentAt, int roundsDone, DateTimeOffset now)
    {
        var moment = MomentOf(roundsDone, firstSentAt);
        for (var round = roundsDone; moment is { } at; round++)
        {
            var next = MomentOf(round + 1, firstSentAt);
            if (next is null || (at > now && next > at))
            {
                return (round, at > now ? at : Opening(now));
            }

            moment = next;
        }

        return null;
    }

    /// <summary>The age at which a round would ask an institution that always answers.</summary>
    private TimeSpan? AgeOf(int round, TimeSpan lastAge)
    {
        var steps = Strategy == QueryStrategy.Progressive ? Step * (round * (round - 1) / 2.0) : TimeSpan.Zero;
        var age = FirstAge + (Period * round) + steps;
        if (age <= WindowEnd)
        {
            return age;
        }

        var slow = WindowEnd + (SlowPeriod * (round - RoundsInWindow() + 1));
        if (slow < lastAge)
        {
            return slow;
        }

        return slow - SlowPeriod < lastAge ? lastAge : null;
    }

    /// <summary>An order of shortly before midnight has its window first, however early the last round of its next day is.</summary>
    private TimeSpan LastAgeFrom(DateTimeOffset firstSentAt)
    {
        if (LastRound is null)
        {
            return LastAge;
        }

        var age = LastRound.After(firstSentAt) - firstSentAt;
        return age > WindowEnd ? age : WindowEnd;
    }

    private DateTimeOffset Opening(DateTimeOffset moment) => Hours is null ? moment : Hours.Opening(moment);

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
