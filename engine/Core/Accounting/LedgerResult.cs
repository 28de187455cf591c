namespace PaymentEngine.Core.Accounting;

/// <summary>What became of a <see cref="LedgerRequest"/>: a closed set.</summary>
public abstract record LedgerResult
{
    private LedgerResult()
    {
    }

    /// <summary>Durable.</summary>
    /// <param name="IsRepeat">It was posted before, under the same key, with the same content.</param>
    public sealed record Posted(OrderId Posting, DateOnly Day, bool IsRepeat) : LedgerResult;

    /// <summary>It cannot be, and left no trace.</summary>
    /// <param name="Account">The number of the account that refused, where it was one.</param>
    public sealed record Refused(PostingRefusalReason Reason, string? Account, string Detail) : LedgerResult;

    /// <summary>The key has been used for something else.</summary>
    public sealed record KeyConflict(OrderId First) : LedgerResult;

    /// <summary>Nothing was written; try again later.</summary>
    public sealed record Unavailable(string Why) : LedgerResult;
}
