using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;

namespace PaymentEngine.Runtime.Proposals;

/// <summary>What a word of a person about a proposal came to: a closed set.</summary>
public abstract record ProposalResult<TView>
{
    private ProposalResult()
    {
    }

    /// <summary>The proposal as it is stored now.</summary>
    public sealed record Stored(TView View) : ProposalResult<TView>;

    /// <summary>It cannot be asked for as it is.</summary>
    public sealed record Unfit(IReadOnlyList<ContentFinding> Faults) : ProposalResult<TView>;

    /// <summary>It was agreed to, and the ledger says no: it is open again.</summary>
    public sealed record RefusedByLedger(PostingRefusalReason Reason, string Detail) : ProposalResult<TView>;

    /// <param name="Code">One of <see cref="ProposalRefusals"/>, or of those of its kind.</param>
    public sealed record Refused(string Code) : ProposalResult<TView>;
}

/// <summary>Whether something can be asked for as things stand: a closed set.</summary>
public abstract record Examination<TContent>
{
    private Examination()
    {
    }

    public sealed record Fit(TContent Content) : Examination<TContent>;

    public sealed record Unfit(IReadOnlyList<ContentFinding> Faults) : Examination<TContent>;

    public sealed record Refused(string Code) : Examination<TContent>;
}
