namespace PaymentEngine.Tests.Support.Ledger;

/// <summary>A leg on an account; credits are positive.</summary>
internal readonly record struct BookedLeg(string Account, long Minor);

/// <summary>A part of a hold that its legs spend.</summary>
internal sealed record Capture(HoldModel Hold, long Minor);

/// <summary>What is wanted of a booking by hand.</summary>
internal sealed record Booking(IReadOnlyList<BookedLeg> Legs)
{
    /// <summary>The posting whose legs these are, turned around.</summary>
    public string? Reverses { get; init; }

    public Capture? Captures { get; init; }

    /// <summary>Of an account, all its legs together.</summary>
    public long TakenFrom(string account) => -Legs.Where(leg => leg.Account == account).Sum(leg => leg.Minor);

    /// <summary>What the capture frees of an account before the legs take it.</summary>
    public long FreedOn(string account) => Captures is { } capture && capture.Hold.Account == account ? capture.Minor : 0;
}

/// <param name="Number">The adjustment's.</param>
/// <param name="Posting">Null for one that was refused.</param>
/// <param name="Booking">What was asked for.</param>
internal sealed record AskedAdjustment(string Number, string? Posting, Booking Booking);
