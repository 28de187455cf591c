using PaymentEngine.Core;
using PaymentEngine.Core.Units;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Routing.Table;

/// <summary>A limit in minor units, ready to be asked.</summary>
public sealed record LimitPlan(
    int Index, LimitRule Rule, Currency Currency, long? SingleMinimum, long? SingleMaximum, long? Amount, long? Count)
{
    public bool Concerns(RouteFacts facts) =>
        facts.Amount.Currency == Currency && (Rule.Institution is null || Rule.Institution == facts.TargetInstitution);

    /// <summary>Many orders at once take of what belongs to a whole channel, or to a merchant.</summary>
    public bool IsBusy => Rule.Per is LimitSubject.Channel or LimitSubject.Merchant;

    public bool HasCounter => Rule.Period is not null;

    /// <summary>Which counter the transaction takes of.</summary>
    public LimitCounter CounterOf(int channel, InterfacePlan known, RouteFacts facts)
    {
        var (kind, subject) = SubjectOf(facts);
        return new LimitCounter(channel, known.Code, Rule.Name, kind + subject, PeriodOf(facts));
    }

    /// <summary>Whether this is the one that <see cref="CounterOf"/> would make; it makes nothing.</summary>
    public bool IsCounter(in LimitCounter counter, int channel, InterfacePlan known, RouteFacts facts)
    {
        if (counter.Channel != channel || counter.Limit != Rule.Name || counter.Interface != known.Code)
        {
            return false;
        }

        var (kind, subject) = SubjectOf(facts);
        return counter.Subject.Length == kind.Length + subject.Length
            && counter.Subject.EndsWith(subject, StringComparison.Ordinal)
            && counter.Subject.StartsWith(kind, StringComparison.Ordinal)
            && counter.Period == PeriodOf(facts);
    }

    /// <summary>What the counter belongs to: nothing for the whole channel.</summary>
    private (string Kind, string Subject) SubjectOf(RouteFacts facts) => Rule.Per switch
    {
        LimitSubject.Channel => ("", ""),
        LimitSubject.Card => ("card:", facts.Card),
        LimitSubject.Member => ("member:", facts.Member),
        LimitSubject.Merchant => ("merchant:", facts.Merchant),
        var other => throw new InvalidOperationException($"unknown subject of a limit: {other}"),
    };

    /// <summary>The first day of the period that a moment belongs to.</summary>
    private DateOnly PeriodOf(RouteFacts facts)
    {
        var day = DateOnly.FromDateTime(facts.LocalTime);
        return Rule.Period == LimitPeriod.Month ? new DateOnly(day.Year, day.Month, 1) : day;
    }
}
