namespace PaymentEngine.Core.Proposals;

/// <summary>What one person has asked for and another has to agree to (P2), what was said to it, and what came of it.</summary>
/// <param name="ContentHash">Of all that is agreed to, taken when it was asked for.</param>
/// <param name="BodyHash">Of the request: the same key is the same request (O13).</param>
public sealed record Proposal<TContent>(
    OrderId Id, TContent Content, byte[] ContentHash, string Maker, DateTimeOffset MadeAt, byte[] BodyHash)
    where TContent : IProposalContent
{
    public Verdict Verdict { get; init; }

    public string? Checker { get; init; }

    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>Why it was refused, or what stood against it last.</summary>
    public string? Remark { get; init; }

    /// <summary>Whoever agreed to it in vain.</summary>
    public IReadOnlyList<FailedApproval> Attempts { get; init; } = [];

    /// <summary>Null until it is done.</summary>
    public Completion? Done { get; init; }

    /// <summary>None as long as the ledger has not done it.</summary>
    public OrderId Posting => Done?.Posting ?? default;

    /// <summary>What is stored is what was hashed.</summary>
    public bool IsWhole => Content.HashFor(Id).AsSpan().SequenceEqual(ContentHash);

    /// <summary>As they stand in histories.</summary>
    public string People => $"{Maker}, approved by {Checker}";
}

/// <summary>All that the second person agrees to.</summary>
public interface IProposalContent
{
    string Reason { get; }

    /// <summary>Of these words and this proposal: agreeing to one is never agreeing to another of the same kind.</summary>
    byte[] HashFor(OrderId proposal);

    /// <summary>Under which the ledger does it, once.</summary>
    static abstract string KeyOf(OrderId proposal);
}

public enum Verdict
{
    None,
    Approved,
    Refused,
}

/// <summary>Who agreed in vain, and what stood against it then.</summary>
public sealed record FailedApproval(string Checker, DateTimeOffset At, string Refusal);

/// <param name="Posting">With which the ledger did it; none where it was not the ledger's to do.</param>
public sealed record Completion(OrderId Posting, DateOnly? PostingDay = null, DateTimeOffset? At = null);
