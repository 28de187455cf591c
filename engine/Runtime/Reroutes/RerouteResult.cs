using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Store.Reroutes;

namespace PaymentEngine.Runtime.Reroutes;

/// <summary>What a word of a person about a reroute came to: a closed set.</summary>
public abstract record RerouteResult
{
    private RerouteResult()
    {
    }

    /// <summary>The request as it is stored now.</summary>
    public sealed record Stored(StoredReroute Request) : RerouteResult;

    /// <param name="Code">One of <see cref="RerouteRefusals"/> or of the decision.</param>
    public sealed record Refused(string Code) : RerouteResult;
}

/// <summary>Why the desk says no, beside what the decision itself finds.</summary>
public static class RerouteRefusals
{
    public const string TradeNotFound = "trade_not_found";
    public const string OrderNotFound = "order_not_found";
    public const string RequestNotFound = "reroute_not_found";

    /// <summary>The person used the key before, for another request.</summary>
    public const string KeyReused = "idempotency_key_reused";

    /// <summary>Whoever asked cannot agree with himself.</summary>
    public const string SecondPersonNeeded = "second_person_needed";

    public const string NoOtherChannel = "no_other_channel";
    public const string TooManyPayments = "too_many_payments";

    /// <summary>What is final is not asked about any more, and what waits to be sent has not been sent.</summary>
    public const string OrderNotInProgress = "order_not_in_progress";

    public const string Unavailable = "unavailable";
}

/// <summary>What a person asks for.</summary>
/// <param name="Order">The institution order that failed.</param>
/// <param name="Note">How he knows that it failed for certain.</param>
public sealed record RequestReroute(OrderId Order, EvidenceKind Evidence, string Note);
