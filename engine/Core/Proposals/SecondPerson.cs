namespace PaymentEngine.Core.Proposals;

/// <summary>What stands against somebody's word about what was asked for.</summary>
public enum Objection
{
    None,

    /// <summary>It is decided: somebody refused it.</summary>
    Refused,

    /// <summary>It is decided: somebody agreed to it.</summary>
    Approved,

    /// <summary>Whoever asked cannot agree with himself, nor refuse it.</summary>
    OwnRequest,

    /// <summary>What is stored is not what was asked for any more.</summary>
    Altered,

    /// <summary>What he has seen is not what is stored.</summary>
    OtherContent,
}

public static class SecondPerson
{
    /// <param name="seen">The hash of what he agrees to.</param>
    public static Objection ToApproval<T>(Proposal<T> proposal, string actor, ReadOnlySpan<byte> seen)
        where T : IProposalContent =>
        proposal.Verdict == Verdict.Refused ? Objection.Refused
        : proposal.Maker == actor ? Objection.OwnRequest
        : !proposal.IsWhole ? Objection.Altered
        : !seen.SequenceEqual(proposal.ContentHash) ? Objection.OtherContent
        : Objection.None;

    public static Objection ToRefusal<T>(Proposal<T> proposal, string actor)
        where T : IProposalContent =>
        proposal.Verdict == Verdict.Approved ? Objection.Approved
        : proposal.Maker == actor ? Objection.OwnRequest
        : Objection.None;
}
