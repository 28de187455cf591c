using PaymentEngine.Core.Proposals;

namespace PaymentEngine.Runtime.Proposals;

/// <summary>Why the word of a person about any proposal does not count.</summary>
public static class ProposalRefusals
{
    public const string SecondPersonNeeded = "second_person_needed";
    public const string ContentDiffers = "content_differs";
    public const string ContentChanged = "content_changed";
    public const string KeyReused = "idempotency_key_reused";

    /// <summary>The ledger has something else under its key.</summary>
    public const string LedgerKeyConflict = "ledger_key_conflict";

    public static string NotFound(ProposalKind kind) => kind.Noun + "_not_found";

    public static string IsRefused(ProposalKind kind) => kind.Noun + "_refused";

    public static string IsApproved(ProposalKind kind) => kind.Noun + "_approved";

    public static string Of(Objection objection, ProposalKind kind) => objection switch
    {
        Objection.Refused => IsRefused(kind),
        Objection.Approved => IsApproved(kind),
        Objection.OwnRequest => SecondPersonNeeded,
        Objection.Altered => ContentChanged,
        Objection.OtherContent => ContentDiffers,
        _ => throw new ArgumentOutOfRangeException(nameof(objection), objection, "that is none"),
    };
}
