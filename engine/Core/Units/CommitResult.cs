using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Core.Units;

/// <summary>How a unit of work left the group committer: a closed set.</summary>
public abstract record CommitResult
{
    private CommitResult()
    {
    }

    /// <summary>Durable.</summary>
    public sealed record Committed : CommitResult
    {
        public static readonly Committed Instance = new();
    }

    /// <summary>Somebody else changed the family meanwhile: load it again and decide anew.</summary>
    public sealed record VersionConflict : CommitResult
    {
        public static readonly VersionConflict Instance = new();
    }

    /// <summary>The idempotency key was used before.</summary>
    public sealed record KeyTaken : CommitResult
    {
        public static readonly KeyTaken Instance = new();
    }

    /// <summary>The merchant order number has a trade already.</summary>
    public sealed record OrderNumberTaken(OrderId Trade) : CommitResult;

    /// <summary>The merchant has given the number to another refund.</summary>
    public sealed record RefundNumberTaken(OrderId Trade) : CommitResult;

    /// <summary>The ledger refused: decide anew with this fact.</summary>
    public sealed record PostingRefused(PostingRefusal Refusal) : CommitResult;

    /// <summary>The order does not fit into a limit: decide anew with this fact (C4).</summary>
    public sealed record LimitReached(LimitCounter Counter) : CommitResult;

    /// <summary>Nothing was written; try again later.</summary>
    public sealed record Unavailable(string Reason) : CommitResult;
}
