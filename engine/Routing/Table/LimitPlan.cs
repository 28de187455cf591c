using PaymentEngine.Core;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Routing.Table;

/// <summary>A limit in minor units, ready to be asked.</summary>
public sealed record LimitPlan(
    int Index, LimitRule Rule, Currency Currency, long? SingleMinimum, long? SingleMaximum, long? Amount, long? Count)
{
    public bool Concerns(RouteFacts facts) =>
        facts.Amount.Currency == Currency && (Rule.Institution is null || Rule.Institution == facts.TargetInstitution);

    public bool HasCounter => Rule.Period is not null;

    /// <summary>What the counter belongs to: nothing for the whole channel.</summary>
    public string SubjectOf(RouteFacts facts) => Rule.Per switch
    {
        LimitSubject.Channel => "",
        LimitSubject.Card => facts.Card,
        LimitSubject.Member => facts.Member,
        LimitSubject.Merchant => facts.Merchant,
        var other => throw new InvalidOperationException($"unknown subject of a limit: {other}"),
    };

    /// <summary>The first day of the period that a moment belongs to.</summary>
    public DateOnly PeriodOf(RouteFacts facts)
    {
        var day = DateOnly.FromDateTime(facts.LocalTime);
        return Rule.Period == LimitPeriod.Month ? new DateOnly(day.Year, day.Month, 1) : day;
    }
}
