namespace PaymentEngine.Ledger;

/// <summary>
/// A row of balances as the committer holds it, locked, between reading and writing it back. All amounts are minor
/// units of the account's currency.
/// </summary>
public sealed class AccountState
{
    public required long Id { get; init; }

    public required long Balance { get; set; }

    /// <summary>The part of the balance that is promised elsewhere; never negative.</summary>
    public required long Frozen { get; set; }

    /// <summary>What balance less frozen may not fall below: zero, or less for an account with a credit line.</summary>
    public required long Floor { get; init; }

    /// <summary>The sequence of the last entry; the next one has one more.</summary>
    public required long Sequence { get; set; }

    public required AccountStatus Status { get; init; }

    /// <summary>What may leave it.</summary>
    public Int128 Available => (Int128)Balance - Frozen - Floor;
}
