using PaymentEngine.Core;

namespace PaymentEngine.Ledger;

/// <summary>A promised part of a balance, as the committer holds its row.</summary>
public sealed class HoldState
{
    public required OrderId Id { get; init; }

    public required long AccountId { get; init; }

    public required Currency Currency { get; init; }

    public required long Amount { get; init; }

    public long Captured { get; set; }

    public long Released { get; set; }

    public string Reason { get; init; } = "";

    public string PlacedBy { get; init; } = "";

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Placed by this very transaction.</summary>
    public bool IsNew { get; init; }

    public long Left => Amount - Captured - Released;
}

/// <summary>A line of a hold's history.</summary>
public readonly record struct HoldMove(HoldState Hold, OrderId Posting, short Ordinal, Core.Accounting.HoldChangeKind Kind, long Amount);
