namespace PaymentEngine.Core.QueryBack;

/// <summary>The plans of one channel, by payment method and by what is asked about.</summary>
public sealed class QueryPlans(IEnumerable<(PaymentMethod? Method, PaymentKind Kind, QueryPlan Plan)> plans)
{
    private readonly Dictionary<(PaymentMethod?, PaymentKind), QueryPlan> _plans = plans.ToDictionary(p => (p.Method, p.Kind), p => p.Plan);

    /// <summary>One plan for everything.</summary>
    public static QueryPlans Always(QueryPlan plan) => new([(null, PaymentKind.Payment, plan), (null, PaymentKind.Refund, plan)]);

    /// <summary>That of the method, else that of any, else what is usual for online banking.</summary>
    public QueryPlan For(PaymentMethod method, PaymentKind kind) =>
        _plans.GetValueOrDefault((method, kind)) ?? _plans.GetValueOrDefault((null, kind)) ?? QueryPlan.OnlineBanking;
}
