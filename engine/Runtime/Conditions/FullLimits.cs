using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Table;

namespace PaymentEngine.Runtime.Conditions;

/// <summary>
/// What the database has refused a moment ago because a limit was full (C4). It spares others the same answer for a
/// second; whether something fits only the database knows.
/// </summary>
public sealed class FullLimits(TimeProvider clock)
{
    private const int Most = 64;

    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private volatile Refused[] _refused = [];

    public bool IsEmpty => _refused.Length == 0;

    /// <param name="amount">What was refused, in minor units; whatever is less may still fit.</param>
    public void Note(in LimitCounter counter, long amount)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            var kept = new List<Refused>(_refused.Length + 1);
            foreach (var refused in _refused)
            {
                if (refused.Until <= now || (refused.Counter == counter && refused.Amount > amount))
                {
                    continue;
                }

                if (refused.Counter == counter)
                {
                    return;
                }

                kept.Add(refused);
            }

            kept.Insert(0, new Refused(counter, amount, now + Memory));
            _refused = [.. kept.Take(Most)];
        }
    }

    public bool Fits(int channel, InterfacePlan known, LimitPlan limit, RouteFacts facts)
    {
        foreach (ref readonly var refused in _refused.AsSpan())
        {
            if (facts.Amount.Minor >= refused.Amount
                && limit.IsCounter(refused.Counter, channel, known, facts)
                && refused.Until > clock.GetUtcNow())
            {
                return false;
            }
        }

        return true;
    }

    public void Forget()
    {
        if (IsEmpty)
        {
            return;
        }

        var now = clock.GetUtcNow();
        lock (_gate)
        {
            _refused = [.. _refused.Where(refused => refused.Until > now)];
        }
    }

    private readonly record struct Refused(LimitCounter Counter, long Amount, DateTimeOffset Until);
}
