using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Store.Ledger;

/// <param name="Owner">The number of a merchant or a customer, or the code of a channel.</param>
/// <param name="Subject">Of any of the three levels: all accounts below it.</param>
public sealed record AccountFilter(string? Owner = null, AccountKind? Kind = null, string? Subject = null, string? NumberPrefix = null);

/// <summary>An account as people read it. Amounts are minor units of its currency; credits are positive.</summary>
public sealed record AccountRecord(long Id, string Number, string Kind, Currency Currency, string Status, string Mode, SubjectRecord Subject)
{
    /// <summary>What is on its row and its sub-accounts' rows.</summary>
    public required long Booked { get; init; }

    /// <summary>What is true already and not on a row yet.</summary>
    public required long Buffered { get; init; }

    public required long Frozen { get; init; }

    /// <summary>Zero, or what it may be overdrawn by, as a negative amount.</summary>
    public required long Floor { get; init; }

    public required bool BufferAgreed { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The number of a merchant or customer, the code of a channel; of our own null, or a number that tells them apart.</summary>
    public required string? Owner { get; init; }

    public required string? OwnerName { get; init; }

    /// <summary>The number of the customer whose limits it counts against.</summary>
    public required string? Customer { get; init; }

    public required int SubAccounts { get; init; }

    public long Balance => checked(Booked + Buffered);

    /// <summary>What may leave it: more than it has where it has a credit line, and nothing unless it is open.</summary>
    public Int128 Available => Status == "Open" ? (Int128)Balance - Frozen - Floor : 0;

    public AccountStanding Standing => new(Currency, Balance, Frozen, Floor, Status == "Frozen", Status == "Closed");
}

/// <param name="Side">On which its balance grows.</param>
public sealed record SubjectRecord(string Code, string Name, string NameInChinese, string Side);

public sealed record AccountRowRecord(long Id, string Number, string Status, long Booked, long Frozen, long Sequence, long Buffered);

public sealed record AccountChangeRecord(string What, string? From, string? To, string? Reason, string By, DateTimeOffset At);

/// <param name="Order">None where the entry is of no order.</param>
/// <param name="Kind">Null in entries of a version that did not write it.</param>
/// <param name="Voucher">Its number of the day, once it is made.</param>
public sealed record EntryRecord(
    long Sequence, long Opening, long Amount, long Closing, DateOnly Day, OrderId Posting, OrderId Order, string? Kind, long? Voucher);

public sealed record HoldRecord(
    OrderId Id,
    string Account,
    Money Amount,
    Money Captured,
    Money Released,
    string Reason,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset PlacedAt,
    string PlacedBy)
{
    public Money Left => Amount - Captured - Released;

    public HoldStanding Standing => new(Account, Left);
}
